package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a raw read, range after range: an index into the current batch and nothing else. */
public final class RawRows implements RowCursor {
  private final RawRead request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private final OneVersion version;
  private final boolean[] isTime;
  private int range;
  private @Nullable DataCursor<PointBatch> cursor;
  private @Nullable StreamVersion answered;
  private PointBatch batch = PointBatch.EMPTY;
  private int row = -1;

  /** Makes the first call at once, so that what is wrong with it is known before the first row. */
  RawRows(RawRead request, List<TimeRange> ranges, Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.execution = execution;
    this.version = new OneVersion(request, execution);
    this.isTime = new boolean[request.columns().size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = request.columns().get(i) == RawRead.Column.TIME;
    }
    this.cursor = ranges.isEmpty() ? null : call();
  }

  private DataCursor<PointBatch> call() {
    return execution
        .btrdb()
        .raw(
            request.table().stream().uuid(), ranges.get(range), version.toAsk(), execution.scope());
  }

  @Override
  public boolean next() {
    if (++row < batch.size()) {
      return true;
    }
    return nextBatch();
  }

  private boolean nextBatch() {
    batch = PointBatch.EMPTY;
    row = 0;
    while (cursor != null) {
      boolean moved = cursor.next();
      answered = cursor.version();
      if (ranges.size() > 1) {
        version.answered(answered);
      }
      if (!moved) {
        nextRange();
      } else if (cursor.current().size() > 0) {
        batch = cursor.current();
        return true;
      }
    }
    return false;
  }

  private void nextRange() {
    close();
    range++;
    cursor = range < ranges.size() ? call() : null;
  }

  /** The major version that the current row is of. */
  public long majorVersion() {
    return version().major();
  }

  /** The version that the last answer was of; {@link #next} must have been called. */
  public StreamVersion version() {
    if (answered == null) {
      throw new IllegalStateException("nothing was answered");
    }
    return answered;
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
      cursor = null;
    }
  }
}
