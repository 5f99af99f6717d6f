package org.btrdb.sql.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/**
 * CAST as Calcite's runtime does it: fractions and texts are cut, what else does not fit is an
 * error.
 */
final class Casts {
  private static final double BEYOND_BIGINT = 0x1p63;

  private Casts() {}

  /** A cast; null if it is not known here. */
  static @Nullable Expression compile(RelDataType from, RelDataType to, Expression operand) {
    ValueType target = ValueType.of(to);
    if (target == null) {
      return null;
    }
    if (operand.type() == ValueType.NULL) {
      return Expression.constant(target, null);
    }
    return switch (target) {
      case BOOLEAN -> toBoolean(operand);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> toInteger(target, operand);
      case DOUBLE -> toDouble(operand);
      case DECIMAL -> toDecimal(from, to, operand);
      case TEXT -> toText(from, to, operand);
      case UUID -> toUuid(operand);
      case DATE, MAP -> operand.type() == target ? operand : null;
      case NULL -> null;
    };
  }

  private static @Nullable Expression toBoolean(Expression operand) {
    return switch (operand.type()) {
      case BOOLEAN -> operand;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        OfLong body = operand.longs();
        yield Expression.ofBoolean(at -> body.value(at) != 0 ? 1 : 0);
      }
      case TEXT -> {
        OfObject body = operand.objects();
        yield Expression.ofBoolean(
            at -> {
              Object value = body.value(at);
              return value != null && truth((String) value) ? 1 : 0;
            });
      }
      default -> null;
    };
  }

  private static boolean truth(String text) {
    String word = text.strip();
    if (word.equalsIgnoreCase("TRUE")) {
      return true;
    }
    if (word.equalsIgnoreCase("FALSE")) {
      return false;
    }
    throw invalid(text, ValueType.BOOLEAN, null);
  }

  private static @Nullable Expression toInteger(ValueType target, Expression operand) {
    return switch (operand.type()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> {
        OfLong body = operand.longs();
        yield Expression.ofLong(target, at -> Arithmetic.checked(target, body.value(at)));
      }
      case DOUBLE -> {
        OfDouble body = operand.doubles();
        yield Expression.ofLong(target, at -> truncated(target, body.value(at)));
      }
      case DECIMAL -> {
        OfObject body = operand.objects();
        yield Expression.ofLong(
            target,
            at -> {
              Object value = body.value(at);
              return value == null ? 0 : truncated(target, (BigDecimal) value);
            });
      }
      case TEXT -> {
        OfObject body = operand.objects();
        yield Expression.ofLong(
            target,
            at -> {
              Object value = body.value(at);
              return value == null ? 0 : parsed(target, (String) value);
            });
      }
      default -> null;
    };
  }

  static long truncated(ValueType target, double value) {
    if (!(value >= -BEYOND_BIGINT && value < BEYOND_BIGINT)) {
      throw Arithmetic.overflow(target, String.valueOf(value));
    }
    return Arithmetic.checked(target, (long) value);
  }

  private static long truncated(ValueType target, BigDecimal value) {
    BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
    try {
      return Arithmetic.checked(target, whole.longValueExact());
    } catch (ArithmeticException e) {
      throw Arithmetic.overflow(target, value.toString());
    }
  }

  private static long parsed(ValueType target, String text) {
    try {
      return Arithmetic.checked(target, Long.parseLong(text.trim()));
    } catch (NumberFormatException e) {
      throw invalid(text, target, e);
    }
  }

  private static @Nullable Expression toDouble(Expression operand) {
    if (operand.type() != ValueType.TEXT) {
      return Conversions.to(ValueType.DOUBLE, operand);
    }
    OfObject body = operand.objects();
    return Expression.ofDouble(
        at -> {
          Object value = body.value(at);
          if (value == null) {
            return 0;
          }
          try {
            return Double.parseDouble(((String) value).trim());
          } catch (NumberFormatException e) {
            throw invalid((String) value, ValueType.DOUBLE, e);
          }
        });
  }

  private static @Nullable Expression toDecimal(
      RelDataType from, RelDataType to, Expression operand) {
    int precision = to.getPrecision();
    int scale = to.getScale();
    RoundingMode rounding = RoundingMode.DOWN;
    Function<Object, @Nullable Object> cast =
        switch (operand.type()) {
          case TINYINT, SMALLINT, INTEGER, BIGINT ->
              v -> Primitive.integerDecimalCast((Number) v, precision, scale, rounding);
          case DOUBLE -> v -> Primitive.fpDecimalCast((Number) v, precision, scale, rounding);
          case DECIMAL ->
              v -> Primitive.decimalDecimalCast((BigDecimal) v, precision, scale, rounding);
          default -> null;
        };
    if (cast == null || precision < 0 || scale < 0 || from.getSqlTypeName() == SqlTypeName.DATE) {
      return null;
    }
    return Expression.ofObject(
        ValueType.DECIMAL,
        at -> {
          Object value = operand.value(at);
          if (value == null) {
            return null;
          }
          try {
            return cast.apply(value);
          } catch (ArithmeticException | NumberFormatException e) {
            throw new SqlRefusal(SqlRefusal.Reason.OUT_OF_RANGE, value + " does not fit " + to, e);
          }
        });
  }

  private static @Nullable Expression toText(RelDataType from, RelDataType to, Expression operand) {
    Function<Object, String> text =
        switch (operand.type()) {
          case TEXT -> v -> (String) v;
          case BOOLEAN -> v -> NumberFunctions.textOfBoolean((Boolean) v);
          case TINYINT, SMALLINT, INTEGER, BIGINT, UUID -> Object::toString;
          case DOUBLE -> v -> NumberFunctions.textOfDouble((Double) v);
          case DECIMAL -> v -> NumberFunctions.textOfDecimal((BigDecimal) v);
          case DATE -> v -> LocalDate.ofEpochDay((Integer) v).toString();
          default -> null;
        };
    if (text == null) {
      return null;
    }
    int length = to.getPrecision();
    boolean fixed = to.getSqlTypeName() == SqlTypeName.CHAR;
    boolean widening =
        operand.type() == ValueType.TEXT
            && from.getPrecision() >= 0
            && from.getPrecision() <= length;
    if (length < 0 || (widening && !fixed)) {
      return operand.type() == ValueType.TEXT ? operand : mapped(operand, text);
    }
    boolean isText = operand.type() == ValueType.TEXT;
    return mapped(
        operand,
        text.andThen(s -> cut(isText ? s : NumberFunctions.fittedText(s, length), length, fixed)));
  }

  private static Expression mapped(Expression operand, Function<Object, String> text) {
    return Expression.ofObject(
        ValueType.TEXT,
        at -> {
          Object value = operand.value(at);
          return value == null ? null : text.apply(value);
        });
  }

  private static String cut(String text, int length, boolean fixed) {
    if (text.length() > length) {
      return text.substring(0, length);
    }
    return fixed ? text + " ".repeat(length - text.length()) : text;
  }

  private static @Nullable Expression toUuid(Expression operand) {
    if (operand.type() == ValueType.UUID) {
      return operand;
    }
    if (operand.type() != ValueType.TEXT) {
      return null;
    }
    OfObject body = operand.objects();
    return Expression.ofObject(
        ValueType.UUID,
        at -> {
          Object value = body.value(at);
          if (value == null) {
            return null;
          }
          try {
            return UUID.fromString(((String) value).strip());
          } catch (IllegalArgumentException e) {
            throw invalid((String) value, ValueType.UUID, e);
          }
        });
  }

  private static SqlRefusal invalid(String text, ValueType type, @Nullable Throwable cause) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE, "no " + type + ": '" + text + "'", cause);
  }
}
