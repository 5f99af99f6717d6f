package org.btrdb.sql.read;

import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** Finds where the last points of a range begin, by the counts of windows. */
final class LastPoints {
  /** Two weeks: most streams have their last points in them, however long they are. */
  private static final int RECENT_WIDTH = 50;

  /** Windows of a call, as a power of two. */
  private static final int CALL_WINDOWS = 10;

  /** So many points more than asked for cost less than another call. */
  private static final long EXCESS = 4096;

  private final StreamRequest request;
  private final OneVersion version;
  private final Execution execution;

  LastPoints(StreamRequest request, OneVersion version, Execution execution) {
    this.request = request;
    this.version = version;
    this.execution = execution;
  }

  /** The last point before a time. */
  Optional<Point> before(long endNanos) {
    return execution.btrdb().nearest(stream(), endNanos, true, version.toAsk(), execution.scope());
  }

  private UUID stream() {
    return request.table().stream().uuid();
  }

  /**
   * A time inside a range from which on it holds so many points, not many more if there are more.
   *
   * @param range ends with its last point
   */
  long start(TimeRange range, long wanted) {
    long recent = range.endNanos() - (1L << RECENT_WIDTH);
    if (recent > range.startNanos()) {
      TimeRange tail = new TimeRange(recent, range.endNanos());
      Suffix suffix = suffix(tail, RECENT_WIDTH - CALL_WINDOWS, wanted);
      if (suffix.points >= wanted) {
        return refined(tail, suffix, wanted);
      }
    }
    int spanWidth = Long.SIZE - Long.numberOfLeadingZeros(range.lengthNanos());
    int pointWidth = Math.max(0, Math.min(60, spanWidth - CALL_WINDOWS));
    return refined(range, suffix(range, pointWidth, wanted), wanted);
  }

  private long refined(TimeRange range, Suffix found, long wanted) {
    Suffix suffix = found;
    long pointsAfter = 0;
    while (pointsAfter + suffix.points > wanted + EXCESS && suffix.pointWidth > 0) {
      pointsAfter += suffix.points - suffix.firstPoints;
      TimeRange first =
          new TimeRange(
              Math.max(suffix.startNanos, range.startNanos()),
              Math.min(suffix.startNanos + (1L << suffix.pointWidth), range.endNanos()));
      int finer = Math.max(0, suffix.pointWidth - CALL_WINDOWS);
      suffix = suffix(first, finer, wanted - pointsAfter);
    }
    return Math.max(suffix.startNanos, range.startNanos());
  }

  /**
   * The fewest last windows that hold enough points, or all windows.
   *
   * @param startNanos where the first of them begins
   * @param pointWidth their pointwidth
   * @param points how many points they hold
   * @param firstPoints how many of these the first of them holds
   */
  private record Suffix(long startNanos, int pointWidth, long points, long firstPoints) {}

  private Suffix suffix(TimeRange range, int pointWidth, long wanted) {
    long[] starts = new long[1 << CALL_WINDOWS];
    long[] counts = new long[1 << CALL_WINDOWS];
    int windows = 0;
    // Windows that end by the end of the range are answered: that of the last point is to be one.
    long lastWindow = (range.endNanos() - 1) & (-1L << pointWidth);
    TimeRange whole = new TimeRange(range.startNanos(), lastWindow + (1L << pointWidth));
    try (DataCursor<StatBatch> cursor =
        execution
            .btrdb()
            .alignedWindows(stream(), whole, pointWidth, version.toAsk(), execution.scope())) {
      while (cursor.next()) {
        for (int i = 0; i < cursor.current().size(); i++) {
          if (windows == starts.length) {
            starts = java.util.Arrays.copyOf(starts, windows * 2);
            counts = java.util.Arrays.copyOf(counts, windows * 2);
          }
          starts[windows] = cursor.current().time(i);
          counts[windows++] = cursor.current().count(i);
        }
      }
    }
    long points = 0;
    for (int i = windows - 1; i >= 0; i--) {
      points += counts[i];
      if (points >= wanted) {
        return new Suffix(starts[i], pointWidth, points, counts[i]);
      }
    }
    return new Suffix(range.startNanos(), 0, points, points);
  }
}
