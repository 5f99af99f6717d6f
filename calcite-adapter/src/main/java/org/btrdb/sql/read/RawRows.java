package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** Rows of a raw read, range after range. */
public final class RawRows extends BatchRows {
  private final RawRead request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private final OneVersion version;
  private int range;
  private @Nullable DataCursor<PointBatch> cursor;
  private @Nullable StreamVersion answered;

  /** Makes the first call at once, so that what is wrong with it is known before the first row. */
  RawRows(RawRead request, List<TimeRange> ranges, Execution execution) {
    super(request.columns());
    this.request = request;
    this.ranges = ranges;
    this.execution = execution;
    this.version = new OneVersion(request, execution);
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
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
