package org.btrdb.sql.aggregate;

import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlSingleOperandTypeChecker;
import org.jspecify.annotations.Nullable;

/** A literal from 0 to 1, or a parameter: one for all rows of a statement. */
final class FractionOperand implements SqlSingleOperandTypeChecker {

  @Override
  public boolean checkSingleOperandType(
      SqlCallBinding binding, SqlNode operand, int number, boolean throwOnFailure) {
    boolean fits = operand instanceof SqlDynamicParam || isFraction(operand);
    if (!fits && throwOnFailure) {
      throw binding.newValidationSignatureError();
    }
    return fits;
  }

  private static boolean isFraction(SqlNode operand) {
    BigDecimal value = operand instanceof SqlNumericLiteral literal ? value(literal) : null;
    return value != null && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
  }

  private static @Nullable BigDecimal value(SqlNumericLiteral literal) {
    return literal.getValueAs(BigDecimal.class);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name + "(fraction), a number from 0 to 1 or a parameter";
  }
}
