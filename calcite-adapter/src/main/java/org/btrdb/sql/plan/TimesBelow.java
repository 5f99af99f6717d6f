package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;

/**
 * Conditions on time that reach a read through what computes each row of one row: they bound the
 * read and are no more to be tested.
 */
final class TimesBelow {
  private TimesBelow() {}

  /** A node of fewer rows, those for which a condition is true; empty if the read cannot tell. */
  static Optional<RelNode> bounded(RelNode node, RexNode condition) {
    if (node instanceof StreamRead leaf) {
      return leaf.request() instanceof PointsRequest read && read.limit().equals(Limit.NONE)
          ? TimePredicate.of(condition, read.timeColumn())
              .flatMap(read.times()::and)
              .map(times -> leaf.with(read.withTimes(times)))
          : Optional.empty();
    }
    RexNode below = condition;
    if (node instanceof Project project) {
      if (!project.getVariablesSet().isEmpty()
          || RexOver.containsOver(project.getProjects(), null)) {
        return Optional.empty();
      }
      below = RelOptUtil.pushPastProject(condition, project);
    } else if (node instanceof HopWindows hop) {
      int width = hop.getInput().getRowType().getFieldCount();
      if (RelOptUtil.InputFinder.bits(condition).length() > width) {
        return Optional.empty();
      }
    } else if (!(node instanceof Filter)) {
      return Optional.empty();
    }
    return bounded(node.getInput(0), below)
        .map(input -> node.copy(node.getTraitSet(), List.of(input)));
  }
}
