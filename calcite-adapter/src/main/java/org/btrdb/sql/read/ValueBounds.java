package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.NumberFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on a value, known when the statement runs: from the largest low to the smallest high. A
 * bound that is NULL allows no value, as a comparison with NULL is never true.
 *
 * @param lows smallest values
 * @param highs largest values
 */
public record ValueBounds(List<Bound> lows, List<Bound> highs) {

  /** No bounds at all. */
  static final ValueBounds ALL = new ValueBounds(List.of(), List.of());

  /** Copies the lists. */
  public ValueBounds {
    lows = List.copyOf(lows);
    highs = List.copyOf(highs);
  }

  /**
   * A bound.
   *
   * @param scalar a double
   * @param inclusive whether the bound itself is allowed
   */
  public record Bound(Scalar scalar, boolean inclusive) {

    /** The order key of the bound; null for NULL. */
    @Nullable Long key(List<@Nullable Object> parameters) {
      Object value = scalar.body().value(parameters);
      return value == null
          ? null
          : Long.valueOf(NumberFunctions.orderKey(((Number) value).doubleValue()));
    }
  }

  /** These bounds and others. */
  ValueBounds and(ValueBounds other) {
    List<Bound> allLows = new ArrayList<>(lows);
    allLows.addAll(other.lows);
    List<Bound> allHighs = new ArrayList<>(highs);
    allHighs.addAll(other.highs);
    return new ValueBounds(allLows, allHighs);
  }

  /** The order keys allowed; null for none. */
  ValueRanges.@Nullable Keys keys(List<@Nullable Object> parameters) {
    long first = ValueRanges.SMALLEST;
    long last = ValueRanges.LARGEST;
    for (Bound low : lows) {
      Long key = low.key(parameters);
      if (key == null) {
        return null;
      }
      if (!low.inclusive && key == ValueRanges.LARGEST) {
        return null;
      }
      first = Math.max(first, low.inclusive ? key : key + 1);
    }
    for (Bound high : highs) {
      Long key = high.key(parameters);
      if (key == null) {
        return null;
      }
      last = Math.min(last, high.inclusive ? key : key - 1);
    }
    return first > last ? null : new ValueRanges.Keys(first, last);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    lows.forEach(low -> parts.add((low.inclusive ? ">= " : "> ") + low.scalar));
    highs.forEach(high -> parts.add((high.inclusive ? "<= " : "< ") + high.scalar));
    return parts.isEmpty() ? "any" : String.join(" and ", parts);
  }
}
