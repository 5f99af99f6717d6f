package org.btrdb.sql.read;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** One row of objects, which needs no next() to be looked at. */
public class ObjectRow implements RowCursor {
  private @Nullable Object[] row;

  /** The row of such objects, and no other. */
  public ObjectRow(@Nullable Object[] row) {
    this.row = row;
  }

  /** Stands at another row. */
  final void show(@Nullable Object[] other) {
    row = other;
  }

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public final boolean isNull(int column) {
    return row[column] == null;
  }

  @Override
  public final long getLong(int column) {
    Object value = row[column];
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    return value == null ? 0 : ((Number) value).longValue();
  }

  @Override
  public final double getDouble(int column) {
    Object value = row[column];
    return value == null ? 0 : ((Number) value).doubleValue();
  }

  @Override
  public final @Nullable Object getObject(int column) {
    return row[column];
  }

  @Override
  public void close() {
    // nothing is behind one row
  }
}
