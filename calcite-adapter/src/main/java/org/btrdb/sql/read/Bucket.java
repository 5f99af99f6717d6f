package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.CalendarBuckets;
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
      if (originNanos == null) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE, "the origin of buckets must not be NULL", null);
      }
      if (widthNanos == null || widthNanos <= 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "a bucket must be wider than 0, not " + widthNanos,
            null);
      }
      return new FixedGrid(widthNanos, originNanos, 0);
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
      return new FixedGrid(IsoTime.NANOS_PER_DAY, 0, months);
    }

    @Override
    public String toString() {
      return months + " calendar months";
    }
  }

  /**
   * Periods of the calendar or the clock of a time zone.
   *
   * @param buckets the periods
   * @param origin a time at which one begins; null for what is usual
   */
  record Zoned(CalendarBuckets buckets, @Nullable Scalar origin) implements Bucket {
    @Override
    public Grid grid(List<@Nullable Object> parameters) {
      if (origin == null) {
        return new ZonedGrid(buckets);
      }
      Long originNanos = origin.longValue(parameters);
      if (originNanos == null) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE, "the origin of buckets must not be NULL", null);
      }
      return new ZonedGrid(buckets.from(originNanos));
    }

    @Override
    public String toString() {
      return buckets + (origin == null ? "" : " from " + origin);
    }
  }

  /** The windows to ask for, and how they combine. */
  Grid grid(List<@Nullable Object> parameters);
}
