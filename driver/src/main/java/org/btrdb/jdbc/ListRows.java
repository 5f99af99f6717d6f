package org.btrdb.jdbc;

import java.util.Iterator;
import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows that are there already: catalogue answers. */
final class ListRows implements RowCursor {
  private final Iterator<@Nullable Object[]> rows;
  private @Nullable Object[] row = new Object[0];

  ListRows(List<@Nullable Object[]> rows) {
    this.rows = rows.iterator();
  }

  @Override
  public boolean next() {
    boolean has = rows.hasNext();
    row = has ? rows.next() : new Object[0];
    return has;
  }

  @Override
  public boolean isNull(int column) {
    return row[column] == null;
  }

  @Override
  public long getLong(int column) {
    Object value = row[column];
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    return value == null ? 0 : ((Number) value).longValue();
  }

  @Override
  public double getDouble(int column) {
    Object value = row[column];
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  @Override
  public @Nullable Object getObject(int column) {
    return row[column];
  }

  @Override
  public void close() {
    // nothing is held
  }
}
