package org.btrdb.sql.expression;

import java.math.BigDecimal;
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
import org.btrdb.sql.SqlRefusal;

/**
 * Functions on numbers that Calcite lacks or answers otherwise, and what they compute; the
 * dialect's by the names users write. Angles are in degrees. The methods are public for generated
 * code.
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

  /** A whole number in the order of doubles; no function of users, as {@link #OF_ORDER_KEY}. */
  public static final SqlFunction ORDER_KEY =
      function("ORDER_KEY", ReturnTypes.BIGINT_NULLABLE, OperandTypes.NUMERIC);

  /** The double of an order key. */
  public static final SqlFunction OF_ORDER_KEY =
      function("OF_ORDER_KEY", ReturnTypes.DOUBLE_NULLABLE, OperandTypes.NUMERIC);

  /** What a cast of a DOUBLE to text answers before it is cut to its length. */
  public static final SqlFunction TEXT_OF_DOUBLE =
      function("TEXT_OF_DOUBLE", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.NUMERIC);

  /** The same of a REAL. */
  public static final SqlFunction TEXT_OF_REAL =
      function("TEXT_OF_REAL", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.NUMERIC);

  /** The same of a DECIMAL. */
  public static final SqlFunction TEXT_OF_DECIMAL =
      function("TEXT_OF_DECIMAL", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.NUMERIC);

  /** The same of a BOOLEAN. */
  public static final SqlFunction TEXT_OF_BOOLEAN =
      function("TEXT_OF_BOOLEAN", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.BOOLEAN);

  /** The same of a UUID, for which Calcite's generated code does not compile. */
  public static final SqlFunction TEXT_OF_UUID =
      function("TEXT_OF_UUID", ReturnTypes.VARCHAR_NULLABLE, OperandTypes.ANY);

  /** A text that stands for a value and must not be cut to a length. */
  public static final SqlFunction FITTED_TEXT =
      function("FITTED_TEXT", ReturnTypes.ARG0, OperandTypes.ANY);

  /** Those that users write. */
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

  /** A number that is equal, smaller or larger just as {@link ValueOrder} has the doubles. */
  public static long orderKey(double number) {
    if (Double.isNaN(number)) {
      return Long.MAX_VALUE;
    }
    long bits = Double.doubleToRawLongBits(number);
    return bits >= 0 ? bits : Long.MIN_VALUE - bits;
  }

  /** The double that has an order key; of 0.0 and -0.0 the first. */
  public static double ofOrderKey(long key) {
    if (key == Long.MAX_VALUE) {
      return Double.NaN;
    }
    return key >= 0 ? Double.longBitsToDouble(key) : -Double.longBitsToDouble(-key);
  }

  /** A double as the driver shows it: {@code 2.0} and {@code 0.0}, where Calcite has 0E0. */
  public static String textOfDouble(double number) {
    return Double.toString(number);
  }

  /** A single-precision number as the driver shows it. */
  public static String textOfReal(float number) {
    return Float.toString(number);
  }

  /** A decimal as the driver shows it: {@code 0.5}, where Calcite has .5. */
  public static String textOfDecimal(BigDecimal number) {
    return number.toPlainString();
  }

  /** A UUID as text. */
  public static String textOfUuid(Object uuid) {
    return uuid.toString();
  }

  /** A truth value as the driver shows it. */
  public static String textOfBoolean(boolean value) {
    return String.valueOf(value);
  }

  /**
   * The text of a value.
   *
   * @throws SqlRefusal if it has more characters than that: a number without its end is another
   */
  public static String fittedText(String text, int length) {
    if (text.length() > length) {
      throw SqlRefusal.tooLong(text, length);
    }
    return text;
  }

  /** Whether a number is none. */
  public static boolean isNan(double number) {
    return Double.isNaN(number);
  }
}
