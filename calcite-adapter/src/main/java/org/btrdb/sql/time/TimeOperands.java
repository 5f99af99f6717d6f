package org.btrdb.sql.time;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Operands of a function that takes widths, which may be written in one of three forms. */
final class TimeOperands implements SqlOperandTypeChecker {

  /** What an operand is. */
  enum Kind {
    /** A length of time. */
    WIDTH,
    /** A timestamp. */
    TIME,
    /** A timestamp that may be left out. */
    OPTIONAL_TIME,
    /** A timestamp that may be left out or NULL. */
    OPTIONAL_ORIGIN,
    /** Text. */
    TEXT,
    /** Text that may be left out or NULL. */
    OPTIONAL_TEXT
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
      fits &= fits(kinds.get(i), binding.getOperandType(i));
    }
    if (!fits && throwOnFailure) {
      throw binding.newValidationSignatureError();
    }
    return fits;
  }

  private static boolean fits(Kind kind, RelDataType type) {
    return switch (kind) {
      case WIDTH -> Widths.isWidth(type);
      case TIME, OPTIONAL_TIME -> TypeLowering.isTimestamp(type);
      case TEXT -> SqlTypeUtil.isCharacter(type);
      case OPTIONAL_ORIGIN -> TypeLowering.isTimestamp(type) || isNull(type);
      case OPTIONAL_TEXT -> SqlTypeUtil.isCharacter(type) || isNull(type);
    };
  }

  private static boolean isNull(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL;
  }

  private static boolean isOptional(Kind kind) {
    return switch (kind) {
      case WIDTH, TIME, TEXT -> false;
      case OPTIONAL_TIME, OPTIONAL_ORIGIN, OPTIONAL_TEXT -> true;
    };
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    int optional = (int) kinds.stream().filter(TimeOperands::isOptional).count();
    return SqlOperandCountRanges.between(kinds.size() - optional, kinds.size());
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name + form;
  }
}
