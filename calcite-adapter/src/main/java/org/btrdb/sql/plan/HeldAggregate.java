package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.aggregate.DialectAggregate;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReachingRead;
import org.btrdb.sql.read.TimeSet;

/**
 * An aggregate over the points of one range in which values hold until the next one, and so do not
 * end with their group: the input has the point in force at the start of the range as well.
 *
 * <p>Where the next or the last value is not known for sure (joins, conditions on the value) such
 * an aggregate is refused: over the rows that are left it would be another number.
 */
public final class HeldAggregate extends SingleRel {
  private static final String ONE_BUCKET = "needs one bucket of time in GROUP BY, or none";

  private final List<AggregateCall> calls;
  private final List<Integer> keys;
  private final Bucket bucket;
  private final TimeSet times;

  private HeldAggregate(
      RelTraitSet traits,
      RelNode input,
      RelDataType rowType,
      List<AggregateCall> calls,
      List<Integer> keys,
      Bucket bucket,
      TimeSet times) {
    super(input.getCluster(), traits, input);
    this.rowType = rowType;
    this.calls = List.copyOf(calls);
    this.keys = List.copyOf(keys);
    this.bucket = bucket;
    this.times = times;
  }

  /** Whether a call is of a value that holds. */
  public static boolean isHeld(AggregateCall call) {
    return call.getAggregation() instanceof DialectAggregate function
        && function.meaning().isHeld();
  }

  /**
   * What takes the place of an aggregate in which values hold; empty if there are none.
   *
   * @throws SqlRefusal if it is over anything but the points of one stream in one range
   */
  static Optional<RelNode> of(Aggregate aggregate) {
    List<AggregateCall> held =
        aggregate.getAggCallList().stream().filter(HeldAggregate::isHeld).toList();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<RexNode> inputs = WindowAggregation.inputs(aggregate);
    for (AggregateCall call : held) {
      check(call, inputs);
    }
    RelNode input = aggregate.getInput();
    RelNode leaf = input instanceof Project project ? project.getInput() : input;
    if (leaf instanceof Values values && values.getTuples().isEmpty()) {
      return Optional.of(ofNothing(aggregate));
    }
    if (!(leaf instanceof StreamRead read) || !(read.request() instanceof RawRead points)) {
      throw refusal(
          held, "needs all points of one stream, and nothing but a range of time in WHERE");
    }
    if (points.times().alternatives().size() != 1 || !points.limit().equals(Limit.NONE)) {
      throw refusal(held, "needs one range of time without a LIMIT");
    }
    if (RexOver.containsOver(inputs, null)) {
      throw refusal(held, "is not supported over window functions"); // of one more row there
    }
    for (AggregateCall call : held) {
      if (!WindowAggregation.isColumn(inputs.get(call.getArgList().get(1)), points.timeColumn())) {
        throw refusal(List.of(call), "needs the time of the stream as its second argument");
      }
    }
    Bucket bucket = bucket(aggregate, inputs, points, held);
    return Optional.of(
        new HeldAggregate(
            aggregate.getCluster().traitSetOf(Convention.NONE),
            reaching(input, read, points),
            aggregate.getRowType(),
            aggregate.getAggCallList(),
            aggregate.getGroupSet().asList(),
            bucket,
            points.times()));
  }

  private static void check(AggregateCall call, List<RexNode> inputs) {
    List<AggregateCall> one = List.of(call);
    RexNode value = inputs.get(call.getArgList().get(0));
    if (call.isDistinct() || call.filterArg >= 0) {
      throw refusal(one, "takes no DISTINCT and no FILTER; write CASE in its argument");
    }
    if (value.getType().isNullable()) {
      throw refusal(one, "needs an argument that is never NULL; give it a value by COALESCE");
    }
  }

  private static Bucket bucket(
      Aggregate aggregate, List<RexNode> inputs, RawRead points, List<AggregateCall> held) {
    if (aggregate.getGroupCount() > 1) {
      throw refusal(held, ONE_BUCKET);
    }
    if (aggregate.getGroupCount() == 0) {
      return new Bucket.Whole();
    }
    Bucket bucket =
        WindowAggregation.bucket(inputs.get(aggregate.getGroupSet().nth(0)), points.timeColumn());
    if (bucket == null) {
      throw refusal(held, "needs a bucket of time in GROUP BY, such as FLOOR(time TO HOUR)");
    }
    return bucket;
  }

  /** The input with the point in force at the start of the range, if it has a start. */
  private static RelNode reaching(RelNode input, StreamRead read, RawRead points) {
    if (points.times().alternatives().get(0).starts().isEmpty()) {
      return input;
    }
    RelNode reaching = read.with(new ReachingRead(points, true, false));
    return input instanceof Project project
        ? project.copy(project.getTraitSet(), List.of(reaching))
        : reaching;
  }

  /** No row, or one with what each function has for no rows. */
  private static RelNode ofNothing(Aggregate aggregate) {
    if (aggregate.getGroupCount() > 0) {
      return LogicalValues.createEmpty(aggregate.getCluster(), aggregate.getRowType());
    }
    RexBuilder rex = aggregate.getCluster().getRexBuilder();
    List<AggregateCall> others =
        aggregate.getAggCallList().stream().filter(c -> !isHeld(c)).toList();
    RelNode rest =
        others.isEmpty()
            ? LogicalValues.createOneRow(aggregate.getCluster())
            : aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                others);
    List<RexNode> columns = new ArrayList<>();
    int other = 0;
    for (AggregateCall call : aggregate.getAggCallList()) {
      columns.add(
          isHeld(call) ? rex.makeNullLiteral(call.getType()) : rex.makeInputRef(rest, other++));
    }
    return LogicalProject.create(rest, List.of(), columns, aggregate.getRowType(), Set.of());
  }

  private static SqlRefusal refusal(List<AggregateCall> calls, String what) {
    Set<String> names =
        calls.stream()
            .map(call -> call.getAggregation().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, String.join(", ", names) + " " + what, null);
  }

  /** The functions, those of values that hold and others. */
  public List<AggregateCall> calls() {
    return calls;
  }

  /** The column of the bucket; none if the range is not divided. */
  public List<Integer> keys() {
    return keys;
  }

  /** How the range is divided. */
  public Bucket bucket() {
    return bucket;
  }

  /** The range. */
  public TimeSet times() {
    return times;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new HeldAggregate(traits, inputs.get(0), getRowType(), calls, keys, bucket, times);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("keys", keys)
        .item("bucket", bucket)
        .item("calls", calls)
        .item("times", times);
  }
}
