package org.btrdb.sql.expression;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.Expression.OfLong;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class MathFunctions {
  private static final Map<SqlOperator, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          entry(SqlStdOperatorTable.SQRT, Math::sqrt),
          entry(SqlStdOperatorTable.CBRT, Math::cbrt),
          entry(SqlStdOperatorTable.EXP, Math::exp),
          entry(SqlStdOperatorTable.LN, x -> Math.log(positive(x))),
          entry(SqlStdOperatorTable.LOG10, x -> Math.log10(positive(x))),
          entry(SqlStdOperatorTable.SIN, Math::sin),
          entry(SqlStdOperatorTable.COS, Math::cos),
          entry(SqlStdOperatorTable.TAN, Math::tan),
          entry(SqlStdOperatorTable.COT, x -> 1 / Math.tan(x)),
          entry(SqlStdOperatorTable.ASIN, Math::asin),
          entry(SqlStdOperatorTable.ACOS, Math::acos),
          entry(SqlStdOperatorTable.ATAN, Math::atan),
          entry(SqlStdOperatorTable.DEGREES, Math::toDegrees),
          entry(SqlStdOperatorTable.RADIANS, Math::toRadians),
          entry(NumberFunctions.WRAP_ANGLE, NumberFunctions::wrapAngle));

  private static final Map<SqlOperator, DoubleBinaryOperator> BINARY =
      Map.of(
          SqlStdOperatorTable.POWER, Math::pow,
          SqlStdOperatorTable.ATAN2, Math::atan2,
          NumberFunctions.ANGLE_DIFF, NumberFunctions::angleDiff);

  private MathFunctions() {}

  private static double positive(double x) {
    if (x <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE, "no logarithm of " + x + ": it is not positive", null);
    }
    return x;
  }

  /** A call; null if it is not known here. */
  static @Nullable Expression compile(
      SqlOperator operator, ValueType type, List<Expression> operands) {
    if (operator.equals(SqlStdOperatorTable.PI)) {
      return Expression.constant(ValueType.DOUBLE, Math.PI);
    }
    if (operands.isEmpty() || !operands.get(0).type().isNumeric()) {
      return null;
    }
    if (operator.equals(SqlStdOperatorTable.ABS)) {
      return operands.get(0).type() == type ? Arithmetic.absolute(type, operands.get(0)) : null;
    }
    if (type == ValueType.DOUBLE) {
      return ofDouble(operator, operands);
    }
    if (operator.equals(NumberFunctions.IS_NAN)) {
      return isNan(operands.get(0));
    }
    return type.isInteger() ? ofInteger(operator, type, operands) : null;
  }

  private static @Nullable Expression isNan(Expression operand) {
    Expression number = Conversions.to(ValueType.DOUBLE, operand);
    if (number == null) {
      return null;
    }
    OfDouble body = number.doubles();
    return Expression.ofBoolean(at -> NumberFunctions.isNan(body.value(at)) ? 1 : 0);
  }

  private static @Nullable Expression ofDouble(SqlOperator operator, List<Expression> operands) {
    Expression first = Conversions.to(ValueType.DOUBLE, operands.get(0));
    if (first == null) {
      return null;
    }
    OfDouble x = first.doubles();
    DoubleUnaryOperator unary =
        operands.size() == 1 ? unary(operator, operands.get(0).type()) : null;
    if (unary != null) {
      return Expression.ofDouble(
          at -> {
            double value = x.value(at);
            return at.isNull ? 0 : unary.applyAsDouble(value);
          });
    }
    if (operands.size() != 2) {
      return null;
    }
    RoundingMode rounding = rounding(operator);
    if (rounding != null) {
      return operands.get(1).type().isInteger()
          ? rounded(x, operands.get(1).longs(), rounding)
          : null;
    }
    DoubleBinaryOperator binary = BINARY.get(operator);
    Expression second = Conversions.to(ValueType.DOUBLE, operands.get(1));
    if (binary == null || second == null) {
      return null;
    }
    OfDouble y = second.doubles();
    return Expression.ofDouble(
        at -> {
          double a = x.value(at);
          boolean unknown = at.isNull;
          double b = y.value(at);
          at.isNull |= unknown;
          return at.isNull ? 0 : binary.applyAsDouble(a, b);
        });
  }

  private static @Nullable DoubleUnaryOperator unary(SqlOperator operator, ValueType operand) {
    if (operand == ValueType.DOUBLE) {
      if (operator.equals(SqlStdOperatorTable.FLOOR)) {
        return Math::floor;
      }
      if (operator.equals(SqlStdOperatorTable.CEIL)) {
        return Math::ceil;
      }
      if (operator.equals(SqlStdOperatorTable.SIGN)) {
        return Math::signum;
      }
      RoundingMode rounding = rounding(operator);
      if (rounding != null) {
        return x -> round(x, 0, rounding);
      }
    }
    return UNARY.get(operator);
  }

  private static @Nullable RoundingMode rounding(SqlOperator operator) {
    if (operator.equals(SqlStdOperatorTable.ROUND)) {
      return RoundingMode.HALF_UP;
    }
    return operator.equals(SqlStdOperatorTable.TRUNCATE) ? RoundingMode.DOWN : null;
  }

  private static Expression rounded(OfDouble x, OfLong digits, RoundingMode rounding) {
    return Expression.ofDouble(
        at -> {
          double a = x.value(at);
          boolean unknown = at.isNull;
          long places = digits.value(at);
          at.isNull |= unknown;
          return at.isNull ? 0 : round(a, (int) places, rounding);
        });
  }

  /** Rounds the decimal form that a double prints as, as Calcite does. */
  private static double round(double x, int digits, RoundingMode rounding) {
    if (!Double.isFinite(x)) {
      return x;
    }
    return BigDecimal.valueOf(x).setScale(digits, rounding).doubleValue();
  }

  private static @Nullable Expression ofInteger(
      SqlOperator operator, ValueType type, List<Expression> operands) {
    Expression operand = operands.get(0);
    if (operands.size() != 1 || operand.type() != type) {
      return null;
    }
    if (operator.equals(SqlStdOperatorTable.SIGN)) {
      OfLong body = operand.longs();
      return Expression.ofLong(type, at -> Long.signum(body.value(at)));
    }
    boolean unchanged =
        operator.equals(SqlStdOperatorTable.FLOOR)
            || operator.equals(SqlStdOperatorTable.CEIL)
            || rounding(operator) != null;
    return unchanged ? operand : null;
  }
}
