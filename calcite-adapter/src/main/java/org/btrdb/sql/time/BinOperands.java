package org.btrdb.sql.time;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Operands of a bucket function: a width in one of three forms, a time, and perhaps an origin. */
final class BinOperands implements SqlOperandTypeChecker {

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    boolean fits = isWidth(binding.getOperandType(0));
    for (int i = 1; i < binding.getOperandCount(); i++) {
      fits &= isTime(binding.getOperandType(i));
    }
    if (!fits && throwOnFailure) {
      throw binding.newValidationSignatureError();
    }
    return fits;
  }

  private static boolean isWidth(RelDataType type) {
    return SqlTypeUtil.isInterval(type)
        || SqlTypeUtil.isCharacter(type)
        || SqlTypeUtil.isIntType(type);
  }

  private static boolean isTime(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.between(2, 3);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name
        + "(width, time [, origin]), the width an INTERVAL, text like '5ms', or nanoseconds";
  }
}
