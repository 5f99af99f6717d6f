package org.btrdb.sql.read;

import com.google.common.collect.Sets;
import java.util.LinkedHashSet;
import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on time, known when the statement runs: the range from the largest start to the smallest
 * end. A bound that is NULL makes it empty, as a comparison with NULL is never true.
 *
 * @param starts inclusive starts
 * @param ends exclusive ends
 */
public record TimeBounds(List<Bound> starts, List<Bound> ends) {

  /** No bounds at all. */
  public static final TimeBounds ALL = new TimeBounds(List.of(), List.of());

  /** Copies the lists. */
  public TimeBounds {
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
  }

  /**
   * A bound: a scalar, plus 1 ns where {@code >} and {@code <=} need it.
   *
   * @param scalar nanoseconds
   * @param next whether the bound is the nanosecond after it
   */
  public record Bound(Scalar scalar, boolean next) {

    /** The bound; saturates, as nothing lies beyond 64 bits. */
    @Nullable Long nanos(List<@Nullable Object> parameters) {
      Long nanos = scalar.longValue(parameters);
      return nanos == null || !next || nanos == Long.MAX_VALUE ? nanos : Long.valueOf(nanos + 1);
    }

    String text() {
      return scalar.text() + (next ? " + 1 ns" : "");
    }
  }

  /** These bounds and those of others, each once. */
  TimeBounds and(TimeBounds other) {
    return new TimeBounds(union(starts, other.starts), union(ends, other.ends));
  }

  private static List<Bound> union(List<Bound> some, List<Bound> more) {
    return List.copyOf(Sets.union(new LinkedHashSet<>(some), new LinkedHashSet<>(more)));
  }

  /** Whether each bound of another is one of these. */
  boolean isWithin(TimeBounds other) {
    return starts.containsAll(other.starts) && ends.containsAll(other.ends);
  }

  /** The range, inside another one; empty if nothing can match. */
  TimeRange range(List<@Nullable Object> parameters, TimeRange within) {
    long start = within.startNanos();
    long end = within.endNanos();
    for (Bound bound : starts) {
      Long nanos = bound.nanos(parameters);
      if (nanos == null) {
        return new TimeRange(0, 0);
      }
      start = Math.max(start, nanos);
    }
    for (Bound bound : ends) {
      Long nanos = bound.nanos(parameters);
      if (nanos == null) {
        return new TimeRange(0, 0);
      }
      end = Math.min(end, nanos);
    }
    return new TimeRange(start, end);
  }

  /** How EXPLAIN shows a range. */
  static String text(TimeRange range) {
    return range.equals(TimeRange.ALL)
        ? "[all time)"
        : "[" + IsoTime.format(range.startNanos()) + ", " + IsoTime.format(range.endNanos()) + ")";
  }

  /** How EXPLAIN shows the end of a range. */
  static String end(TimeRange range) {
    return IsoTime.format(range.endNanos());
  }

  @Override
  public String toString() {
    return "["
        + String.join(" max ", starts.stream().map(Bound::text).toList())
        + ", "
        + String.join(" min ", ends.stream().map(Bound::text).toList())
        + ")";
  }
}
