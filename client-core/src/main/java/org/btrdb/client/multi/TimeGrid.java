package org.btrdb.client.multi;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;

/**
 * The times to which points are moved: the nearest of {@code start + k * period}, the later one if
 * a point lies in the middle (reference 3.3, 11).
 *
 * @param range of the times that result
 * @param periodNanos 0 leaves points where they are
 */
public record TimeGrid(TimeRange range, long periodNanos) {

  /**
   * A grid that begins with a range.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} for a period below 0
   */
  public static TimeGrid of(TimeRange range, long periodNanos) {
    if (periodNanos < 0) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "snap period " + periodNanos + " ns: 0 or more is needed");
    }
    return new TimeGrid(range, periodNanos);
  }

  /** Where points are that may be moved into the range: also half a period before it. */
  public TimeRange toRead() {
    if (range.isEmpty()) {
      return range;
    }
    long half = periodNanos / 2;
    boolean isBeforeAll = range.startNanos() < TimeRange.MIN_NANOS + half;
    long start = isBeforeAll ? TimeRange.MIN_NANOS : range.startNanos() - half;
    return new TimeRange(start, range.endNanos()).clamped();
  }

  /** Where a point of {@link #toRead} is moved to, the range's end or later if out of it. */
  public long snap(long timeNanos) {
    if (periodNanos == 0) {
      return timeNanos;
    }
    // Differences of times of which one is no point's may exceed a long, but not those of their
    // places in a period.
    long past =
        Math.floorMod(
            Math.floorMod(timeNanos, periodNanos) - Math.floorMod(range.startNanos(), periodNanos),
            periodNanos);
    long missing = periodNanos - past;
    if (past < missing) {
      return timeNanos - past;
    }
    return timeNanos > Long.MAX_VALUE - missing ? Long.MAX_VALUE : timeNanos + missing;
  }
}
