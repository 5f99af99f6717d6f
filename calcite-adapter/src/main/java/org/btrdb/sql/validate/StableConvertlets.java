package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's conversions of expressions, but for deviations and covariances in OVER: Calcite makes
 * them of sums of products, which lose all digits of values such as 60 Hz with a deviation of 1e-4.
 */
final class StableConvertlets implements SqlRexConvertletTable {

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    return switch (call.getKind()) {
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP, COVAR_POP, COVAR_SAMP, REGR_SXX, REGR_SYY ->
          StableConvertlets::ofDoubles;
      default -> StandardConvertletTable.INSTANCE.get(call);
    };
  }

  /** The function itself, which is NULL for too few rows. */
  private static RexNode ofDoubles(SqlRexContext context, SqlCall call) {
    RexBuilder rex = context.getRexBuilder();
    RelDataTypeFactory types = rex.getTypeFactory();
    RelDataType number = types.createSqlType(SqlTypeName.DOUBLE);
    RexNode function =
        rex.makeCall(
            types.createTypeWithNullability(number, true),
            call.getOperator(),
            call.getOperandList().stream()
                .map(operand -> asDouble(context, operand, number))
                .toList());
    return rex.ensureType(context.getValidator().getValidatedNodeType(call), function, true);
  }

  private static RexNode asDouble(SqlRexContext context, SqlNode operand, RelDataType number) {
    return context.getRexBuilder().ensureType(number, context.convertExpression(operand), true);
  }
}
