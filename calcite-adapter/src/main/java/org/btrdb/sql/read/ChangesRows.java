package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;

/** Rows of changed ranges. */
final class ChangesRows implements RowCursor {
  private final ChangesRead.Column[] columns;
  private final DataCursor<List<TimeRange>> cursor;
  private List<TimeRange> batch = List.of();
  private int row = -1;

  /** Rows of a cursor, which they close. */
  ChangesRows(List<ChangesRead.Column> columns, DataCursor<List<TimeRange>> cursor) {
    this.columns = columns.toArray(ChangesRead.Column[]::new);
    this.cursor = cursor;
  }

  @Override
  public boolean next() {
    if (++row < batch.size()) {
      return true;
    }
    batch = List.of();
    row = 0;
    while (cursor.next()) {
      batch = cursor.current();
      if (!batch.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    TimeRange range = batch.get(row);
    return switch (columns[column]) {
      case START_TIME -> range.startNanos();
      case END_TIME -> range.endNanos();
      case VERSION -> cursor.version().major();
    };
  }

  @Override
  public double getDouble(int column) {
    throw new IllegalStateException(columns[column] + " is no double");
  }

  @Override
  public Object getObject(int column) {
    return getLong(column);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
