package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.read.HopRead;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.WindowRead.Column;

/** An aggregate of the windows of {@code HOP} over points, as statistics that the tree has. */
final class HopAggregation {
  private HopAggregation() {}

  /** The read that answers an aggregate; empty if the tree cannot. */
  static Optional<StreamRead> push(Aggregate aggregate, Capabilities capabilities) {
    RelNode input = aggregate.getInput();
    RelNode below = input instanceof Project project ? project.getInput() : input;
    if (!(below instanceof HopWindows windows)
        || !(windows.getInput() instanceof StreamRead leaf)
        || !(leaf.request() instanceof RawRead points)
        || !points.limit().equals(Limit.NONE)
        || points.times().alternatives().size() > WindowAggregation.MOST_RANGES
        || points.columns().indexOf(RawRead.Column.TIME) != windows.time()
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE
        || aggregate.getGroupCount() == 0) {
      return Optional.empty();
    }
    int width = points.columns().size();
    List<RexNode> inputs = WindowAggregation.inputs(aggregate);
    List<Column> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      if (WindowAggregation.isColumn(inputs.get(key), width)) {
        columns.add(Column.BUCKET_TIME);
      } else if (WindowAggregation.isColumn(inputs.get(key), width + 1)) {
        columns.add(Column.BUCKET_END);
      } else {
        return Optional.empty();
      }
    }
    int value = points.columns().indexOf(RawRead.Column.VALUE);
    for (AggregateCall call : aggregate.getAggCallList()) {
      Column column = WindowAggregation.ofPoint(call, inputs, windows.time(), value, false);
      if (column == null || (column.isDeviation() && !capabilities.standardDeviation())) {
        return Optional.empty();
      }
      columns.add(column);
    }
    return Optional.of(
        StreamRead.of(
            aggregate.getCluster(),
            new HopRead(points, windows.hop(), columns, Limit.NONE),
            aggregate.getRowType()));
  }
}
