package org.btrdb.sql.plan;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexOver;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.FollowRead;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadVersion;

/** The plan of {@code SELECT STREAM}: what can be said of each insert as it comes. */
public final class LivePlan {
  private LivePlan() {}

  /**
   * A plan that follows the stream which another one reads; its conditions stay above the read.
   *
   * @throws SqlRefusal if it needs rows that are still to come, or more than one stream
   */
  public static RelNode of(RelNode lowered) {
    if (lowered instanceof StreamRead read) {
      return followed(read);
    }
    if (!isRowByRow(lowered)) {
      throw refusal();
    }
    return lowered.copy(lowered.getTraitSet(), List.of(of(lowered.getInput(0))));
  }

  private static boolean isRowByRow(RelNode node) {
    return node instanceof Filter
        || (node instanceof Project project && !RexOver.containsOver(project.getProjects(), null))
        || (node instanceof Sort sort && sort.getCollation().getFieldCollations().isEmpty());
  }

  private static RelNode followed(StreamRead read) {
    if (read.request() instanceof RawRead points && points.version().equals(ReadVersion.LATEST)) {
      return read.with(FollowRead.of(points));
    }
    throw refusal();
  }

  private static SqlRefusal refusal() {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "SELECT STREAM follows the inserts into one stream: it takes expressions, WHERE and LIMIT,"
            + " and nothing that needs points still to come or others",
        null);
  }
}
