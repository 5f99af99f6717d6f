package org.btrdb.sql.expression;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Implicit conversions, which lose nothing that Calcite's would keep. */
final class Conversions {
  private Conversions() {}

  /** The expression as another type; null if that takes a cast. */
  static @Nullable Expression to(ValueType target, Expression from) {
    Expression converted = convert(target, from);
    return converted != null && from.isConstant() ? converted.folded() : converted;
  }

  private static @Nullable Expression convert(ValueType target, Expression from) {
    ValueType type = from.type();
    if (type == target) {
      return from;
    }
    if (type == ValueType.NULL) {
      return Expression.constant(target, null);
    }
    if (type.isInteger() && target.isInteger()) {
      return type.compareTo(target) < 0 ? Expression.ofLong(target, from.longs()) : null;
    }
    if (target == ValueType.DOUBLE) {
      return toDouble(from);
    }
    if (target == ValueType.DECIMAL && type.isInteger()) {
      Expression.OfLong body = from.longs();
      return Expression.ofObject(
          target,
          at -> {
            long value = body.value(at);
            return at.isNull ? null : BigDecimal.valueOf(value);
          });
    }
    return null;
  }

  private static @Nullable Expression toDouble(Expression from) {
    if (from.type().isInteger()) {
      Expression.OfLong body = from.longs();
      return Expression.ofDouble(at -> body.value(at));
    }
    if (from.type() == ValueType.DECIMAL) {
      Expression.OfObject body = from.objects();
      return Expression.ofDouble(
          at -> {
            Object value = body.value(at);
            return value == null ? 0 : ((BigDecimal) value).doubleValue();
          });
    }
    return null;
  }

  /** The type in which values of two types are compared; null if they are not. */
  static @Nullable ValueType common(ValueType a, ValueType b) {
    if (a == b || b == ValueType.NULL) {
      return a;
    }
    if (a == ValueType.NULL) {
      return b;
    }
    if (!a.isNumeric() || !b.isNumeric()) {
      return null;
    }
    if (a == ValueType.DOUBLE || b == ValueType.DOUBLE) {
      return ValueType.DOUBLE;
    }
    if (a == ValueType.DECIMAL || b == ValueType.DECIMAL) {
      return ValueType.DECIMAL;
    }
    return a.compareTo(b) < 0 ? b : a;
  }
}
