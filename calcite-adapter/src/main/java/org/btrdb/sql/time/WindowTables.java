package org.btrdb.sql.time;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.SqlRefusal;

/**
 * {@code TUMBLE}, {@code HOP} and {@code SESSION}, which add the start and the end of windows to
 * rows, in terms of {@link NanoOperators}. Windows are half-open.
 */
final class WindowTables {
  private final RexBuilder rex;
  private final RexLowering lowering;
  private final TimeLowering.Leaves leaves;

  WindowTables(RexBuilder rex, RexLowering lowering, TimeLowering.Leaves leaves) {
    this.rex = rex;
    this.lowering = lowering;
    this.leaves = leaves;
  }

  /** Whether a call is one of them. */
  static boolean isCall(TableFunctionScan scan) {
    return scan.getCall() instanceof RexCall call
        && call.getOperator() instanceof SqlWindowTableFunction;
  }

  /**
   * The rows of a call.
   *
   * @param input its rows, lowered
   * @param rowType its own row type, lowered
   */
  RelNode lower(TableFunctionScan scan, RelNode input, RelDataType rowType) {
    RexCall call = (RexCall) scan.getCall();
    List<Integer> times = columns(call.getOperands().get(0));
    if (times.size() != 1
        || !TypeLowering.isTimestamp(
            scan.getInput(0).getRowType().getFieldList().get(times.get(0)).getType())) {
      throw unsupported(call, "DESCRIPTOR names one column of times");
    }
    int time = times.get(0);
    List<RexNode> arguments = call.getOperands().subList(1, call.getOperands().size());
    return switch (call.getOperator().getName()) {
      case "TUMBLE" -> tumble(call, arguments, timed(input, time), time, rowType);
      case "HOP" ->
          leaves.hop(
              input,
              time,
              duration(call, arguments.get(0)),
              duration(call, arguments.get(1)),
              origin(call, arguments, 2),
              rowType);
      case "SESSION" -> session(call, arguments, timed(input, time), time, rowType);
      default -> throw unsupported(call, "is not supported");
    };
  }

  /** A row whose time is NULL is in no window. */
  private RelNode timed(RelNode input, int time) {
    RexNode nanos = RexInputRef.of(time, input.getRowType());
    return nanos.getType().isNullable()
        ? LogicalFilter.create(input, rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, nanos))
        : input;
  }

  private RexNode nanos(RelNode input, int time) {
    return rex.makeNotNull(RexInputRef.of(time, input.getRowType()));
  }

  private static List<Integer> columns(RexNode descriptor) {
    return ((RexCall) descriptor)
        .getOperands().stream().map(o -> ((RexInputRef) o).getIndex()).toList();
  }

  private RexNode duration(RexCall call, RexNode interval) {
    if (!TypeLowering.isDayTime(interval.getType())) {
      throw unsupported(call, "windows of months have no one width");
    }
    return interval.accept(lowering);
  }

  private RexNode origin(RexCall call, List<RexNode> arguments, int index) {
    return arguments.size() > index ? duration(call, arguments.get(index)) : lowering.bigint(0);
  }

  private RelNode tumble(
      RexCall call, List<RexNode> arguments, RelNode input, int time, RelDataType rowType) {
    RexNode nanos = nanos(input, time);
    RexNode size = arguments.get(0);
    RexNode start;
    RexNode end;
    if (TypeLowering.isYearMonth(size.getType()) && arguments.size() == 1) {
      RexNode months = lowering.months(size, false);
      start = lowering.call(NanoOperators.CALENDAR_FLOOR, nanos, Cuts.months(months));
      end = lowering.call(NanoOperators.ADD_MONTHS, start, months);
    } else {
      RexNode width = Cuts.positive(duration(call, size));
      start = lowering.call(NanoOperators.FLOOR, nanos, width, origin(call, arguments, 1));
      end = lowering.call(NanoOperators.PLUS, start, width);
    }
    return extended(input, List.of(start, end), rowType.getFieldNames());
  }

  /** Rows that are less than a gap apart from one another are of one session. */
  private RelNode session(
      RexCall call, List<RexNode> arguments, RelNode input, int time, RelDataType rowType) {
    List<Integer> keys = arguments.size() > 1 ? columns(arguments.get(0)) : List.of();
    RexNode gap = Cuts.positive(duration(call, arguments.get(arguments.size() - 1)));
    RexNode nanos = nanos(input, time);
    List<RexNode> partition = new ArrayList<>();
    keys.forEach(key -> partition.add(RexInputRef.of(key, input.getRowType())));
    RexNode since =
        lowering.call(
            NanoOperators.MINUS, nanos, over(SqlStdOperatorTable.LAG, nanos, partition, nanos));
    RexNode begins =
        rex.makeCall(
            SqlStdOperatorTable.CASE,
            rex.makeCall(SqlStdOperatorTable.LESS_THAN, since, gap),
            lowering.bigint(0),
            lowering.bigint(1));
    int columns = input.getRowType().getFieldCount();
    RelNode marked = extended(input, List.of(begins), null);
    RexNode number =
        over(
            SqlStdOperatorTable.SUM,
            RexInputRef.of(columns, marked.getRowType()),
            partition,
            nanos);
    RelNode numbered = extended(marked, List.of(number), null);
    partition.add(RexInputRef.of(columns + 1, numbered.getRowType()));
    RexNode first = over(SqlStdOperatorTable.MIN, nanos, partition, null);
    RexNode last = over(SqlStdOperatorTable.MAX, nanos, partition, null);
    List<RexNode> projects = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      projects.add(RexInputRef.of(i, numbered.getRowType()));
    }
    projects.add(first);
    projects.add(lowering.call(NanoOperators.PLUS, last, gap));
    return LogicalProject.create(
        numbered, List.of(), projects, rowType.getFieldNames(), ImmutableSet.of());
  }

  /** A window function; over the rows up to this one if it is ordered, else over all. */
  private RexNode over(
      SqlAggFunction function,
      RexNode operand,
      List<RexNode> partition,
      @org.jspecify.annotations.Nullable RexNode order) {
    RexWindowBound upper =
        order == null ? RexWindowBounds.UNBOUNDED_FOLLOWING : RexWindowBounds.CURRENT_ROW;
    boolean isNullable = operand.getType().isNullable() || function.equals(SqlStdOperatorTable.LAG);
    return rex.makeOver(
        rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT), isNullable),
        function,
        List.of(operand),
        List.copyOf(partition),
        order == null
            ? ImmutableList.of()
            : ImmutableList.of(new RexFieldCollation(order, Set.of())),
        RexWindowBounds.UNBOUNDED_PRECEDING,
        upper,
        // Rows of equal time are of one sum, in whatever order they come.
        !function.equals(SqlStdOperatorTable.SUM) && order != null,
        true,
        false,
        false,
        false);
  }

  private RelNode extended(
      RelNode input, List<RexNode> more, @org.jspecify.annotations.Nullable List<String> names) {
    List<RexNode> projects = new ArrayList<>(rex.identityProjects(input.getRowType()));
    projects.addAll(more);
    return LogicalProject.create(input, List.of(), projects, names, ImmutableSet.of());
  }

  private static SqlRefusal unsupported(RexCall call, String why) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED, call.getOperator().getName() + ": " + why, null);
  }
}
