package org.btrdb.sql.read;

import java.util.Iterator;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows that Calcite, or nobody, had to compute: one array of objects each. */
public final class ObjectRows implements RowCursor {
  private final Iterator<@Nullable Object[]> rows;
  private final Runnable onClose;
  private final Ticks ticks;
  private @Nullable Object[] row = new Object[0];
  private boolean closed;

  /** Rows of an iterator; closing them runs an action once. */
  public ObjectRows(Iterator<@Nullable Object[]> rows, Runnable onClose, CallScope scope) {
    this.rows = rows;
    this.onClose = onClose;
    this.ticks = new Ticks(scope);
  }

  @Override
  public boolean next() {
    ticks.tick();
    if (closed || !rows.hasNext()) {
      return false;
    }
    row = rows.next();
    return true;
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
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
