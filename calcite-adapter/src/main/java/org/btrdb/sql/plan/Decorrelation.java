package org.btrdb.sql.plan;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.btrdb.sql.validate.UnsimplifiedBuilder;

/** Makes joins of sub-queries that are asked for each row of another, where there is a way. */
public final class Decorrelation {
  private Decorrelation() {}

  /** A lowered plan without them. */
  public static RelNode of(RelNode lowered) {
    RelNode flat =
        hasCorrelate(lowered)
            ? RelDecorrelator.decorrelateQuery(
                ConstantKeys.hidden(lowered),
                UnsimplifiedBuilder.FACTORY.create(lowered.getCluster(), null))
            : lowered;
    return SealedPlan.opened(flat);
  }

  /** A part of a lowered plan without them: Calcite wants one to end in a choice of columns. */
  static RelNode ofPart(RelNode lowered) {
    return hasCorrelate(lowered)
        ? of(
            LogicalProject.create(
                lowered,
                List.of(),
                lowered.getCluster().getRexBuilder().identityProjects(lowered.getRowType()),
                lowered.getRowType().getFieldNames(),
                Set.of()))
        : SealedPlan.opened(lowered);
  }

  private static boolean hasCorrelate(RelNode node) {
    return node instanceof Correlate
        || node.getInputs().stream().anyMatch(Decorrelation::hasCorrelate);
  }
}
