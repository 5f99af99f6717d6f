package org.btrdb.sql.time;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/** Operands of a function that takes widths, which may be written in one of three forms. */
final class TimeOperands implements SqlOperandTypeChecker {

  /** What an operand is. */
  enum Kind {
    /** A length of time. */
    WIDTH,
    /** A timestamp. */
    TIME,
    /** A timestamp that may be left out. */
    OPTIONAL_TIME
  }

  private final String form;
  private final List<Kind> kinds;

  /**
   * A check of operands.
   *
   * @param form how error messages show them
   */
  TimeOperands(String form, Kind... kinds) {
    this.form = form;
    this.kinds = List.of(kinds);
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    boolean fits = true;
    for (int i = 0; i < binding.getOperandCount(); i++) {
      RelDataType type = binding.getOperandType(i);
      fits &= kinds.get(i) == Kind.WIDTH ? Widths.isWidth(type) : TypeLowering.isTimestamp(type);
    }
    if (!fits && throwOnFailure) {
      throw binding.newValidationSignatureError();
    }
    return fits;
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    int optional = (int) kinds.stream().filter(k -> k == Kind.OPTIONAL_TIME).count();
    return SqlOperandCountRanges.between(kinds.size() - optional, kinds.size());
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name + form;
  }
}
