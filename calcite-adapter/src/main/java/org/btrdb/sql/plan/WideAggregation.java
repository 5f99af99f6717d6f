package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.MergedRows;
import org.btrdb.sql.read.ReadVersion;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.read.WindowRead.Column;
import org.btrdb.sql.time.NanoOperators;
import org.btrdb.sql.wide.WideRead;
import org.btrdb.sql.wide.WideWindowRead;

/**
 * Aggregates of single columns of a wide table, as statistics of one stream each. {@code COUNT(*)}
 * counts rows that streams share, and an expression of a column is no statistic: both are left.
 */
final class WideAggregation {
  private final WideRead read;
  private final List<RexNode> inputs;

  /** For each stream what is asked of it; with a bucket that comes first. */
  private final Map<Integer, List<Column>> columns = new LinkedHashMap<>();

  /** Where each aggregate is answered. */
  private final List<Place> places = new ArrayList<>();

  /** A statistic of a stream, at a place in the list of what is asked of it. */
  private record Place(int stream, int at, Column statistic) {}

  private WideAggregation(WideRead read, List<RexNode> inputs) {
    this.read = read;
    this.inputs = inputs;
  }

  static Optional<StreamRead> push(
      Aggregate aggregate, WideRead read, List<RexNode> inputs, Capabilities capabilities) {
    if (!read.limit().equals(Limit.NONE)
        || aggregate.getGroupCount() > 1
        || aggregate.getAggCallList().isEmpty()) {
      return Optional.empty();
    }
    return new WideAggregation(read, inputs)
        .request(aggregate, capabilities)
        .map(r -> StreamRead.of(aggregate.getCluster(), r, aggregate.getRowType()));
  }

  private Optional<WideWindowRead> request(Aggregate aggregate, Capabilities capabilities) {
    List<Column> first = new ArrayList<>();
    Bucket bucket = new Bucket.Whole();
    if (aggregate.getGroupCount() == 1) {
      RexNode key = inputs.get(aggregate.getGroupSet().nth(0));
      Bucket keyBucket = WindowAggregation.bucket(key, read.timeColumn());
      if (keyBucket == null) {
        return Optional.empty();
      }
      bucket = keyBucket;
      boolean isDate = ((RexCall) key).getOperator().equals(NanoOperators.TO_DATE);
      first.add(isDate ? Column.BUCKET_DATE : Column.BUCKET_TIME);
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (!place(call, first, capabilities)) {
        return Optional.empty();
      }
    }
    List<Integer> streams = List.copyOf(columns.keySet());
    if (!read.used().equals(columns.keySet())) {
      return Optional.empty(); // another stream's times would make buckets too
    }
    List<MergedRows.Source> sources = new ArrayList<>();
    if (!first.isEmpty()) {
      sources.add(MergedRows.Source.KEY);
    }
    for (Place place : places) {
      int input = streams.indexOf(place.stream);
      sources.add(new MergedRows.Source(input, place.at, place.statistic == Column.COUNT));
    }
    return Optional.of(new WideWindowRead(reads(bucket), sources, Limit.NONE));
  }

  private List<WindowRead> reads(Bucket bucket) {
    List<WindowRead> reads = new ArrayList<>();
    columns.forEach(
        (stream, asked) ->
            reads.add(
                new WindowRead(
                    read.streams().get(stream),
                    ReadVersion.LATEST,
                    read.times(),
                    bucket,
                    asked,
                    Limit.NONE)));
    return reads;
  }

  private boolean place(AggregateCall call, List<Column> first, Capabilities capabilities) {
    if (WindowAggregation.isSpecial(call)
        || call.getArgList().isEmpty()
        || !(inputs.get(call.getArgList().get(0)) instanceof RexInputRef ref)) {
      return false;
    }
    int stream = read.columns().get(ref.getIndex()) - 1;
    Column column = WindowAggregation.ofValue(call);
    if (stream < 0
        || column == null
        || (column.isDeviation() && !capabilities.standardDeviation())) {
      return false;
    }
    List<Column> asked = columns.computeIfAbsent(stream, s -> new ArrayList<>(first));
    int at = asked.indexOf(column);
    if (at < 0) {
      at = asked.size();
      asked.add(column);
    }
    places.add(new Place(stream, at, column));
    return true;
  }
}
