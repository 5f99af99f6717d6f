package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.validate.PlanInputs;

/**
 * Moves conditions below joins that Calcite's rules do not know: on the left side of an ASOF JOIN,
 * for each left row is answered once or not at all, whatever the others are; and on both sides of a
 * lateral join, where those on the left decide how often the right side is run, and those on the
 * right go into the calls it makes.
 */
public final class SideFilter {
  private SideFilter() {}

  /** The plan with conditions as far down as such joins let them. */
  public static RelNode below(RelNode node) {
    RelNode current =
        node instanceof Filter filter
                && filter.getVariablesSet().isEmpty()
                && isKnown(filter.getInput())
            ? below(filter, filter.getInput())
            : node;
    return PlanInputs.rewritten(current, SideFilter::below);
  }

  /** Whether a node is a join that conditions are moved below. */
  public static boolean isKnown(RelNode node) {
    return node instanceof AsofJoin || node instanceof LateralJoin;
  }

  private static RelNode below(Filter filter, RelNode join) {
    int width = join.getInput(0).getRowType().getFieldCount();
    boolean takesRight = join instanceof LateralJoin lateral && lateral.type() == JoinRelType.INNER;
    List<RexNode> left = new ArrayList<>();
    List<RexNode> right = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
      if (columns.length() <= width) {
        left.add(condition);
      } else if (takesRight && columns.nth(0) >= width) {
        right.add(RexUtil.shift(condition, -width));
      } else {
        rest.add(condition);
      }
    }
    List<RelNode> sides =
        List.of(
            PushDown.filtered(filter, join.getInput(0), left),
            PushDown.filtered(filter, join.getInput(1), right));
    return PushDown.filtered(filter, join.copy(join.getTraitSet(), sides), rest);
  }
}
