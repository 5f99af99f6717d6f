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
    return condition.isAlwaysFalse() || isEquality(condition, false);
  }

  /** Conditions such as {@code 1 = 1}, which tools begin a list of conditions with. */
  static boolean isAlwaysTrue(RexNode condition) {
    return condition.isAlwaysTrue() || isEquality(condition, true);
  }

  /** Whether two numbers are compared that are equal, or are not. */
  private static boolean isEquality(RexNode condition, boolean equal) {
    return condition.getKind() == SqlKind.EQUALS
        && ((RexCall) condition).getOperands().get(0) instanceof RexLiteral left
        && ((RexCall) condition).getOperands().get(1) instanceof RexLiteral right
        && left.getValue() instanceof BigDecimal a
        && right.getValue() instanceof BigDecimal b
        && (a.compareTo(b) == 0) == equal;
  }

  static boolean isZero(RexNode fetch) {
    return fetch instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal number
        && number.signum() == 0;
  }
}
