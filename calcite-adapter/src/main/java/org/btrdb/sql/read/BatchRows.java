package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.sql.row.RowCursor;

/** Rows that are points of batches: an index into the current batch and nothing else. */
abstract class BatchRows implements RowCursor {
  PointBatch batch = PointBatch.EMPTY;
  int row = -1;
  private final boolean[] isTime;

  /** Rows of some columns. */
  BatchRows(List<RawRead.Column> columns) {
    this.isTime = new boolean[columns.size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = columns.get(i) == RawRead.Column.TIME;
    }
  }

  @Override
  public final boolean isNull(int column) {
    return false;
  }

  @Override
  public final long getLong(int column) {
    return batch.time(row);
  }

  @Override
  public final double getDouble(int column) {
    return batch.value(row);
  }

  @Override
  public final Object getObject(int column) {
    return isTime[column] ? (Object) batch.time(row) : (Object) batch.value(row);
  }
}
