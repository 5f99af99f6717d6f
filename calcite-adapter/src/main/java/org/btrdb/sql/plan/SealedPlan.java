package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.btrdb.sql.validate.PlanInputs;

/**
 * A plan as a leaf, for Calcite's decorrelator: it would move the columns of what it looks into.
 */
final class SealedPlan extends AbstractRelNode {
  private final RelNode plan;

  private SealedPlan(RelTraitSet traits, RelNode plan) {
    super(plan.getCluster(), traits);
    this.plan = plan;
    this.rowType = plan.getRowType();
  }

  static SealedPlan of(RelNode plan) {
    return new SealedPlan(plan.getCluster().traitSetOf(Convention.NONE), plan);
  }

  /** A plan with what was sealed in it. */
  static RelNode opened(RelNode node) {
    if (node instanceof SealedPlan sealed) {
      return sealed.plan;
    }
    return PlanInputs.rewritten(node, SealedPlan::opened);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SealedPlan(traits, plan);
  }
}
