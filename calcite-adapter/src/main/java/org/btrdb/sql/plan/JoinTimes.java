package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexOver;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.TimeSet;

/**
 * Carries the times that one side of {@code a.time = b.time} is read at over to the other: rows at
 * other times would find no partner.
 */
final class JoinTimes {
  private JoinTimes() {}

  /** The join with reads that are narrower where its other side allows it. */
  static Join carried(Join join) {
    JoinInfo info = join.analyzeCondition();
    RelNode left = join.getLeft();
    RelNode right = join.getRight();
    for (int i = 0; i < info.leftKeys.size(); i++) {
      int leftKey = info.leftKeys.get(i);
      int rightKey = info.rightKeys.get(i);
      Optional<TimeSet> leftTimes = times(left, leftKey);
      Optional<TimeSet> rightTimes = times(right, rightKey);
      if (leftTimes.isPresent() && narrowsRight(join.getJoinType())) {
        right = narrowed(right, rightKey, leftTimes.get());
      }
      if (rightTimes.isPresent() && narrowsLeft(join.getJoinType())) {
        left = narrowed(left, leftKey, rightTimes.get());
      }
    }
    return left == join.getLeft() && right == join.getRight()
        ? join
        : join.copy(
            join.getTraitSet(),
            join.getCondition(),
            left,
            right,
            join.getJoinType(),
            join.isSemiJoinDone());
  }

  private static boolean narrowsRight(JoinRelType type) {
    return switch (type) {
      case INNER, LEFT, SEMI, ANTI -> true;
      default -> false;
    };
  }

  private static boolean narrowsLeft(JoinRelType type) {
    return switch (type) {
      case INNER, RIGHT, SEMI -> true;
      default -> false;
    };
  }

  /** The times that a column of a node can have; empty if it is not known to be a time. */
  static Optional<TimeSet> times(RelNode node, int column) {
    if (node instanceof StreamRead leaf && leaf.request() instanceof PointsRequest read) {
      return column == read.timeColumn() && !read.times().equals(TimeSet.ALL)
          ? Optional.of(read.times())
          : Optional.empty();
    }
    if (node instanceof Filter filter) {
      return times(filter.getInput(), column);
    }
    if (node instanceof Project project) {
      return project.getProjects().get(column) instanceof RexInputRef ref
          ? times(project.getInput(), ref.getIndex())
          : Optional.empty();
    }
    if (node instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
      int width = join.getLeft().getRowType().getFieldCount();
      return column < width
          ? times(join.getLeft(), column)
          : times(join.getRight(), column - width);
    }
    return Optional.empty();
  }

  /** The node without rows whose column lies outside; what cannot be narrowed stays. */
  private static RelNode narrowed(RelNode node, int column, TimeSet times) {
    if (node instanceof StreamRead leaf && leaf.request() instanceof PointsRequest read) {
      return column == read.timeColumn() && read.limit().equals(Limit.NONE)
          ? read.times().and(times).map(both -> leaf.with(read.withTimes(both))).orElse(leaf)
          : leaf;
    }
    if (node instanceof Filter filter) {
      return filter.copy(filter.getTraitSet(), List.of(narrowed(filter.getInput(), column, times)));
    }
    if (node instanceof Project project) {
      // A window function sees rows that the join has no use for.
      return project.getProjects().get(column) instanceof RexInputRef ref
              && !RexOver.containsOver(project.getProjects(), null)
          ? project.copy(
              project.getTraitSet(), List.of(narrowed(project.getInput(), ref.getIndex(), times)))
          : project;
    }
    if (node instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
      int width = join.getLeft().getRowType().getFieldCount();
      RelNode left = join.getLeft();
      RelNode right = join.getRight();
      List<RelNode> inputs =
          column < width
              ? List.of(narrowed(left, column, times), right)
              : List.of(left, narrowed(right, column - width, times));
      return carried(
          join.copy(
              join.getTraitSet(),
              join.getCondition(),
              inputs.get(0),
              inputs.get(1),
              join.getJoinType(),
              join.isSemiJoinDone()));
    }
    return node;
  }
}
