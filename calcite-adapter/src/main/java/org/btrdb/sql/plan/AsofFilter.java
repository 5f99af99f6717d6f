package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.validate.UnsimplifiedBuilder;

/**
 * Moves conditions on the left side of an ASOF JOIN below it, which Calcite does for no ASOF JOIN:
 * each left row is answered once or not at all, whatever the others are.
 */
public final class AsofFilter {
  private AsofFilter() {}

  /** The plan with conditions as far down as ASOF JOINs let them. */
  public static RelNode below(RelNode node) {
    List<RelNode> inputs = node.getInputs().stream().map(AsofFilter::below).toList();
    RelNode current =
        inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return current instanceof Filter filter
            && filter.getVariablesSet().isEmpty()
            && filter.getInput() instanceof AsofJoin join
        ? below(filter, join)
        : current;
  }

  private static RelNode below(Filter filter, AsofJoin join) {
    int width = join.getLeft().getRowType().getFieldCount();
    List<RexNode> lower = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      boolean isOfLeft =
          ImmutableBitSet.range(width).contains(RelOptUtil.InputFinder.bits(condition));
      (isOfLeft ? lower : rest).add(condition);
    }
    if (lower.isEmpty()) {
      return filter;
    }
    RelNode left =
        below(
            UnsimplifiedBuilder.filter(
                join.getLeft(),
                RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), lower),
                filter.getVariablesSet()));
    return PushDown.filtered(
        filter, join.copy(join.getTraitSet(), List.of(left, join.getRight())), rest);
  }
}
