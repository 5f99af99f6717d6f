package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a raw read: an index into the current batch and nothing else. */
final class RawRows implements RowCursor {
  private final @Nullable DataCursor<PointBatch> cursor;
  private final boolean[] isTime;
  private PointBatch batch = PointBatch.EMPTY;
  private int row = -1;

  private RawRows(@Nullable DataCursor<PointBatch> cursor, List<RawRead.Column> columns) {
    this.cursor = cursor;
    this.isTime = new boolean[columns.size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = columns.get(i) == RawRead.Column.TIME;
    }
  }

  static RawRows open(RawRead request, TimeRange range, Execution execution) {
    DataCursor<PointBatch> cursor =
        range.isEmpty()
            ? null
            : execution
                .btrdb()
                .raw(
                    request.table().stream().uuid(),
                    range,
                    request.version().number(execution.parameters()),
                    execution.scope());
    return new RawRows(cursor, request.columns());
  }

  @Override
  public boolean next() {
    if (++row < batch.size()) {
      return true;
    }
    return nextBatch();
  }

  private boolean nextBatch() {
    while (cursor != null && cursor.next()) {
      batch = cursor.current();
      if (batch.size() > 0) {
        row = 0;
        return true;
      }
    }
    batch = PointBatch.EMPTY;
    row = 0;
    return false;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return batch.time(row);
  }

  @Override
  public double getDouble(int column) {
    return batch.value(row);
  }

  @Override
  public Object getObject(int column) {
    return isTime[column] ? (Object) batch.time(row) : (Object) batch.value(row);
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }
}
