package org.btrdb.sql.time;

import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Times that are later, and how much, in terms of {@link NanoOperators}. */
final class Sums {
  private Sums() {}

  /** {@code TIMESTAMPADD(unit as text, count, time)}. */
  static RexNode addition(RexCall call, RexLowering lowering) {
    List<RexNode> operands = call.getOperands();
    TimeUnit unit = TimeUnit.named(lowering.text(operands.get(0), "unit of TIMESTAMPADD"));
    RexNode count = lowering.asBigint(operands.get(1).accept(lowering));
    RexNode nanos = lowering.nanos(operands.get(2));
    return unit.months() == 0
        ? lowering.folded(
            NanoOperators.PLUS,
            nanos,
            lowering.folded(NanoOperators.TIMES, count, lowering.bigint(unit.nanos())))
        : lowering.call(
            NanoOperators.ADD_MONTHS,
            nanos,
            lowering.folded(NanoOperators.TIMES, count, lowering.bigint(unit.months())));
  }

  /** {@code TIMESTAMPDIFF(unit as text, from, to)}: whole units, cut towards 0. */
  static RexNode difference(RexCall call, RexLowering lowering) {
    List<RexNode> operands = call.getOperands();
    TimeUnit unit = TimeUnit.named(lowering.text(operands.get(0), "unit of TIMESTAMPDIFF"));
    RexNode from = lowering.nanos(operands.get(1));
    RexNode to = lowering.nanos(operands.get(2));
    return unit.months() == 0
        ? quotient(lowering.folded(NanoOperators.MINUS, to, from), unit.nanos(), lowering)
        : quotient(lowering.call(NanoOperators.MONTHS_BETWEEN, from, to), unit.months(), lowering);
  }

  private static RexNode quotient(RexNode dividend, long divisor, RexLowering lowering) {
    return divisor == 1
        ? dividend
        : lowering
            .builder()
            .makeCall(SqlStdOperatorTable.DIVIDE, dividend, lowering.bigint(divisor));
  }

  /** {@code TIME_ADD(time, width)}. */
  static RexNode later(RexCall call, RexLowering lowering) {
    RexNode nanos = call.getOperands().get(0).accept(lowering);
    RexNode width = call.getOperands().get(1);
    return TypeLowering.isYearMonth(width.getType())
        ? lowering.call(NanoOperators.ADD_MONTHS, nanos, lowering.months(width, false))
        : lowering.folded(NanoOperators.PLUS, nanos, Widths.nanos(width, lowering));
  }
}
