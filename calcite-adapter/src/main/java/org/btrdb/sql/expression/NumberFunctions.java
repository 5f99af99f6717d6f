package org.btrdb.sql.expression;

import java.util.List;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeInference;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The dialect's functions on numbers, by the names users write, and what they compute. Angles are
 * in degrees. The methods are public for generated code.
 */
@Strict
public final class NumberFunctions {
  private static final double FULL_TURN = 360;
  private static final double HALF_TURN = 180;

  private static final SqlOperandTypeInference DOUBLES =
      (binding, returnType, operandTypes) ->
          java.util.Arrays.fill(
              operandTypes, binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE));

  /** {@code wrap_angle(a)}: the same angle in [-180, 180). */
  public static final SqlFunction WRAP_ANGLE =
      function("WRAP_ANGLE", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC);

  /** {@code angle_diff(a, b)}: how far a is ahead of b, in [-180, 180). */
  public static final SqlFunction ANGLE_DIFF =
      function("ANGLE_DIFF", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC_NUMERIC);

  /** {@code IS_NAN(x)}. */
  public static final SqlFunction IS_NAN =
      function("IS_NAN", ReturnTypes.BOOLEAN_NULLABLE, OperandTypes.NUMERIC);

  /** All of them. */
  public static final List<SqlFunction> ALL = List.of(WRAP_ANGLE, ANGLE_DIFF, IS_NAN);

  private NumberFunctions() {}

  private static SqlFunction function(
      String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        type,
        DOUBLES,
        operands,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  /** The same angle in [-180, 180), exactly; NaN if it is not finite. */
  public static double wrapAngle(double degrees) {
    double angle = degrees % FULL_TURN;
    if (angle >= HALF_TURN) {
      return angle - FULL_TURN;
    }
    return angle < -HALF_TURN ? angle + FULL_TURN : angle;
  }

  /** How far an angle is ahead of another, in [-180, 180). */
  public static double angleDiff(double degrees, double other) {
    return wrapAngle(degrees - other);
  }

  /** Whether a number is none. */
  public static boolean isNan(double number) {
    return Double.isNaN(number);
  }
}
