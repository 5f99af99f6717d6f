package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.TimeBounds;
import org.btrdb.sql.read.TimeSet;

/**
 * Conditions on the time column alone, as the set of times for which they are true: comparisons of
 * the time, or of the bucket it falls into, with expressions without columns, and their AND, OR and
 * NOT. The time is never NULL; a bound that is makes its comparison true for no time, negated or
 * not, as SQL has it.
 */
final class TimePredicate extends ColumnPredicate<TimeSet> {
  private final int timeColumn;

  private TimePredicate(int timeColumn) {
    this.timeColumn = timeColumn;
  }

  /** The times for which a condition is true, exactly; empty if it asks for more than the time. */
  static Optional<TimeSet> of(RexNode condition, int timeColumn) {
    return timeColumn < 0 ? Optional.empty() : new TimePredicate(timeColumn).set(condition, false);
  }

  @Override
  TimeSet all() {
    return TimeSet.ALL;
  }

  @Override
  TimeSet none() {
    return TimeSet.NONE;
  }

  @Override
  Optional<TimeSet> and(TimeSet one, TimeSet other) {
    return one.and(other);
  }

  @Override
  Optional<TimeSet> or(TimeSet one, TimeSet other) {
    return one.or(other);
  }

  @Override
  Optional<TimeSet> compared(RexNode side, SqlKind kind, RexNode other) {
    if (side instanceof RexInputRef ref && ref.getIndex() == timeColumn) {
      return Scalars.compile(other).flatMap(k -> set(kind, bound(k, false), bound(k, true)));
    }
    if (!(side instanceof RexCall)) {
      return Optional.empty();
    }
    return Scalars.compile(other)
        .flatMap(
            k -> {
              Optional<Scalar> atLeast = firstTime(side, k, false);
              return atLeast.isEmpty()
                  ? Optional.empty()
                  : firstTime(side, k, true)
                      .flatMap(
                          above -> set(kind, bound(atLeast.get(), false), bound(above, false)));
            });
  }

  /** The first time at which a function of functions of it is at least a value, or above it. */
  private Optional<Scalar> firstTime(RexNode side, Scalar value, boolean above) {
    if (!(side instanceof RexCall call) || call.getOperands().isEmpty()) {
      return Optional.empty();
    }
    RexNode inner = call.getOperands().get(0);
    Optional<Scalar> first = MonotonicTime.of(call).map(f -> f.firstAtLeast(value, above));
    return inner instanceof RexInputRef ref && ref.getIndex() == timeColumn
        ? first
        : first.flatMap(bound -> firstTime(inner, bound, false));
  }

  private static TimeBounds.Bound bound(Scalar scalar, boolean next) {
    return new TimeBounds.Bound(scalar, next);
  }

  /**
   * The times for which a comparison is true.
   *
   * @param atLeast the first time at which the compared expression is not below the bound
   * @param above the first time at which it is above the bound
   */
  private static Optional<TimeSet> set(
      SqlKind comparison, TimeBounds.Bound atLeast, TimeBounds.Bound above) {
    return switch (comparison) {
      case GREATER_THAN_OR_EQUAL -> Optional.of(TimeSet.of(List.of(atLeast), List.of()));
      case GREATER_THAN -> Optional.of(TimeSet.of(List.of(above), List.of()));
      case LESS_THAN -> Optional.of(TimeSet.of(List.of(), List.of(atLeast)));
      case LESS_THAN_OR_EQUAL -> Optional.of(TimeSet.of(List.of(), List.of(above)));
      case EQUALS -> Optional.of(TimeSet.of(List.of(atLeast), List.of(above)));
      case NOT_EQUALS ->
          TimeSet.of(List.of(), List.of(atLeast)).or(TimeSet.of(List.of(above), List.of()));
      default -> Optional.empty();
    };
  }
}
