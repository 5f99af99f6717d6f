package org.btrdb.client.time;

/**
 * A half-open range of time {@code [startNanos, endNanos)}; empty if the end is not after the
 * start.
 *
 * @param startNanos first nanosecond inside
 * @param endNanos first nanosecond outside
 */
public record TimeRange(long startNanos, long endNanos) {

  /** The smallest storable time, -(2^60) ns: 1933-06-20T00:01:35.393153024Z (reference 1.5). */
  public static final long MIN_NANOS = -(16L << 56);

  /** The end of the domain, 3 * 2^60 ns, exclusive: 2079-08-08T23:55:13.820540928Z. */
  public static final long MAX_NANOS = 48L << 56;

  /** The largest time a point can have; servers refuse the last nanosecond (reference 1.5). */
  public static final long MAX_POINT_NANOS = MAX_NANOS - 2;

  /** The widest range a raw read may ask for. */
  public static final TimeRange ALL = new TimeRange(MIN_NANOS, MAX_NANOS - 1);

  /** Whether no time lies inside. */
  public boolean isEmpty() {
    return endNanos <= startNanos;
  }

  /** This range cut to the domain; every storable point of it stays inside. */
  public TimeRange clamped() {
    return new TimeRange(Math.max(startNanos, ALL.startNanos), Math.min(endNanos, ALL.endNanos));
  }

  /** Nanoseconds from start to end; only for ranges inside the domain, whose length fits a long. */
  public long lengthNanos() {
    return Math.subtractExact(endNanos, startNanos);
  }
}
