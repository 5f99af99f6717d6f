package org.btrdb.sql.expression;

import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/** Comparisons in the order of {@link ValueOrder}. */
final class Comparisons {
  private Comparisons() {}

  /** A comparison; null if the types cannot be compared here. */
  static @Nullable Expression compile(SqlKind kind, Expression left, Expression right) {
    ValueType type = Conversions.common(left.type(), right.type());
    if (type == null || !type.isOrdered()) {
      return null;
    }
    Expression a = Conversions.to(type, left);
    Expression b = Conversions.to(type, right);
    if (a == null || b == null) {
      return null;
    }
    return switch (kind) {
      case IS_DISTINCT_FROM -> distinct(a, b, 1);
      case IS_NOT_DISTINCT_FROM -> distinct(a, b, 0);
      default ->
          switch (type.storage()) {
            case LONG -> longs(kind, a.longs(), b.longs());
            case DOUBLE -> doubles(kind, a.doubles(), b.doubles());
            case OBJECT -> objects(kind, a.objects(), b.objects());
          };
    };
  }

  private static @Nullable Expression longs(SqlKind kind, OfLong left, OfLong right) {
    OfLong body =
        switch (kind) {
          case EQUALS ->
              at -> {
                long a = left.value(at);
                if (at.isNull) {
                  return 0;
                }
                long b = right.value(at);
                return !at.isNull && a == b ? 1 : 0;
              };
          case NOT_EQUALS ->
              at -> {
                long a = left.value(at);
                if (at.isNull) {
                  return 0;
                }
                long b = right.value(at);
                return !at.isNull && a != b ? 1 : 0;
              };
          case LESS_THAN -> longsLess(left, right);
          case GREATER_THAN -> longsLess(right, left);
          case LESS_THAN_OR_EQUAL -> longsAtMost(left, right);
          case GREATER_THAN_OR_EQUAL -> longsAtMost(right, left);
          default -> null;
        };
    return body == null ? null : Expression.ofBoolean(body);
  }

  private static OfLong longsLess(OfLong left, OfLong right) {
    return at -> {
      long a = left.value(at);
      if (at.isNull) {
        return 0;
      }
      long b = right.value(at);
      return !at.isNull && a < b ? 1 : 0;
    };
  }

  private static OfLong longsAtMost(OfLong left, OfLong right) {
    return at -> {
      long a = left.value(at);
      if (at.isNull) {
        return 0;
      }
      long b = right.value(at);
      return !at.isNull && a <= b ? 1 : 0;
    };
  }

  private static @Nullable Expression doubles(SqlKind kind, OfDouble left, OfDouble right) {
    OfLong body =
        switch (kind) {
          case EQUALS ->
              at -> {
                double a = left.value(at);
                if (at.isNull) {
                  return 0;
                }
                double b = right.value(at);
                return !at.isNull && ValueOrder.compare(a, b) == 0 ? 1 : 0;
              };
          case NOT_EQUALS ->
              at -> {
                double a = left.value(at);
                if (at.isNull) {
                  return 0;
                }
                double b = right.value(at);
                return !at.isNull && ValueOrder.compare(a, b) != 0 ? 1 : 0;
              };
          case LESS_THAN -> doublesLess(left, right);
          case GREATER_THAN -> doublesLess(right, left);
          case LESS_THAN_OR_EQUAL -> doublesAtMost(left, right);
          case GREATER_THAN_OR_EQUAL -> doublesAtMost(right, left);
          default -> null;
        };
    return body == null ? null : Expression.ofBoolean(body);
  }

  private static OfLong doublesLess(OfDouble left, OfDouble right) {
    return at -> {
      double a = left.value(at);
      if (at.isNull) {
        return 0;
      }
      double b = right.value(at);
      return !at.isNull && ValueOrder.compare(a, b) < 0 ? 1 : 0;
    };
  }

  private static OfLong doublesAtMost(OfDouble left, OfDouble right) {
    return at -> {
      double a = left.value(at);
      if (at.isNull) {
        return 0;
      }
      double b = right.value(at);
      return !at.isNull && ValueOrder.compare(a, b) <= 0 ? 1 : 0;
    };
  }

  private static @Nullable Expression objects(SqlKind kind, OfObject left, OfObject right) {
    java.util.function.IntPredicate test =
        switch (kind) {
          case EQUALS -> c -> c == 0;
          case NOT_EQUALS -> c -> c != 0;
          case LESS_THAN -> c -> c < 0;
          case LESS_THAN_OR_EQUAL -> c -> c <= 0;
          case GREATER_THAN -> c -> c > 0;
          case GREATER_THAN_OR_EQUAL -> c -> c >= 0;
          default -> null;
        };
    return test == null
        ? null
        : Expression.ofBoolean(
            at -> {
              Object a = left.value(at);
              Object b = a == null ? null : right.value(at);
              at.isNull = a == null || b == null;
              return a != null && b != null && test.test(ValueOrder.compare(a, b)) ? 1 : 0;
            });
  }

  /** Whether two values are distinct, NULL being a value: never NULL itself. */
  private static Expression distinct(Expression left, Expression right, long ifDistinct) {
    long ifSame = 1 - ifDistinct;
    OfLong body =
        switch (left.type().storage()) {
          case LONG -> {
            OfLong x = left.longs();
            OfLong y = right.longs();
            yield at -> {
              long a = x.value(at);
              boolean aNull = at.isNull;
              long b = y.value(at);
              boolean same = (aNull || at.isNull) ? (aNull && at.isNull) : a == b;
              at.isNull = false;
              return same ? ifSame : ifDistinct;
            };
          }
          case DOUBLE -> {
            OfDouble x = left.doubles();
            OfDouble y = right.doubles();
            yield at -> {
              double a = x.value(at);
              boolean aNull = at.isNull;
              double b = y.value(at);
              boolean same =
                  (aNull || at.isNull) ? (aNull && at.isNull) : ValueOrder.compare(a, b) == 0;
              at.isNull = false;
              return same ? ifSame : ifDistinct;
            };
          }
          case OBJECT -> {
            OfObject x = left.objects();
            OfObject y = right.objects();
            yield at -> {
              Object a = x.value(at);
              Object b = y.value(at);
              boolean same =
                  (a == null || b == null)
                      ? (a == null && b == null)
                      : ValueOrder.compare(a, b) == 0;
              at.isNull = false;
              return same ? ifSame : ifDistinct;
            };
          }
        };
    return Expression.ofBoolean(body);
  }
}
