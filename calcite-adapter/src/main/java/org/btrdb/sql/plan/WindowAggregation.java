package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.ValueSearch;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.read.WindowRead.Column;
import org.btrdb.sql.tall.TallRead;
import org.btrdb.sql.time.CalendarBuckets;
import org.btrdb.sql.time.NanoOperators;
import org.btrdb.sql.wide.WideRead;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over the points of one range, as statistics that the tree has.
 *
 * <p>Pushed only when every group key is one bucket of time and every aggregate one of {@link
 * Column}; the range must be exact, that is, nothing but a condition on the value filters the
 * points, which makes it a {@link ValueAggregation}.
 */
final class WindowAggregation {
  /** Each range costs calls of its own, all of which must see one version. */
  static final int MOST_RANGES = 8;

  private final RawRead read;
  private final List<RexNode> inputs;
  private final Capabilities capabilities;

  private WindowAggregation(RawRead read, List<RexNode> inputs, Capabilities capabilities) {
    this.read = read;
    this.inputs = inputs;
    this.capabilities = capabilities;
  }

  /** The read that answers an aggregate; empty if the tree cannot. */
  static Optional<StreamRead> push(Aggregate aggregate, Capabilities capabilities) {
    RelNode input = aggregate.getInput();
    RelNode leaf = input instanceof Project project ? project.getInput() : input;
    if (leaf instanceof StreamRead wide && wide.request() instanceof WideRead request) {
      return WideAggregation.push(aggregate, request, inputs(aggregate), capabilities);
    }
    if (leaf instanceof StreamRead tall && tall.request() instanceof TallRead request) {
      return TallAggregation.push(aggregate, request, inputs(aggregate), capabilities);
    }
    if (!(leaf instanceof StreamRead stream) || aggregate.getGroupCount() > 1) {
      return Optional.empty();
    }
    return ValueSearch.over(stream.request())
        .filter(search -> search.times().alternatives().size() <= MOST_RANGES)
        .flatMap(
            search ->
                new WindowAggregation(search.points(), inputs(aggregate), capabilities)
                    .request(aggregate, search))
        .map(r -> StreamRead.of(aggregate.getCluster(), r, aggregate.getRowType()));
  }

  /** What an aggregate's arguments and keys are, over the read below it. */
  static List<RexNode> inputs(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    return input instanceof Project project
        ? project.getProjects()
        : aggregate.getCluster().getRexBuilder().identityProjects(input.getRowType()).stream()
            .map(RexNode.class::cast)
            .toList();
  }

  private Optional<? extends ReadRequest> request(Aggregate aggregate, ValueSearch search) {
    Bucket bucket = new Bucket.Whole();
    Column keyColumn = null;
    if (aggregate.getGroupCount() == 1) {
      RexNode key = inputs.get(aggregate.getGroupSet().nth(0));
      Bucket keyBucket = bucket(key, timeColumn());
      if (keyBucket == null) {
        return Optional.empty();
      }
      bucket = keyBucket;
      boolean isDate = ((RexCall) key).getOperator().equals(NanoOperators.TO_DATE);
      keyColumn = isDate ? Column.BUCKET_DATE : Column.BUCKET_TIME;
    }
    if (search.values().isAll()) {
      Optional<WindowRead> windows = windows(aggregate, bucket, keyColumn);
      if (windows.isPresent()) {
        return windows;
      }
    }
    return ValueAggregation.of(aggregate, search, inputs, bucket, keyColumn, capabilities);
  }

  private Optional<WindowRead> windows(
      Aggregate aggregate, Bucket bucket, @Nullable Column keyColumn) {
    List<Column> columns = new ArrayList<>();
    if (keyColumn != null) {
      columns.add(keyColumn);
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      Column column = column(call, keyColumn == null);
      if (column == null || (column.isDeviation() && !capabilities.standardDeviation())) {
        return Optional.empty();
      }
      columns.add(column);
    }
    return Optional.of(
        new WindowRead(read.table(), read.version(), read.times(), bucket, columns, Limit.NONE));
  }

  /** The bucket of time that a group key is; null if it is none. */
  static @Nullable Bucket bucket(RexNode key, int timeColumn) {
    if (!(key instanceof RexCall call) || !isColumn(call.getOperands().get(0), timeColumn)) {
      return null;
    }
    if (call.getOperator().equals(NanoOperators.TO_DATE)) {
      return new Bucket.Fixed(Scalar.constant(IsoTime.NANOS_PER_DAY), Scalar.constant(0L));
    }
    if (call.getOperator().equals(NanoOperators.FLOOR)) {
      Optional<Scalar> width = Scalars.compile(call.getOperands().get(1));
      Optional<Scalar> origin = Scalars.compile(call.getOperands().get(2));
      return width.isPresent() && origin.isPresent()
          ? new Bucket.Fixed(width.get(), origin.get())
          : null;
    }
    if (call.getOperator().equals(NanoOperators.TIME_FLOOR)) {
      return new Bucket.Zoned(CalendarBuckets.of(call), null);
    }
    if (call.getOperator().equals(NanoOperators.TIME_FLOOR_FROM)) {
      return Scalars.compile(call.getOperands().get(3))
          .map(origin -> new Bucket.Zoned(CalendarBuckets.of(call), origin))
          .orElse(null);
    }
    if (call.getOperator().equals(NanoOperators.CALENDAR_FLOOR)) {
      return Scalars.compile(call.getOperands().get(1))
          .map(months -> months.longValue(List.of()))
          .map(Bucket.Calendar::new)
          .orElse(null);
    }
    return null;
  }

  /** Whether a call asks for more than its function of one column says. */
  static boolean isSpecial(AggregateCall call) {
    return isMoreThanAFunction(call) || call.filterArg >= 0 || call.getArgList().size() > 1;
  }

  /** Whether a call asks for more than its function of the rows that its filter leaves says. */
  static boolean isMoreThanAFunction(AggregateCall call) {
    return call.isDistinct()
        || call.ignoreNulls()
        || !call.rexList.isEmpty()
        || !call.getCollation().getFieldCollations().isEmpty();
  }

  private @Nullable Column column(AggregateCall call, boolean whole) {
    int value = read.columns().indexOf(RawRead.Column.VALUE);
    return ofPoint(call, inputs, timeColumn(), value, whole);
  }

  /**
   * The statistic that an aggregate of points is; null if none.
   *
   * @param inputs what arguments are, over the read
   * @param timeColumn the number of the points' times, or -1
   * @param valueColumn the number of the points' values, or -1
   * @param whole whether the points are not divided into buckets
   */
  static @Nullable Column ofPoint(
      AggregateCall call, List<RexNode> inputs, int timeColumn, int valueColumn, boolean whole) {
    if (isSpecial(call)) {
      return null;
    }
    if (call.getArgList().isEmpty()) {
      return call.getAggregation().getKind() == SqlKind.COUNT ? Column.COUNT : null;
    }
    RexNode argument = inputs.get(call.getArgList().get(0));
    if (isColumn(argument, timeColumn)) {
      return ofTime(call.getAggregation().getKind(), whole);
    }
    return isColumn(argument, valueColumn) ? ofValue(call) : null;
  }

  /** The statistic that an aggregate of a time is; null if none. */
  static @Nullable Column ofTime(SqlKind kind, boolean whole) {
    return switch (kind) {
      case COUNT -> Column.COUNT;
      case MIN -> whole ? Column.FIRST_TIME : null;
      case MAX -> whole ? Column.LAST_TIME : null;
      default -> null;
    };
  }

  /** The statistic that an aggregate of a value is; null if none. */
  static @Nullable Column ofValue(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case COUNT -> Column.COUNT;
      case MIN -> Column.MIN;
      case MAX -> Column.MAX;
      case AVG -> Column.AVG;
      case SUM -> Column.SUM;
      case STDDEV_POP -> Column.STDDEV_POP;
      case STDDEV_SAMP -> Column.STDDEV_SAMP;
      case VAR_POP -> Column.VAR_POP;
      case VAR_SAMP -> Column.VAR_SAMP;
      default -> null;
    };
  }

  private int timeColumn() {
    return read.columns().indexOf(RawRead.Column.TIME);
  }

  static boolean isColumn(RexNode node, int column) {
    return column >= 0 && node instanceof RexInputRef ref && ref.getIndex() == column;
  }
}
