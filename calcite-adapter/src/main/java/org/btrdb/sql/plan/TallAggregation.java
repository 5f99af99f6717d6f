package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.tall.TallColumn;
import org.btrdb.sql.tall.TallOrder;
import org.btrdb.sql.tall.TallRead;
import org.btrdb.sql.tall.TallWindowRead;
import org.btrdb.sql.tall.TallWindowRead.Output;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over the points of many streams, as statistics of each stream, combined: grouped by
 * what describes streams and by at most one bucket of time.
 */
final class TallAggregation {
  private final TallRead read;
  private final List<RexNode> inputs;
  private final List<TallColumn> keys = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private Bucket bucket = new Bucket.Whole();

  private TallAggregation(TallRead read, List<RexNode> inputs) {
    this.read = read;
    this.inputs = inputs;
  }

  /** The read that answers an aggregate; empty if statistics cannot. */
  static Optional<StreamRead> push(
      Aggregate aggregate, TallRead read, List<RexNode> inputs, Capabilities capabilities) {
    boolean plain =
        read.limit().equals(Limit.NONE)
            && read.order().equals(TallOrder.NONE)
            && read.times().alternatives().size() <= WindowAggregation.MOST_RANGES;
    TallAggregation push = new TallAggregation(read, inputs);
    if (!plain
        || !aggregate.getGroupSet().asList().stream().allMatch(push::addKey)
        || !aggregate.getAggCallList().stream().allMatch(c -> push.add(c, capabilities))) {
      return Optional.empty();
    }
    TallWindowRead request =
        new TallWindowRead(
            read.streams(), read.times(), push.bucket, push.keys, push.outputs, Limit.NONE);
    return Optional.of(StreamRead.of(aggregate.getCluster(), request, aggregate.getRowType()));
  }

  private boolean addKey(int input) {
    RexNode node = inputs.get(input);
    TallColumn ofStream = ofStream(node);
    if (ofStream != null) {
      outputs.add(Output.key(keys.size()));
      keys.add(ofStream);
      return true;
    }
    Bucket found = WindowAggregation.bucket(node, read.timeColumn());
    if (found == null || !(bucket instanceof Bucket.Whole)) {
      return false;
    }
    bucket = found;
    boolean isDate = ((RexCall) node).getOperator().equals(NanoOperators.TO_DATE);
    outputs.add(Output.of(isDate ? WindowRead.Column.BUCKET_DATE : WindowRead.Column.BUCKET_TIME));
    return true;
  }

  /** What describes a stream that an expression is; null if it is anything else. */
  private @Nullable TallColumn ofStream(RexNode node) {
    if (node instanceof RexInputRef ref) {
      TallColumn column = read.columns().get(ref.getIndex());
      return column.describesStream() ? column : null;
    }
    if (!(node instanceof RexCall call)
        || !call.getOperator().equals(SqlStdOperatorTable.ITEM)
        || !(call.getOperands().get(0) instanceof RexInputRef map)
        || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
      return null;
    }
    String key = literal.getValueAs(String.class);
    return switch (read.columns().get(map.getIndex()).kind()) {
      case TAGS -> new TallColumn(TallColumn.Kind.TAG, key);
      case ANNOTATIONS -> new TallColumn(TallColumn.Kind.ANNOTATION, key);
      default -> null;
    };
  }

  private boolean add(AggregateCall call, Capabilities capabilities) {
    int value = read.columns().indexOf(TallColumn.of(TallColumn.Kind.VALUE));
    WindowRead.Column column =
        WindowAggregation.ofPoint(
            call, inputs, read.timeColumn(), value, bucket instanceof Bucket.Whole);
    if (column == null || (column.isDeviation() && !capabilities.standardDeviation())) {
      return false;
    }
    outputs.add(Output.of(column));
    return true;
  }
}
