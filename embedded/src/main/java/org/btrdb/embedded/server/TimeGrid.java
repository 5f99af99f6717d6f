package org.btrdb.embedded.server;

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
record TimeGrid(TimeRange range, long periodNanos) {

  static TimeGrid of(TimeRange range, long periodNanos) {
    if (periodNanos < 0) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "snap period " + periodNanos + " ns: 0 or more is needed");
    }
    return new TimeGrid(range, periodNanos);
  }

  /** Where points are that may be moved into the range: also half a period before it. */
  TimeRange toRead() {
    return new TimeRange(
        Math.max(TimeRange.MIN_NANOS, range.startNanos() - periodNanos / 2), range.endNanos());
  }

  /** Where a point of {@link #toRead} is moved to, the range's end or later if out of it. */
  long snap(long timeNanos) {
    if (periodNanos == 0) {
      return timeNanos;
    }
    long past = Math.floorMod(timeNanos - range.startNanos(), periodNanos);
    long missing = periodNanos - past;
    return past >= missing ? timeNanos + missing : timeNanos - past;
  }
}
