package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.btrdb.sql.expression.NumberFunctions;

/** A set of values that are known: what it says of a value, and of all values of a window. */
final class ValueRanges {
  /** The order key of the smallest value. */
  static final long SMALLEST = NumberFunctions.orderKey(Double.NEGATIVE_INFINITY);

  /** The order key of the largest value, NaN. */
  static final long LARGEST = NumberFunctions.orderKey(Double.NaN);

  private static final long INFINITY = NumberFunctions.orderKey(Double.POSITIVE_INFINITY);

  private final double[] lows;
  private final double[] highs;
  private final boolean nan;

  /** What is known of the values of a window. */
  enum Verdict {
    /** None is in the set. */
    NONE,
    /** Some may be, some not. */
    UNDECIDED,
    /** Every one is in the set. */
    ALL
  }

  /**
   * Values from one to another.
   *
   * @param first the order key of the smallest
   * @param last the order key of the largest, at least first
   */
  record Keys(long first, long last) {}

  private ValueRanges(double[] lows, double[] highs, boolean nan) {
    this.lows = lows;
    this.highs = highs;
    this.nan = nan;
  }

  /** The values in any of some ranges, which may overlap. */
  static ValueRanges of(List<Keys> ranges) {
    List<Keys> sorted = ranges.stream().sorted(Comparator.comparingLong(Keys::first)).toList();
    List<Keys> apart = new ArrayList<>();
    for (Keys range : sorted) {
      Keys last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last != null && range.first - 1 <= last.last) {
        apart.set(apart.size() - 1, new Keys(last.first, Math.max(last.last, range.last)));
      } else {
        apart.add(range);
      }
    }
    boolean nan = !apart.isEmpty() && apart.get(apart.size() - 1).last == LARGEST;
    apart.removeIf(range -> range.first > INFINITY);
    return new ValueRanges(
        apart.stream().mapToDouble(range -> NumberFunctions.ofOrderKey(range.first)).toArray(),
        apart.stream()
            .mapToDouble(r -> NumberFunctions.ofOrderKey(Math.min(r.last, INFINITY)))
            .toArray(),
        nan);
  }

  /** Whether no value is in it. */
  boolean isEmpty() {
    return lows.length == 0 && !nan;
  }

  /** Whether every value is in it. */
  boolean isAll() {
    return nan
        && lows.length == 1
        && lows[0] == Double.NEGATIVE_INFINITY
        && highs[0] == Double.POSITIVE_INFINITY;
  }

  /** Whether a value is in it. */
  boolean has(double value) {
    for (int i = 0; i < lows.length; i++) {
      if (value <= highs[i]) {
        return value >= lows[i];
      }
    }
    return nan && Double.isNaN(value);
  }

  /**
   * What the statistics of a window say. Nobody says what a server makes of NaN or an infinity
   * among the values of a window; but whatever smallest and largest are then, the mean is no
   * number.
   */
  Verdict of(double min, double mean, double max) {
    if (isAll()) {
      return Verdict.ALL;
    }
    if (isEmpty()) {
      return Verdict.NONE;
    }
    if (!(Math.abs(mean) <= Double.MAX_VALUE && min <= max)) {
      return Verdict.UNDECIDED;
    }
    for (int i = 0; i < lows.length; i++) {
      if (min <= highs[i]) {
        return max < lows[i]
            ? Verdict.NONE
            : min >= lows[i] && max <= highs[i] ? Verdict.ALL : Verdict.UNDECIDED;
      }
    }
    return Verdict.NONE;
  }
}
