package org.btrdb.sql.exec;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.plan.HeldAggregate;

/**
 * What Calcite's Enumerable is known to answer wrong, and is refused. What can be mended instead is
 * replaced before ({@link GeneratedFunctions}).
 */
final class WrongAnswers {
  private WrongAnswers() {}

  /** Refuses a logical plan of which some rows or values would be wrong. */
  static void refuse(RelNode plan) {
    refuseWindows(PlanFeatures.of(plan));
    refuseBelow(plan);
  }

  private static void refuseBelow(RelNode node) {
    if (node instanceof HeldAggregate aggregate) {
      refuseHeld(aggregate);
    }
    if (node instanceof AsofJoin) {
      throw notSupported(
          "ASOF JOIN", PlanFeatures.of(node)); // half of its forms miss the nearest row
    }
    if (node instanceof Aggregate aggregate) {
      refuseCounts(aggregate);
      refuseNullsOfExtremes(aggregate);
    }
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            refuseDistances(over.getWindow());
            if (!over.getOperands().isEmpty()) {
              refuseNullsOfExtreme(over.getAggOperator(), over.getOperands().get(0).getType());
            }
            return over;
          }
        });
    node.getInputs().forEach(WrongAnswers::refuseBelow);
  }

  private static void refuseNullsOfExtremes(Aggregate aggregate) {
    List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (!call.getArgList().isEmpty()) {
        refuseNullsOfExtreme(call.getAggregation(), fields.get(call.getArgList().get(0)).getType());
      }
    }
  }

  /** Refuses ARG_MAX and ARG_MIN of what may be NULL: Calcite passes over a row that has it so. */
  private static void refuseNullsOfExtreme(SqlAggFunction function, RelDataType first) {
    SqlKind kind = function.getKind();
    if ((kind == SqlKind.ARG_MAX || kind == SqlKind.ARG_MIN) && first.isNullable()) {
      throw refusal(
          function.getName() + " of what may be NULL is not supported in this combination");
    }
  }

  /**
   * Refuses RANGE frames that reach some way along a key that descends, whose rows Calcite finds
   * none of, or that may be NULL, which it subtracts from.
   */
  private static void refuseDistances(RexWindow window) {
    boolean hasDistance =
        window.getLowerBound().getOffset() != null || window.getUpperBound().getOffset() != null;
    if (window.isRows() || !hasDistance) {
      return;
    }
    for (RexFieldCollation key : window.orderKeys) {
      if (key.left.getType().isNullable() || key.getDirection().isDescending()) {
        throw refusal(
            "RANGE with a distance is not supported over a key that "
                + (key.left.getType().isNullable() ? "may be NULL" : "descends"));
      }
    }
  }

  /** Refuses aggregates of values that hold, which only our operators know. */
  private static void refuseHeld(HeldAggregate aggregate) {
    String names =
        aggregate.calls().stream()
            .filter(HeldAggregate::isHeld)
            .map(call -> call.getAggregation().getName())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    throw notSupported(names, PlanFeatures.of(aggregate));
  }

  /**
   * Refuses windows: its tiles of unequal size are in any order, NTH_VALUE takes the whole
   * partition for the frame, and DISTINCT makes no difference.
   */
  private static void refuseWindows(Set<String> features) {
    for (String feature : features) {
      if (feature.endsWith(" DISTINCT OVER")) {
        throw refusal("DISTINCT in a window function is not supported");
      }
      if (feature.equals("NTILE OVER") || feature.equals("NTH_VALUE OVER")) {
        throw notSupported(feature, features);
      }
    }
  }

  /**
   * Refuses counts beside DISTINCT ones over all rows: Calcite makes two steps of them, and the
   * second answers NULL for a count of no rows.
   */
  private static void refuseCounts(Aggregate aggregate) {
    if (aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty)
        && aggregate.getAggCallList().stream().anyMatch(AggregateCall::isDistinct)
        && aggregate.getAggCallList().stream().anyMatch(c -> !c.isDistinct() && isCount(c))) {
      throw refusal(
          "COUNT and DISTINCT aggregates of all rows are not supported together in this combination");
    }
  }

  private static SqlRefusal notSupported(String what, Set<String> features) {
    return refusal(what + " is not supported in this combination: " + String.join(", ", features));
  }

  private static SqlRefusal refusal(String message) {
    return new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, message, null);
  }

  private static boolean isCount(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case COUNT, SUM0, REGR_COUNT -> true;
      default -> false;
    };
  }

  /**
   * Refuses joins of a physical plan that would lose rows: Calcite keeps rows that found no pair in
   * a set by identity, and a row of one column is the value itself, which equal rows may share.
   */
  static void refuseJoins(RelNode best) {
    if (best instanceof EnumerableNestedLoopJoin join
        && join.getJoinType().generatesNullsOnLeft()
        && join.getRight().getRowType().getFieldCount() == 1) {
      throw refusal(
          join.getJoinType() + " JOIN without an equality is not supported in this combination");
    }
    best.getInputs().forEach(WrongAnswers::refuseJoins);
  }

  /** Calcite's merges need orders nobody promised. */
  static boolean isTrusted(RelOptRule rule) {
    return !rule.equals(EnumerableRules.ENUMERABLE_MERGE_UNION_RULE)
        && !rule.equals(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
  }
}
