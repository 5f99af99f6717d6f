package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.validate.PlanInputs;

/**
 * Keys of GROUP BY that are literals. Calcite's decorrelator leaves them out, and what is then
 * grouped by nothing has a row where there were no rows to group; of several grouping sets it takes
 * the wrong columns.
 */
final class ConstantKeys {
  private ConstantKeys() {}

  /** A plan whose literals that are keys do not look like literals. */
  static RelNode hidden(RelNode plan) {
    RelNode node = PlanInputs.rewritten(plan, ConstantKeys::hidden);
    return node instanceof Aggregate aggregate && isAtRisk(aggregate)
        ? aggregate.copy(
            aggregate.getTraitSet(), List.of(hidden(aggregate.getInput(), aggregate.getGroupSet())))
        : node;
  }

  /** The aggregates of a sub-query for each row are grouped by what that row gives them, too. */
  private static boolean isAtRisk(Aggregate aggregate) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      return true;
    }
    Set<CorrelationId> outer = RelOptUtil.getVariablesUsed(aggregate);
    outer.removeAll(RelOptUtil.getVariablesSet(aggregate));
    return outer.isEmpty();
  }

  private static RelNode hidden(RelNode node, ImmutableBitSet keys) {
    if (!(node instanceof Project project)) {
      return node;
    }
    RexBuilder rex = project.getCluster().getRexBuilder();
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    ImmutableBitSet.Builder below = ImmutableBitSet.builder();
    for (int key : keys) {
      RexNode expression = expressions.get(key);
      if (expression instanceof RexInputRef ref) {
        below.set(ref.getIndex());
      } else if (expression instanceof RexLiteral) {
        expressions.set(key, rex.makeAbstractCast(expression.getType(), expression, false));
      }
    }
    return project.copy(
        project.getTraitSet(),
        hidden(project.getInput(), below.build()),
        expressions,
        project.getRowType());
  }
}
