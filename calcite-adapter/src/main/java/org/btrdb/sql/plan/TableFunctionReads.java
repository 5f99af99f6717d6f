package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.read.AlignedRead;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.ChangesRead;
import org.btrdb.sql.read.DeferredRead;
import org.btrdb.sql.read.EventRead;
import org.btrdb.sql.read.GapRead;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.NearestRead;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.ReadVersion;
import org.btrdb.sql.read.ResampleRead;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.StreamIds;
import org.btrdb.sql.read.StreamRequest;
import org.btrdb.sql.read.TimeBounds.Bound;
import org.btrdb.sql.read.TimeSeriesRead;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.read.TimeSteps;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.time.ArgumentLowering;
import org.btrdb.sql.time.NanoFunctions;
import org.btrdb.sql.time.OuterColumn;
import org.btrdb.sql.validate.TableFunctionOperator;
import org.btrdb.sql.wide.SnappedRead;
import org.btrdb.sql.wide.WideRead;
import org.jspecify.annotations.Nullable;

/**
 * The read requests that calls of table functions are. A stream that a literal names is looked up
 * at once, and all that can be pushed into a table of it can be pushed into the call; any other
 * stream when the statement runs.
 */
final class TableFunctionReads {
  private final Function<Object, StreamTable> streams;
  private final ArgumentLowering lowering;
  private final RexBuilder rex;

  /**
   * Reads of one statement.
   *
   * @param streams looks a stream up
   */
  TableFunctionReads(
      Function<Object, StreamTable> streams, ArgumentLowering lowering, RexBuilder rex) {
    this.streams = streams;
    this.rex = rex;
    this.lowering = lowering;
  }

  ReadRequest of(TableFunctionScan scan) {
    RexCall call = (RexCall) scan.getCall();
    if (!(call.getOperator() instanceof TableFunctionOperator operator)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "table function " + call.getOperator().getName() + " is not supported",
          null);
    }
    if (!scan.getInputs().isEmpty() || !RelOptUtil.InputFinder.bits(call).isEmpty()) {
      throw notAScalar("an argument of " + operator.getName());
    }
    List<RexNode> arguments = call.getOperands();
    return switch (operator.function()) {
      case WINDOWS -> windows(arguments);
      case ALIGNED_WINDOWS -> alignedWindows(arguments);
      case RAW_VALUES -> rawValues(arguments);
      case NEAREST -> nearest(arguments);
      case CHANGES -> changes(arguments);
      case STREAMSET -> streamset(arguments, scan.getRowType().getFieldNames());
      case GAPS -> gaps(arguments);
      case TIME_SERIES -> TimeSeriesRead.of(steps(arguments, 0, "step"));
      case RESAMPLE -> resample(arguments);
      case EVENTS -> events(arguments);
    };
  }

  private ReadRequest windows(List<RexNode> arguments) {
    Scalar start = scalar(lowering.time(arguments.get(1)), "start");
    Scalar end = end(start, scalar(lowering.bound(arguments.get(2)), "end"));
    Scalar width =
        width(scalar(lowering.duration(arguments.get(3)), "width"), number(arguments, 5, "depth"));
    Scalar lastEnd =
        new Scalar(
            "end of the last whole window before " + end,
            parameters -> {
              Long from = start.longValue(parameters);
              Long to = end.longValue(parameters);
              Long nanos = width.longValue(parameters);
              return from == null || to == null || nanos == null
                  ? null
                  : (Object) NanoFunctions.floor(to, nanos, from);
            });
    // No window is asked for where the start is NULL, so any origin will do.
    Scalar origin =
        new Scalar(
            start.text(),
            parameters -> {
              Long from = start.longValue(parameters);
              return from == null ? (Object) 0L : from;
            });
    TimeSet times = between(start, lastEnd);
    ReadVersion version = version(arguments, 4);
    return of(
        arguments.get(0),
        table ->
            new WindowRead(
                table,
                version,
                times,
                new Bucket.Fixed(width, origin),
                AlignedRead.STATISTICS,
                Limit.NONE));
  }

  private static Scalar width(Scalar width, Scalar depth) {
    return new Scalar(
        depth.text().equals("0") ? width.text() : width + ", depth " + depth,
        parameters -> {
          Long nanos = width.longValue(parameters);
          if (nanos == null || nanos < 1) {
            throw new BtrdbException(
                ErrorCode.INVALID_WIDTH, "a window must be at least 1 ns wide, not " + nanos);
          }
          Long bits = depth.longValue(parameters);
          if (bits == null || bits != 0) {
            throw new SqlRefusal(
                SqlRefusal.Reason.UNSUPPORTED,
                "depth " + bits + " is not supported: windows are exact, which is depth 0",
                null);
          }
          return nanos;
        });
  }

  private ReadRequest alignedWindows(List<RexNode> arguments) {
    Scalar start = scalar(lowering.bound(arguments.get(1)), "start");
    Scalar end = end(start, scalar(lowering.bound(arguments.get(2)), "end"));
    Scalar pointWidth = number(arguments, 3, "pointwidth");
    TimeSet times = between(roundedDown(start, pointWidth), roundedDown(end, pointWidth));
    ReadVersion version = version(arguments, 4);
    return of(
        arguments.get(0),
        table -> AlignedRead.all(table, pointWidth).withVersion(version).withTimes(times));
  }

  private static Scalar roundedDown(Scalar time, Scalar pointWidth) {
    return new Scalar(
        "2^" + pointWidth + " ns below " + time,
        parameters -> {
          long mask = -1L << AlignedRead.pointWidth(pointWidth, parameters);
          Long nanos = time.longValue(parameters);
          return nanos == null ? null : (Object) (nanos & mask);
        });
  }

  private ReadRequest rawValues(List<RexNode> arguments) {
    Scalar start = scalar(lowering.bound(arguments.get(1)), "start");
    Scalar end = end(start, scalar(lowering.bound(arguments.get(2)), "end"));
    TimeSet times = between(start, end);
    ReadVersion version = version(arguments, 3);
    return of(arguments.get(0), table -> RawRead.all(table).withVersion(version).withTimes(times));
  }

  private ReadRequest nearest(List<RexNode> arguments) {
    Scalar at = scalar(lowering.bound(arguments.get(1)), "at");
    Scalar backward = scalar(lowering.value(arguments.get(2)), "backward");
    ReadVersion version = version(arguments, 3);
    return of(arguments.get(0), table -> NearestRead.of(table, version, at, backward));
  }

  private ReadRequest changes(List<RexNode> arguments) {
    Scalar since = number(arguments, 1, "from_version");
    ReadVersion until = version(arguments, 2);
    Scalar resolution = number(arguments, 3, "resolution");
    return of(arguments.get(0), table -> ChangesRead.of(table, since, until, resolution));
  }

  private ReadRequest streamset(List<RexNode> arguments, List<String> columns) {
    boolean isSnapped = !isZero(arguments.get(3)); // the start is where the grid begins
    RexNode from = arguments.get(1);
    Scalar start = scalar(isSnapped ? lowering.time(from) : lowering.bound(from), "start");
    Scalar end = end(start, scalar(lowering.bound(arguments.get(2)), "end"));
    List<StreamTable> set = new ArrayList<>();
    for (String id : columns.subList(1, columns.size())) {
      set.add(streams.apply(id));
    }
    return isSnapped
        ? SnappedRead.of(set, start, end, scalar(lowering.duration(arguments.get(3)), "snap"))
        : WideRead.set(set).withTimes(between(start, end));
  }

  /** Both times may be answered, so none is cut to 64 bits. */
  private ReadRequest gaps(List<RexNode> arguments) {
    Scalar start = scalar(lowering.time(arguments.get(1)), "start");
    Scalar end = end(start, scalar(lowering.time(arguments.get(2)), "end"));
    Scalar minGap = scalar(lowering.duration(arguments.get(3)), "min_gap");
    ReadVersion version = version(arguments, 4);
    return of(arguments.get(0), table -> GapRead.of(table, version, start, end, minGap));
  }

  /**
   * The times from a start to an end by a step, which are arguments in this order. An end beyond 64
   * bits is refused: the times would stop before it.
   */
  private TimeSteps steps(List<RexNode> arguments, int at, String name) {
    Scalar start = scalar(lowering.time(arguments.get(at)), "start");
    Scalar end = end(start, scalar(lowering.time(arguments.get(at + 1)), "end"));
    return new TimeSteps(start, end, scalar(lowering.duration(arguments.get(at + 2)), name));
  }

  private ReadRequest resample(List<RexNode> arguments) {
    TimeSteps steps = steps(arguments, 1, "period");
    Scalar method = scalar(lowering.value(arguments.get(4)), "method");
    ReadVersion version = version(arguments, 5);
    return of(arguments.get(0), table -> ResampleRead.of(table, version, steps, method));
  }

  private ReadRequest events(List<RexNode> arguments) {
    Scalar start = scalar(lowering.bound(arguments.get(1)), "start");
    Scalar end = end(start, scalar(lowering.bound(arguments.get(2)), "end"));
    Scalar predicate = scalar(lowering.value(arguments.get(3)), "predicate");
    Object text = literal(arguments.get(3), predicate);
    Scalar values =
        text == null
            ? PredicateText.scalar(predicate)
            : Scalar.constant(PredicateText.values(text.toString()));
    Scalar minGap = scalar(lowering.duration(arguments.get(4)), "min_gap");
    ReadVersion version = version(arguments, 5);
    return of(arguments.get(0), table -> EventRead.of(table, version, start, end, values, minGap));
  }

  private static TimeSet between(Scalar start, Scalar end) {
    return TimeSet.of(List.of(new Bound(start, false)), List.of(new Bound(end, false)));
  }

  /** An end that is refused before its start. */
  private static Scalar end(Scalar start, Scalar end) {
    return new Scalar(
        end.text(),
        parameters -> {
          Long from = start.longValue(parameters);
          Long to = end.longValue(parameters);
          if (from != null && to != null && to < from) {
            throw new BtrdbException(
                ErrorCode.INVALID_TIME_RANGE,
                "end " + IsoTime.format(to) + " is before start " + IsoTime.format(from));
          }
          return to;
        });
  }

  private ReadVersion version(List<RexNode> arguments, int at) {
    return isZero(arguments.get(at))
        ? ReadVersion.LATEST
        : ReadVersion.orLatest(number(arguments, at, "version"));
  }

  private static boolean isZero(RexNode node) {
    return node instanceof RexLiteral literal
        && !literal.isNull()
        && literal.getValue() instanceof java.math.BigDecimal number
        && number.signum() == 0;
  }

  private Scalar number(List<RexNode> arguments, int at, String name) {
    return scalar(lowering.value(arguments.get(at)), name);
  }

  private Scalar scalar(RexNode lowered, String name) {
    return Scalars.compile(lowered)
        .or(() -> new ExpressionCompiler(rex).compile(lowered).map(e -> scalar(lowered, e)))
        .orElseThrow(() -> notAScalar(name));
  }

  private static Scalar scalar(RexNode lowered, Expression expression) {
    return new Scalar(
        lowered.toString(),
        parameters -> expression.value(new Evaluation(NoRow.INSTANCE, parameters)));
  }

  private static SqlRefusal notAScalar(String name) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        name.toLowerCase(Locale.ROOT)
            + " must be a literal, a parameter, a column of a table before it (LATERAL) or"
            + " computed of them, and no sub-query",
        null);
  }

  /** The request about the stream that an argument names. */
  private ReadRequest of(RexNode argument, Function<StreamTable, StreamRequest> request) {
    Scalar id = scalar(lowering.value(argument), "stream_id");
    Object known = literal(argument, id);
    if (known != null) {
      return request.apply(streams.apply(known));
    }
    boolean isUuidOfRow =
        lowering.value(argument) instanceof OuterColumn column
            && column.getType().getSqlTypeName() == SqlTypeName.UUID;
    return new DeferredRead(id, request.apply(StreamIds.unknown(id)), isUuidOfRow);
  }

  private static @Nullable Object literal(RexNode argument, Scalar id) {
    RexNode inner = argument;
    while (inner instanceof RexCall call && call.isA(org.apache.calcite.sql.SqlKind.CAST)) {
      inner = call.getOperands().get(0);
    }
    return inner instanceof RexLiteral ? id.body().value(List.of()) : null;
  }
}
