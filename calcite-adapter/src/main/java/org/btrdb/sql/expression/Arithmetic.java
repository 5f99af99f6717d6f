package org.btrdb.sql.expression;

import java.math.BigDecimal;
import java.util.function.BinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/** Arithmetic: whole numbers never wrap, decimals are exact, doubles are IEEE 754. */
final class Arithmetic {
  private Arithmetic() {}

  /** The result of an operator on two numbers, of a type that its result has; null if unknown. */
  static @Nullable Expression compile(
      SqlKind kind, ValueType type, Expression left, Expression right) {
    if (!left.type().isNumeric() || !right.type().isNumeric()) {
      return null;
    }
    if (type.isInteger() && left.type().isInteger() && right.type().isInteger()) {
      return longs(kind, type, left.longs(), right.longs());
    }
    Expression a = Conversions.to(type, left);
    Expression b = Conversions.to(type, right);
    if (a == null || b == null) {
      return null;
    }
    if (type == ValueType.DOUBLE) {
      return doubles(kind, a.doubles(), b.doubles());
    }
    return type == ValueType.DECIMAL ? decimals(kind, a.objects(), b.objects()) : null;
  }

  private static @Nullable Expression longs(
      SqlKind kind, ValueType type, OfLong left, OfLong right) {
    OfLong body =
        switch (kind) {
          case PLUS ->
              at -> {
                long a = left.value(at);
                boolean unknown = at.isNull;
                long b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : checked(type, plus(a, b));
              };
          case MINUS ->
              at -> {
                long a = left.value(at);
                boolean unknown = at.isNull;
                long b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : checked(type, minus(a, b));
              };
          case TIMES ->
              at -> {
                long a = left.value(at);
                boolean unknown = at.isNull;
                long b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : checked(type, times(a, b));
              };
          case DIVIDE ->
              at -> {
                long a = left.value(at);
                boolean unknown = at.isNull;
                long b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : checked(type, quotient(a, b));
              };
          case MOD ->
              at -> {
                long a = left.value(at);
                boolean unknown = at.isNull;
                long b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : checked(type, a % divisor(b));
              };
          default -> null;
        };
    return body == null ? null : Expression.ofLong(type, body);
  }

  private static @Nullable Expression doubles(SqlKind kind, OfDouble left, OfDouble right) {
    OfDouble body =
        switch (kind) {
          case PLUS ->
              at -> {
                double a = left.value(at);
                boolean unknown = at.isNull;
                double b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : a + b;
              };
          case MINUS ->
              at -> {
                double a = left.value(at);
                boolean unknown = at.isNull;
                double b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : a - b;
              };
          case TIMES ->
              at -> {
                double a = left.value(at);
                boolean unknown = at.isNull;
                double b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : a * b;
              };
          case DIVIDE ->
              at -> {
                double a = left.value(at);
                boolean unknown = at.isNull;
                double b = right.value(at);
                at.isNull |= unknown;
                return at.isNull ? 0 : a / b;
              };
          default -> null;
        };
    return body == null ? null : Expression.ofDouble(body);
  }

  /** Division and remainder of decimals need a rule for digits, so they decline. */
  private static @Nullable Expression decimals(SqlKind kind, OfObject left, OfObject right) {
    BinaryOperator<BigDecimal> operator =
        switch (kind) {
          case PLUS -> BigDecimal::add;
          case MINUS -> BigDecimal::subtract;
          case TIMES -> BigDecimal::multiply;
          default -> null;
        };
    if (operator == null) {
      return null;
    }
    return Expression.ofObject(
        ValueType.DECIMAL,
        at -> {
          Object a = left.value(at);
          Object b = a == null ? null : right.value(at);
          at.isNull = a == null || b == null;
          return a == null || b == null ? null : operator.apply((BigDecimal) a, (BigDecimal) b);
        });
  }

  /** The number with the other sign. */
  static @Nullable Expression negated(ValueType type, Expression operand) {
    return switch (type.storage()) {
      case LONG -> {
        OfLong body = operand.longs();
        yield Expression.ofLong(type, at -> checked(type, minus(0, body.value(at))));
      }
      case DOUBLE -> {
        OfDouble body = operand.doubles();
        yield Expression.ofDouble(at -> -body.value(at));
      }
      case OBJECT ->
          type == ValueType.DECIMAL
              ? strict(type, operand.objects(), v -> ((BigDecimal) v).negate())
              : null;
    };
  }

  /** The number without its sign. */
  static @Nullable Expression absolute(ValueType type, Expression operand) {
    return switch (type.storage()) {
      case LONG -> {
        OfLong body = operand.longs();
        yield Expression.ofLong(
            type,
            at -> {
              long value = body.value(at);
              return value < 0 ? checked(type, minus(0, value)) : value;
            });
      }
      case DOUBLE -> {
        OfDouble body = operand.doubles();
        yield Expression.ofDouble(at -> Math.abs(body.value(at)));
      }
      case OBJECT ->
          type == ValueType.DECIMAL
              ? strict(type, operand.objects(), v -> ((BigDecimal) v).abs())
              : null;
    };
  }

  private static Expression strict(
      ValueType type, OfObject operand, java.util.function.UnaryOperator<Object> function) {
    return Expression.ofObject(
        type,
        at -> {
          Object value = operand.value(at);
          return value == null ? null : function.apply(value);
        });
  }

  static long plus(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow(ValueType.BIGINT, a + " + " + b);
    }
    return sum;
  }

  private static long minus(long a, long b) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw overflow(ValueType.BIGINT, a + " - " + b);
    }
    return difference;
  }

  private static long times(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high != low >> 63) {
      throw overflow(ValueType.BIGINT, a + " * " + b);
    }
    return low;
  }

  private static long quotient(long a, long b) {
    if (b == -1) {
      return minus(0, a);
    }
    return a / divisor(b);
  }

  private static long divisor(long b) {
    if (b == 0) {
      throw new SqlRefusal(SqlRefusal.Reason.DIVISION_BY_ZERO, "division by zero", null);
    }
    return b;
  }

  /** A whole number if it fits its type. */
  static long checked(ValueType type, long value) {
    if (!type.holds(value)) {
      throw overflow(type, String.valueOf(value));
    }
    return value;
  }

  static SqlRefusal overflow(ValueType type, String what) {
    return new SqlRefusal(SqlRefusal.Reason.OUT_OF_RANGE, what + " does not fit " + type, null);
  }
}
