package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.read.HopRead;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.WindowRead.Column;
import org.btrdb.sql.validate.UnsimplifiedBuilder;

/** An aggregate of the windows of {@code HOP} over points, as statistics that the tree has. */
final class HopAggregation {
  private HopAggregation() {}

  /** The read that answers an aggregate; empty if the tree cannot. */
  static Optional<RelNode> push(Aggregate aggregate, Capabilities capabilities) {
    RelNode input = aggregate.getInput();
    RelNode rows = input instanceof Project project ? project.getInput() : input;
    Filter filter = rows instanceof Filter found ? found : null;
    RelNode below = filter == null ? rows : filter.getInput();
    if (!(below instanceof HopWindows windows)
        || !(windows.getInput() instanceof StreamRead leaf)
        || !(leaf.request() instanceof RawRead points)
        || !points.limit().equals(Limit.NONE)
        || points.times().alternatives().size() > WindowAggregation.MOST_RANGES
        || points.columns().indexOf(RawRead.Column.TIME) != windows.time()
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
    StreamRead read =
        StreamRead.of(
            aggregate.getCluster(),
            new HopRead(points, windows.hop(), columns, Limit.NONE),
            aggregate.getRowType());
    return filter == null ? Optional.of(read) : filtered(read, filter, columns, width);
  }

  /** The windows for which a condition on windows, and on nothing else, is true. */
  private static Optional<RelNode> filtered(
      StreamRead read, Filter filter, List<Column> columns, int width) {
    if (!filter.getVariablesSet().isEmpty()) {
      return Optional.empty();
    }
    int start = columns.indexOf(Column.BUCKET_TIME);
    int end = columns.indexOf(Column.BUCKET_END);
    for (int column : RelOptUtil.InputFinder.bits(filter.getCondition())) {
      if (column < width || (column == width ? start : end) < 0) {
        return Optional.empty();
      }
    }
    RexNode condition =
        filter
            .getCondition()
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef ref) {
                    int column = ref.getIndex() == width ? start : end;
                    return RexInputRef.of(column, read.getRowType());
                  }
                });
    return Optional.of(UnsimplifiedBuilder.filter(read, condition, filter.getVariablesSet()));
  }
}
