package org.btrdb.sql.plan;

import java.math.BigDecimal;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Conditions such as {@code 1 = 0}, which tools send to learn column names: they cost no call. */
final class NeverTrue {
  private NeverTrue() {}

  static boolean test(RexNode condition) {
    if (condition.isAlwaysFalse()) {
      return true;
    }
    if (condition.getKind() != SqlKind.EQUALS) {
      return false;
    }
    RexCall call = (RexCall) condition;
    return call.getOperands().get(0) instanceof RexLiteral left
        && call.getOperands().get(1) instanceof RexLiteral right
        && left.getValue() instanceof BigDecimal a
        && right.getValue() instanceof BigDecimal b
        && a.compareTo(b) != 0;
  }

  static boolean isZero(RexNode fetch) {
    return fetch instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.signum() == 0;
  }
}
