package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.row.RowCursor;

/** The points of a descent that have one of some values, in order of time. */
final class FoundRows implements RowCursor {
  private final boolean[] isTime;
  private final ValueRanges values;
  private final ValueDescent descent;
  private PointBatch batch = PointBatch.EMPTY;
  private int row = -1;
  private boolean begun;

  FoundRows(List<RawRead.Column> columns, ValueRanges values, ValueDescent descent) {
    this.isTime = new boolean[columns.size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = columns.get(i) == RawRead.Column.TIME;
    }
    this.values = values;
    this.descent = descent;
  }

  @Override
  public boolean next() {
    while (true) {
      while (++row < batch.size()) {
        if (values.has(batch.value(row))) {
          begun = true;
          return true;
        }
      }
      batch = PointBatch.EMPTY;
      row = -1;
      if (!moved()) {
        return false;
      }
      batch = descent.points();
    }
  }

  private boolean moved() {
    while (true) {
      try {
        return descent.next();
      } catch (BtrdbException e) {
        if (begun || !descent.beginsAnew(e)) {
          throw e;
        }
      }
    }
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
    descent.close();
    batch = PointBatch.EMPTY;
  }
}
