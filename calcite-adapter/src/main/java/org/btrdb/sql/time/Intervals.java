package org.btrdb.sql.time;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** {@code TIME_IN} as a pair of comparisons, which push-down takes for a range. */
final class Intervals {
  private Intervals() {}

  static RexNode contains(RexCall call, RexLowering lowering) {
    RexBuilder rex = lowering.builder();
    RexNode nanos = call.getOperands().get(0).accept(lowering);
    RexNode text = call.getOperands().get(1);
    RexNode first;
    RexNode last;
    if (text instanceof RexLiteral literal && !literal.isNull()) {
      IsoInterval interval = IsoInterval.parse(lowering.text(text, "interval of TIME_IN"));
      first = lowering.bigint(interval.first());
      last = lowering.bigint(interval.last());
    } else {
      RexNode lowered = text.accept(lowering);
      first = lowering.call(NanoOperators.FIRST_OF, lowered);
      last = lowering.call(NanoOperators.LAST_OF, lowered);
    }
    return rex.makeCall(
        SqlStdOperatorTable.AND,
        rex.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, nanos, first),
        rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, nanos, last));
  }
}
