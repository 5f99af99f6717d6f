package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.NanoFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one size that begin at regular times and may overlap.
 *
 * @param slide nanoseconds from the start of one to that of the next
 * @param size nanoseconds that each is long
 * @param origin a time at which one begins
 */
public record Hop(Scalar slide, Scalar size, Scalar origin) {

  /**
   * The windows of a run.
   *
   * @param slideNanos more than 0
   * @param sizeNanos more than 0
   */
  public record Windows(long slideNanos, long sizeNanos, long originNanos) {

    /** The start of the first window that ends after a time. */
    public long firstAt(long nanos) {
      long before = NanoFunctions.minus(nanos, sizeNanos);
      return NanoFunctions.plus(NanoFunctions.floor(before, slideNanos, originNanos), slideNanos);
    }

    /** The start of the last window that begins at or before a time. */
    public long lastAt(long nanos) {
      return NanoFunctions.floor(nanos, slideNanos, originNanos);
    }

    /** The width of slots that every window is made of. */
    long slotNanos() {
      long a = slideNanos;
      long b = sizeNanos;
      while (b != 0) {
        long rest = a % b;
        a = b;
        b = rest;
      }
      return a;
    }
  }

  /** The windows, for some parameters. */
  public Windows windows(List<@Nullable Object> parameters) {
    Long slideNanos = slide.longValue(parameters);
    Long sizeNanos = size.longValue(parameters);
    Long originNanos = origin.longValue(parameters);
    if (slideNanos == null
        || sizeNanos == null
        || originNanos == null
        || slideNanos <= 0
        || sizeNanos <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "windows must be wider than 0 ns and further than 0 ns apart, not "
              + sizeNanos
              + " ns every "
              + slideNanos
              + " ns",
          null);
    }
    return new Windows(slideNanos, sizeNanos, originNanos);
  }

  @Override
  public String toString() {
    return size + " ns every " + slide + " ns from " + origin;
  }
}
