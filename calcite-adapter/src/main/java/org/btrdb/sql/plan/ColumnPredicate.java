package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Conditions on one column that is never NULL, as the set of what it may be where they are true:
 * comparisons, and their AND, OR and NOT. A comparison with NULL is true for nothing, negated or
 * not, so a NOT goes down to the comparisons.
 *
 * @param <S> a set of what the column may be
 */
abstract class ColumnPredicate<S> {

  /** The set of everything. */
  abstract S all();

  /** The set of nothing. */
  abstract S none();

  /** What is in both; empty if that cannot be said. */
  abstract Optional<S> and(S one, S other);

  /** What is in either; empty if that cannot be said. */
  abstract Optional<S> or(S one, S other);

  /**
   * For what a comparison of two things, or the opposite of one, is true; empty if it asks for more
   * than the column.
   */
  abstract Optional<S> compared(RexNode left, SqlKind comparison, RexNode right);

  /** The same for a call that is not a comparison of two things. */
  Optional<S> other(RexCall call, boolean negated) {
    return Optional.empty();
  }

  /** For what a condition is true, exactly; empty if it asks for more than the column. */
  final Optional<S> set(RexNode condition, boolean negated) {
    if (condition.isAlwaysTrue()) {
      return Optional.of(negated ? none() : all());
    }
    if (condition.isAlwaysFalse()) {
      return Optional.of(negated ? all() : none());
    }
    if (!(condition instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case NOT -> set(call.getOperands().get(0), !negated);
      case AND -> combined(call.getOperands(), negated, negated);
      case OR -> combined(call.getOperands(), negated, !negated);
      default -> call.getOperands().size() == 2 ? comparison(call, negated) : other(call, negated);
    };
  }

  private Optional<S> combined(List<RexNode> conditions, boolean negated, boolean either) {
    Optional<S> sum = Optional.of(either ? none() : all());
    for (RexNode condition : conditions) {
      Optional<S> next = set(condition, negated);
      if (sum.isEmpty() || next.isEmpty()) {
        return Optional.empty();
      }
      S before = sum.get();
      sum = next.flatMap(set -> either ? or(before, set) : and(before, set));
    }
    return sum;
  }

  private Optional<S> comparison(RexCall call, boolean negated) {
    SqlKind kind = negated ? call.getKind().negateNullSafe() : call.getKind();
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    Optional<S> asWritten = compared(left, kind, right);
    return asWritten.isPresent() ? asWritten : compared(right, kind.reverse(), left);
  }
}
