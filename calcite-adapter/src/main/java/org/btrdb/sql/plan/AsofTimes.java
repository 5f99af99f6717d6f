package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReachingRead;
import org.btrdb.sql.read.TimeBounds;
import org.btrdb.sql.read.TimeSet;

/**
 * Carries the range that the left side of an ASOF JOIN is read at over to its right side: points
 * beyond it match no left row, but for the nearest one.
 */
final class AsofTimes {
  private AsofTimes() {}

  /** The join with a right side that is read no further than its left side allows. */
  static RelNode carried(AsofJoin join) {
    return AsofMatch.of(join)
        .filter(match -> join.getCondition().isAlwaysTrue())
        .map(match -> narrowed(join, match))
        .orElse(join);
  }

  private static RelNode narrowed(AsofJoin join, AsofMatch match) {
    if (!(join.getRight() instanceof StreamRead right)
        || !(right.request() instanceof RawRead read)
        || match.rightColumn() != read.timeColumn()
        || !read.limit().equals(Limit.NONE)
        || !read.times().equals(TimeSet.ALL)) {
      return join;
    }
    List<TimeBounds> left =
        JoinTimes.times(join.getLeft(), match.leftColumn())
            .map(TimeSet::alternatives)
            .orElse(List.of());
    if (left.size() != 1) {
      return join;
    }
    ReachingRead reaching =
        new ReachingRead(
            read.withTimes(new TimeSet(left)), match.isBackward(), !match.isBackward());
    return join.copy(join.getTraitSet(), List.of(join.getLeft(), right.with(reaching)));
  }
}
