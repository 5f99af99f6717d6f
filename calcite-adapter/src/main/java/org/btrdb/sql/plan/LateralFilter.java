package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.validate.UnsimplifiedBuilder;

/**
 * Moves conditions below joins whose right side is run for each left row: those on the left side
 * decide how often it is run, those on the right side go into the calls it makes.
 */
public final class LateralFilter {
  private LateralFilter() {}

  /** The plan with conditions as far down as such joins let them. */
  public static RelNode below(RelNode node) {
    RelNode current =
        node instanceof Filter filter
                && filter.getVariablesSet().isEmpty()
                && filter.getInput() instanceof LateralJoin join
            ? below(filter, join)
            : node;
    List<RelNode> inputs = current.getInputs().stream().map(LateralFilter::below).toList();
    return inputs.equals(current.getInputs())
        ? current
        : current.copy(current.getTraitSet(), inputs);
  }

  private static RelNode below(Filter filter, LateralJoin join) {
    RexBuilder rex = filter.getCluster().getRexBuilder();
    int width = join.getLeft().getRowType().getFieldCount();
    List<RexNode> left = new ArrayList<>();
    List<RexNode> right = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
      if (ImmutableBitSet.range(width).contains(columns)) {
        left.add(condition);
      } else if (join.type() == JoinRelType.INNER && columns.nth(0) >= width) {
        right.add(shifted(condition, width));
      } else {
        rest.add(condition);
      }
    }
    RelNode lowered =
        join.copy(
            join.getTraitSet(),
            List.of(filtered(join.getLeft(), left, rex), filtered(join.getRight(), right, rex)));
    return PushDown.filtered(filter, lowered, rest);
  }

  private static RelNode filtered(RelNode input, List<RexNode> conditions, RexBuilder rex) {
    return conditions.isEmpty()
        ? input
        : UnsimplifiedBuilder.filter(
            input, RexUtil.composeConjunction(rex, conditions), java.util.Set.of());
  }

  private static RexNode shifted(RexNode condition, int width) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ref.getIndex() - width, ref.getType());
          }
        });
  }
}
