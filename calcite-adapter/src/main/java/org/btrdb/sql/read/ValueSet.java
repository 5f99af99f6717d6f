package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a condition allows: those inside any of some bounds, which may overlap until the
 * statement runs. NaN is the largest value and equal to itself, 0.0 and -0.0 are equal.
 *
 * @param alternatives none for no value at all
 */
public record ValueSet(List<ValueBounds> alternatives) {

  /** Every value. */
  public static final ValueSet ALL = new ValueSet(List.of(ValueBounds.ALL));

  /** No value. */
  public static final ValueSet NONE = new ValueSet(List.of());

  /** More alternatives than this are left to a filter. */
  private static final int MOST = 256;

  /** Copies the list. */
  public ValueSet {
    alternatives = List.copyOf(alternatives);
  }

  /** The values at or above a bound. */
  public static ValueSet from(ValueBounds.Bound low) {
    return new ValueSet(List.of(new ValueBounds(List.of(low), List.of())));
  }

  /** The values at or below a bound. */
  public static ValueSet upTo(ValueBounds.Bound high) {
    return new ValueSet(List.of(new ValueBounds(List.of(), List.of(high))));
  }

  /** The values that equal one. */
  public static ValueSet equalTo(Scalar value) {
    List<ValueBounds.Bound> bound = List.of(new ValueBounds.Bound(value, true));
    return new ValueSet(List.of(new ValueBounds(bound, bound)));
  }

  /** Whether every value is allowed, whatever the parameters. */
  public boolean isAll() {
    return alternatives.contains(ValueBounds.ALL);
  }

  /** The values in both; empty if that is too many alternatives. */
  public Optional<ValueSet> and(ValueSet other) {
    if (isAll() || other.isAll()) {
      return Optional.of(isAll() ? other : this);
    }
    if ((long) alternatives.size() * other.alternatives.size() > MOST) {
      return Optional.empty();
    }
    List<ValueBounds> both = new ArrayList<>();
    for (ValueBounds mine : alternatives) {
      for (ValueBounds others : other.alternatives) {
        both.add(mine.and(others));
      }
    }
    return Optional.of(new ValueSet(both));
  }

  /** The values in either; empty if that is too many alternatives. */
  public Optional<ValueSet> or(ValueSet other) {
    if (alternatives.size() + other.alternatives.size() > MOST) {
      return Optional.empty();
    }
    List<ValueBounds> either = new ArrayList<>(alternatives);
    either.addAll(other.alternatives);
    return Optional.of(new ValueSet(either));
  }

  /** The same set without the alternatives that allow no value; all bounds are constants. */
  public ValueSet withoutEmpty() {
    return new ValueSet(
        alternatives.stream().filter(bounds -> bounds.keys(List.of()) != null).toList());
  }

  /** The set of one run. */
  ValueRanges ranges(List<@Nullable Object> parameters) {
    return ValueRanges.of(
        alternatives.stream()
            .map(bounds -> bounds.keys(parameters))
            .filter(Objects::nonNull)
            .toList());
  }

  @Override
  public String toString() {
    return alternatives.isEmpty()
        ? "no value"
        : String.join(" or ", alternatives.stream().map(ValueBounds::toString).toList());
  }
}
