package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.NanoFunctions;
import org.jspecify.annotations.Nullable;

/** How a range is divided. */
public sealed interface Bucket {

  /** One bucket, the range itself, which is there even if it holds nothing. */
  record Whole() implements Bucket {
    @Override
    public Grid grid(List<@Nullable Object> parameters) {
      throw new IllegalStateException("a whole range has no grid");
    }

    @Override
    public String toString() {
      return "whole range";
    }
  }

  /**
   * Buckets of equal width.
   *
   * @param width nanoseconds, more than 0
   * @param origin a time at which a bucket begins
   */
  record Fixed(Scalar width, Scalar origin) implements Bucket {
    @Override
    public Grid grid(List<@Nullable Object> parameters) {
      Long widthNanos = width.longValue(parameters);
      Long originNanos = origin.longValue(parameters);
      if (widthNanos == null || originNanos == null || widthNanos <= 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "a bucket must be wider than 0, not " + widthNanos,
            null);
      }
      return new Grid(widthNanos, originNanos, 0);
    }

    @Override
    public String toString() {
      return width + " ns from " + origin;
    }
  }

  /**
   * Calendar periods, UTC.
   *
   * @param months 1, 3, 12 …
   */
  record Calendar(long months) implements Bucket {
    @Override
    public Grid grid(List<@Nullable Object> parameters) {
      return new Grid(IsoTime.NANOS_PER_DAY, 0, months);
    }

    @Override
    public String toString() {
      return months + " calendar months";
    }
  }

  /** The windows to ask for, and how they combine. */
  Grid grid(List<@Nullable Object> parameters);

  /**
   * Windows of equal width that every bucket is made of.
   *
   * @param widthNanos width of the windows
   * @param originNanos where one begins
   * @param months the calendar period they combine to, 0 if each is a bucket of its own
   */
  record Grid(long widthNanos, long originNanos, long months) {

    /** The last boundary at or before a time. */
    long floor(long nanos) {
      return NanoFunctions.floor(nanos, widthNanos, originNanos);
    }

    /** The first boundary at or after a time. */
    long ceil(long nanos) {
      return NanoFunctions.ceil(nanos, widthNanos, originNanos);
    }

    /** The start of the bucket that a time falls into. */
    public long bucketOf(long nanos) {
      return months == 0 ? floor(nanos) : NanoFunctions.calendarFloor(nanos, months);
    }

    /**
     * The start of the bucket after the one that begins at a time; the largest time if none does.
     */
    public long next(long bucketNanos) {
      if (months > 0) {
        return NanoFunctions.calendarNext(bucketNanos, months);
      }
      long next = bucketNanos + widthNanos;
      return next < bucketNanos ? Long.MAX_VALUE : next;
    }
  }
}
