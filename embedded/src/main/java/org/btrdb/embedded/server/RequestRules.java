package org.btrdb.embedded.server;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.MergedPoints;
import org.btrdb.client.time.TimeRange;

/** What the wire contract refuses and the interface would put right (reference 1.5, 2.3 to 2.5). */
final class RequestRules {
  private static final int WIDEST_POINT_WIDTH = 62;
  private static final int DEEPEST = 63;

  /** Each stream of a call has a cursor with a batch; as many as our client reads at once. */
  static final int MAX_STREAMS = MergedPoints.MAX_STREAMS;

  private RequestRules() {}

  /** The number of streams that one call reads side by side. */
  static void streams(int count) {
    if (count > MAX_STREAMS) {
      throw new BtrdbException(
          ErrorCode.TOO_LARGE,
          "a read of " + count + " streams side by side: up to " + MAX_STREAMS + " are allowed");
    }
  }

  /** The range of a raw read or a delete. */
  static TimeRange points(long start, long end) {
    if (start >= end || start < TimeRange.MIN_NANOS || end >= TimeRange.MAX_NANOS) {
      throw badRange(start, end);
    }
    return new TimeRange(start, end);
  }

  /** The whole windows of a range. */
  static TimeRange windows(long start, long end, long width, int depth) {
    if (width == 0 || Long.compareUnsigned(width, Long.MIN_VALUE) > 0) {
      throw badWidth("width " + Long.toUnsignedString(width) + " is not 1 to 2^63");
    }
    if (Integer.compareUnsigned(depth, DEEPEST) > 0) {
      throw badWidth("depth " + Integer.toUnsignedString(depth) + " is above " + DEEPEST);
    }
    if (start >= end || start < TimeRange.MIN_NANOS) {
      throw badRange(start, end);
    }
    // Exact though it may wrap: the last whole window ends between start and end.
    long lastEnd = start + Long.divideUnsigned(end - start, width) * width;
    if (lastEnd <= start || lastEnd >= TimeRange.MAX_NANOS) {
      throw badRange(start, end);
    }
    return new TimeRange(start, lastEnd);
  }

  /**
   * Both ends rounded down to windows of 2^pointWidth ns, counted from the start of the domain, and
   * cut to it (reference 11, Go's Count). Up to 2^60 ns that is the same as from the epoch.
   */
  static TimeRange aligned(long start, long end, int pointWidth) {
    if (Integer.compareUnsigned(pointWidth, WIDEST_POINT_WIDTH) > 0) {
      throw badWidth(
          "pointwidth " + Integer.toUnsignedString(pointWidth) + " is above " + WIDEST_POINT_WIDTH);
    }
    if (start < TimeRange.MIN_NANOS || end > TimeRange.MAX_NANOS || start >= end) {
      throw badRange(start, end);
    }
    long mask = -1L << pointWidth;
    long roundedStart = ((start - TimeRange.MIN_NANOS) & mask) + TimeRange.MIN_NANOS;
    long roundedEnd = ((end - TimeRange.MIN_NANOS) & mask) + TimeRange.MIN_NANOS;
    if (roundedStart >= roundedEnd) {
      throw badRange(start, end);
    }
    return new TimeRange(roundedStart, roundedEnd);
  }

  /** The time of a nearest point. */
  static void time(long time) {
    if (time < TimeRange.MIN_NANOS || time >= TimeRange.MAX_NANOS) {
      throw new BtrdbException(
          ErrorCode.INVALID_TIME_RANGE, "time " + time + " lies outside BTrDB's time");
    }
  }

  private static BtrdbException badRange(long start, long end) {
    return new BtrdbException(
        ErrorCode.INVALID_TIME_RANGE,
        "range [" + start + ", " + end + ") is empty or lies outside BTrDB's time");
  }

  private static BtrdbException badWidth(String message) {
    return new BtrdbException(ErrorCode.INVALID_WIDTH, message);
  }
}
