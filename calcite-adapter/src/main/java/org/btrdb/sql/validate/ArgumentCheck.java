package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.tablefunction.Argument;
import org.btrdb.sql.tablefunction.TableFunction;

/** Checks that the arguments of a table function are of types that can be understood. */
final class ArgumentCheck implements SqlOperandTypeChecker {
  private final TableFunction function;

  ArgumentCheck(TableFunction function) {
    this.function = function;
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    for (int i = 0; i < binding.getOperandCount(); i++) {
      Argument argument = function.arguments().get(i);
      RelDataType type = binding.getOperandType(i);
      if (argument.kind() == Argument.Kind.STREAMS) {
        texts(binding.operand(i));
      } else if (!fits(argument.kind(), type)) {
        if (!throwOnFailure) {
          return false;
        }
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID,
            Places.of(binding.operand(i))
                + argument.name()
                + " of "
                + function.functionName()
                + " is "
                + argument.kind().description()
                + ", not of type "
                + type.getSqlTypeName(),
            null);
      }
    }
    return true;
  }

  private static boolean fits(Argument.Kind kind, RelDataType type) {
    if (type.getSqlTypeName() == SqlTypeName.NULL) {
      return true;
    }
    return switch (kind) {
      case STREAM -> SqlTypeUtil.isCharacter(type) || type.getSqlTypeName() == SqlTypeName.UUID;
      case TIME ->
          type.getSqlTypeName() == SqlTypeName.TIMESTAMP
              || type.getSqlTypeName() == SqlTypeName.DATE
              || SqlTypeUtil.isCharacter(type)
              || SqlTypeUtil.isIntType(type);
      case DURATION ->
          SqlTypeUtil.isInterval(type)
              || SqlTypeUtil.isCharacter(type)
              || SqlTypeUtil.isIntType(type);
      case NUMBER -> SqlTypeUtil.isIntType(type);
      case FLAG -> type.getSqlTypeName() == SqlTypeName.BOOLEAN;
      case TEXT -> SqlTypeUtil.isCharacter(type);
      case STREAMS -> false;
    };
  }

  /** The texts of an array of literals, which must be known before the statement runs. */
  static List<String> texts(SqlNode array) {
    if (array.getKind() != SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      throw notLiterals(array);
    }
    List<String> texts = new ArrayList<>();
    for (SqlNode element : ((SqlCall) array).getOperandList()) {
      SqlNode inner = element;
      while (inner.getKind() == SqlKind.CAST) {
        inner = ((SqlCall) inner).operand(0);
      }
      if (!(inner instanceof SqlLiteral literal) || literal.getValue() == null) {
        throw notLiterals(element);
      }
      texts.add(literal.toValue());
    }
    return texts;
  }

  private static SqlRefusal notLiterals(SqlNode at) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        Places.of(at)
            + "streams of streamset is an array of literals, as they name its columns: ARRAY['a/b',"
            + " …]",
        null);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.of(function.arguments().size());
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return function.signature();
  }
}
