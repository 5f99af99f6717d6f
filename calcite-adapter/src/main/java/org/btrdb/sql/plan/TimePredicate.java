package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.TimeBounds;

/**
 * A comparison of the time column with an expression without columns, as bounds.
 *
 * @param starts inclusive
 * @param ends exclusive
 */
record TimePredicate(List<TimeBounds.Bound> starts, List<TimeBounds.Bound> ends) {

  /** The bounds that say exactly what a condition says; empty if it is no such comparison. */
  static Optional<TimePredicate> of(RexNode condition, int timeColumn) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    if (isTime(left, timeColumn)) {
      return Scalars.compile(right).flatMap(s -> of(call.getKind(), s));
    }
    if (isTime(right, timeColumn)) {
      return Scalars.compile(left).flatMap(s -> of(call.getKind().reverse(), s));
    }
    return Optional.empty();
  }

  private static boolean isTime(RexNode node, int timeColumn) {
    return node instanceof RexInputRef ref && ref.getIndex() == timeColumn;
  }

  private static Optional<TimePredicate> of(SqlKind comparison, Scalar bound) {
    TimeBounds.Bound at = new TimeBounds.Bound(bound, false);
    TimeBounds.Bound after = new TimeBounds.Bound(bound, true);
    return switch (comparison) {
      case GREATER_THAN_OR_EQUAL -> Optional.of(new TimePredicate(List.of(at), List.of()));
      case GREATER_THAN -> Optional.of(new TimePredicate(List.of(after), List.of()));
      case LESS_THAN -> Optional.of(new TimePredicate(List.of(), List.of(at)));
      case LESS_THAN_OR_EQUAL -> Optional.of(new TimePredicate(List.of(), List.of(after)));
      case EQUALS -> Optional.of(new TimePredicate(List.of(at), List.of(after)));
      default -> Optional.empty();
    };
  }
}
