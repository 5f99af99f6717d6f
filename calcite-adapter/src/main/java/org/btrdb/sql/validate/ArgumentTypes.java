package org.btrdb.sql.validate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.tablefunction.Argument;

/** The types of the arguments of a table function that are given as {@code ?}. */
final class ArgumentTypes implements SqlOperandTypeInference {
  private final List<Argument> arguments;

  ArgumentTypes(List<Argument> arguments) {
    this.arguments = arguments;
  }

  @Override
  public void inferOperandTypes(
      SqlCallBinding binding, RelDataType returnType, RelDataType[] operandTypes) {
    for (int i = 0; i < operandTypes.length; i++) {
      operandTypes[i] = type(arguments.get(i).kind(), binding.getTypeFactory());
    }
  }

  private static RelDataType type(Argument.Kind kind, RelDataTypeFactory types) {
    return switch (kind) {
      case STREAM, TEXT -> types.createSqlType(SqlTypeName.VARCHAR);
      case STREAMS -> types.createArrayType(types.createSqlType(SqlTypeName.VARCHAR), -1);
      case TIME -> types.createSqlType(SqlTypeName.TIMESTAMP, 9);
      case DURATION, NUMBER -> types.createSqlType(SqlTypeName.BIGINT);
      case FLAG -> types.createSqlType(SqlTypeName.BOOLEAN);
    };
  }
}
