package org.btrdb.sql.expression;

import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.btrdb.sql.time.NanoFunctions;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/** The {@link NanoOperators} of lowered plans. */
final class TimeExpressions {
  /** A function of two whole numbers. */
  private interface OfTwo {
    long value(long a, long b);
  }

  /** A function of three whole numbers. */
  private interface OfThree {
    long value(long a, long b, long c);
  }

  private static final Map<SqlOperator, OfTwo> OF_TWO =
      Map.of(
          NanoOperators.PLUS, NanoFunctions::plus,
          NanoOperators.MINUS, NanoFunctions::minus,
          NanoOperators.TIMES, NanoFunctions::times,
          NanoOperators.CALENDAR_FLOOR, NanoFunctions::calendarFloor,
          NanoOperators.CALENDAR_CEIL, NanoFunctions::calendarCeil,
          NanoOperators.ADD_MONTHS, NanoFunctions::addMonths);

  private static final Map<SqlOperator, OfThree> OF_THREE =
      Map.of(
          NanoOperators.FLOOR, NanoFunctions::floor,
          NanoOperators.CEIL, NanoFunctions::ceil);

  private TimeExpressions() {}

  /** A call; null if it is none of these. */
  static @Nullable Expression compile(SqlOperator operator, List<Expression> operands) {
    OfTwo two = OF_TWO.get(operator);
    if (two != null && operands.size() == 2 && areLong(operands)) {
      return ofTwo(two, operands.get(0).longs(), operands.get(1).longs());
    }
    OfThree three = OF_THREE.get(operator);
    if (three != null && operands.size() == 3 && areLong(operands)) {
      return ofThree(
          three, operands.get(0).longs(), operands.get(1).longs(), operands.get(2).longs());
    }
    if (operands.size() == 1) {
      return ofOne(operator, operands.get(0));
    }
    return ofUnit(operator, operands);
  }

  private static boolean areLong(List<Expression> operands) {
    return operands.stream().allMatch(o -> o.type().storage() == ValueType.Storage.LONG);
  }

  private static Expression ofTwo(OfTwo function, OfLong first, OfLong second) {
    return Expression.ofLong(
        ValueType.BIGINT,
        at -> {
          long a = first.value(at);
          boolean unknown = at.isNull;
          long b = second.value(at);
          at.isNull |= unknown;
          return at.isNull ? 0 : function.value(a, b);
        });
  }

  private static Expression ofThree(OfThree function, OfLong first, OfLong second, OfLong third) {
    return Expression.ofLong(
        ValueType.BIGINT,
        at -> {
          long a = first.value(at);
          boolean unknown = at.isNull;
          long b = second.value(at);
          unknown |= at.isNull;
          long c = third.value(at);
          at.isNull |= unknown;
          return at.isNull ? 0 : function.value(a, b, c);
        });
  }

  private static @Nullable Expression ofOne(SqlOperator operator, Expression operand) {
    if (operator.equals(NanoOperators.OF_TEXT) && operand.type() == ValueType.TEXT) {
      OfObject text = operand.objects();
      return Expression.ofLong(
          ValueType.BIGINT,
          at -> {
            Object value = text.value(at);
            return value == null ? 0 : NanoFunctions.ofText((String) value);
          });
    }
    if (operand.type().storage() != ValueType.Storage.LONG) {
      return null;
    }
    OfLong body = operand.longs();
    if (operator.equals(NanoOperators.TO_DATE)) {
      return Expression.ofLong(ValueType.DATE, at -> NanoFunctions.toDate(body.value(at)));
    }
    if (operator.equals(NanoOperators.OF_DATE)) {
      return Expression.ofLong(ValueType.BIGINT, at -> NanoFunctions.ofDate((int) body.value(at)));
    }
    if (operator.equals(NanoOperators.TO_TEXT)) {
      return Expression.ofObject(
          ValueType.TEXT,
          at -> {
            long nanos = body.value(at);
            return at.isNull ? null : NanoFunctions.toText(nanos);
          });
    }
    return null;
  }

  private static @Nullable Expression ofUnit(SqlOperator operator, List<Expression> operands) {
    if (operands.get(0).type() != ValueType.TEXT
        || !areLong(operands.subList(1, operands.size()))) {
      return null;
    }
    OfObject unit = operands.get(0).objects();
    OfLong first = operands.get(1).longs();
    if (operator.equals(NanoOperators.EXTRACT) && operands.size() == 2) {
      return Expression.ofLong(
          ValueType.BIGINT,
          at -> {
            long nanos = first.value(at);
            Object name = at.isNull ? null : unit.value(at);
            return name == null ? 0 : NanoFunctions.extract((String) name, nanos);
          });
    }
    boolean difference = operator.equals(NanoOperators.DIFFERENCE);
    if (operands.size() != 3 || (!difference && !operator.equals(NanoOperators.ADD))) {
      return null;
    }
    OfLong second = operands.get(2).longs();
    return Expression.ofLong(
        ValueType.BIGINT,
        at -> {
          long a = first.value(at);
          long b = at.isNull ? 0 : second.value(at);
          Object name = at.isNull ? null : unit.value(at);
          if (name == null) {
            return 0;
          }
          return difference
              ? NanoFunctions.difference((String) name, a, b)
              : NanoFunctions.add((String) name, a, b);
        });
  }
}
