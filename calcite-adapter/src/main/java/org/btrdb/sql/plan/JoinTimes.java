package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.validate.PlanInputs;

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
    if (node instanceof LateralJoin join && column < width(join)) {
      return times(join.getLeft(), column);
    }
    if (node instanceof Join join && hasRowsOf(join, column)) {
      return column < width(join)
          ? times(join.getLeft(), column)
          : times(join.getRight(), column - width(join));
    }
    return Optional.empty();
  }

  /** The node without rows whose column lies outside; what cannot be narrowed stays. */
  static RelNode narrowed(RelNode node, int column, TimeSet times) {
    if (node instanceof StreamRead leaf && leaf.request() instanceof PointsRequest read) {
      return column == read.timeColumn() && read.limit().equals(Limit.NONE)
          ? read.times()
              .and(times)
              .filter(both -> !both.equals(read.times()))
              .map(both -> leaf.with(read.withTimes(both)))
              .orElse(leaf)
          : leaf;
    }
    if (node instanceof Filter filter) {
      return PlanInputs.rewritten(filter, input -> narrowed(input, column, times));
    }
    if (node instanceof Project project) {
      return project.getProjects().get(column) instanceof RexInputRef ref
              && Aggregation.isPlain(project) // a window function sees what the join does not
          ? PlanInputs.rewritten(project, input -> narrowed(input, ref.getIndex(), times))
          : project;
    }
    if (node instanceof LateralJoin join && column < width(join)) {
      return withNarrowed(join, column, times);
    }
    if (node instanceof AsofJoin join) {
      // Without a right row that is out of range another one would match.
      return column < width(join)
          ? AsofTimes.carried((AsofJoin) withNarrowed(join, column, times))
          : join;
    }
    if (node instanceof Join join && hasRowsOf(join, column)) {
      RelNode narrower = withNarrowed(join, column, times);
      return narrower == join ? join : carried((Join) narrower);
    }
    return node;
  }

  /** The join with the side of a column narrowed; itself if that stays, which ends the carrying. */
  private static RelNode withNarrowed(BiRel join, int column, TimeSet times) {
    int width = width(join);
    return PlanInputs.replaced(
        join,
        column < width
            ? List.of(narrowed(join.getLeft(), column, times), join.getRight())
            : List.of(join.getLeft(), narrowed(join.getRight(), column - width, times)));
  }

  /** Whether a column is NULL only where the side that it is of has NULL. */
  private static boolean hasRowsOf(Join join, int column) {
    return column < width(join)
        ? !join.getJoinType().generatesNullsOnLeft()
        : !join.getJoinType().generatesNullsOnRight();
  }

  private static int width(BiRel join) {
    return join.getLeft().getRowType().getFieldCount();
  }
}
