package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** The windows of an aligned read, range after range, of one version of the stream. */
final class AlignedWindows implements BucketSource {
  private static final StatBatch NONE = new StatBatch(0);

  private final AlignedRead request;
  private final List<TimeRange> ranges;
  private final int pointWidth;
  private final Execution execution;
  private final OneVersion version;
  private final boolean needsDeviation;
  private int range;
  private @Nullable DataCursor<StatBatch> cursor;
  private StatBatch batch = NONE;
  private int index = -1;

  /**
   * Makes the first call at once, so that what is wrong with it is known before the first row.
   *
   * @param ranges of whole windows
   * @param pointWidth what servers can be asked for
   */
  AlignedWindows(AlignedRead request, List<TimeRange> ranges, int pointWidth, Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.pointWidth = pointWidth;
    this.execution = execution;
    this.version = new OneVersion(request, execution);
    this.needsDeviation =
        request.needsDeviation() && execution.btrdb().capabilities().standardDeviation();
    this.cursor = ranges.isEmpty() ? null : call();
  }

  private DataCursor<StatBatch> call() {
    return execution
        .btrdb()
        .alignedWindows(
            request.table().stream().uuid(),
            ranges.get(range),
            pointWidth,
            version.toAsk(),
            execution.scope());
  }

  @Override
  public boolean next() {
    return ++index < batch.size() || nextBatch();
  }

  private boolean nextBatch() {
    batch = NONE;
    index = 0;
    while (cursor != null) {
      boolean moved = cursor.next();
      if (ranges.size() > 1) {
        version.answered(cursor.version());
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

  @Override
  public long timeNanos() {
    return batch.time(index);
  }

  @Override
  public void addTo(Statistics statistics) {
    double stddev = batch.stddev(index);
    if (needsDeviation && Double.isNaN(stddev)) {
      long start = batch.time(index);
      TimeRange window = new TimeRange(start, start + (1L << pointWidth));
      stddev = PointDeviation.of(request, window, execution);
    }
    statistics.add(
        batch.count(index), batch.min(index), batch.mean(index), batch.max(index), stddev);
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
