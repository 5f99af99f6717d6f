package org.btrdb.sql.plan;

import com.google.common.math.LongMath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.TimeBounds;
import org.btrdb.sql.read.TimeSet;
import org.jspecify.annotations.Nullable;

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
      if (!Aggregation.isPlain(project)) {
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

  /**
   * Windows of the times that some of them hold, those for which a condition is true; others may
   * hold less than without it, so it must be tested still. The same windows if it cannot tell.
   */
  static RelNode ofWindows(HopWindows windows, RexNode condition) {
    int width = windows.getInput().getRowType().getFieldCount();
    Scalar size = windows.hop().size();
    Optional<TimeSet> starts = TimePredicate.of(condition, width);
    Optional<TimeSet> times =
        starts.isPresent()
            ? starts.map(set -> moved(set, null, size))
            : TimePredicate.of(condition, width + 1).map(set -> moved(set, size, null));
    return times
        .map(set -> JoinTimes.narrowed(windows.getInput(), windows.time(), set))
        .map(input -> windows.copy(windows.getTraitSet(), List.of(input)))
        .orElse(windows);
  }

  /** Times that begin and end so much earlier and later. */
  private static TimeSet moved(TimeSet set, @Nullable Scalar earlier, @Nullable Scalar later) {
    List<TimeBounds> moved = new ArrayList<>();
    for (TimeBounds bounds : set.alternatives()) {
      moved.add(
          new TimeBounds(
              bounds.starts().stream().map(b -> moved(b, earlier, -1)).toList(),
              bounds.ends().stream().map(b -> moved(b, later, 1)).toList()));
    }
    return new TimeSet(moved);
  }

  private static TimeBounds.Bound moved(TimeBounds.Bound bound, @Nullable Scalar by, int sign) {
    if (by == null) {
      return bound;
    }
    Scalar moved =
        new Scalar(
            bound.scalar() + (sign < 0 ? " - " : " + ") + by,
            parameters -> {
              Long nanos = bound.scalar().longValue(parameters);
              Long length = by.longValue(parameters);
              return nanos == null || length == null
                  ? null
                  : (Long) LongMath.saturatedAdd(nanos, sign * length);
            });
    return new TimeBounds.Bound(moved, bound.next());
  }
}
