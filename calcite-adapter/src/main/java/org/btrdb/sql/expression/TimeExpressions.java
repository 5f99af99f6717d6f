package org.btrdb.sql.expression;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlOperator;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.btrdb.sql.time.CalendarBuckets;
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

  private static final Map<SqlOperator, ToLongFunction<String>> OF_TEXT =
      Map.of(
          NanoOperators.OF_TEXT, NanoFunctions::ofText,
          NanoOperators.DATE_OF_TEXT, NanoFunctions::dateOfText,
          NanoOperators.WIDTH, NanoFunctions::width,
          NanoOperators.FIRST_OF, NanoFunctions::firstOf,
          NanoOperators.LAST_OF, NanoFunctions::lastOf);

  private static final Map<SqlOperator, OfTwo> OF_TWO =
      Map.of(
          NanoOperators.PLUS, NanoFunctions::plus,
          NanoOperators.MINUS, NanoFunctions::minus,
          NanoOperators.TIMES, NanoFunctions::times,
          NanoOperators.CALENDAR_FLOOR, NanoFunctions::calendarFloor,
          NanoOperators.CALENDAR_CEIL, NanoFunctions::calendarCeil,
          NanoOperators.ADD_MONTHS, NanoFunctions::addMonths,
          NanoOperators.MONTHS_BETWEEN, NanoFunctions::monthsBetween);

  private static final Map<SqlOperator, OfThree> OF_THREE =
      Map.of(
          NanoOperators.FLOOR, NanoFunctions::floor,
          NanoOperators.CEIL, NanoFunctions::ceil);

  private TimeExpressions() {}

  /** A call; null if it is none of these. */
  static @Nullable Expression compile(RexCall call, List<Expression> operands) {
    SqlOperator operator = call.getOperator();
    if (operator.equals(NanoOperators.TIME_FLOOR)) {
      CalendarBuckets buckets = CalendarBuckets.of(call);
      OfLong time = operands.get(0).longs();
      return Expression.ofLong(
          ValueType.BIGINT,
          at -> {
            long nanos = time.value(at);
            return at.isNull ? 0 : buckets.floor(nanos);
          });
    }
    if (operator.equals(NanoOperators.TIME_FLOOR_FROM)) {
      CalendarBuckets buckets = CalendarBuckets.of(call);
      OfTwo floor = (nanos, origin) -> buckets.from(origin).floor(nanos);
      return ofTwo(floor, operands.get(0).longs(), operands.get(3).longs());
    }
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
    if (operator.equals(NanoOperators.TO_TEXT) && operands.size() == 2 && areLong(operands)) {
      return toText(operands.get(0).longs(), operands.get(1).longs());
    }
    return operator.equals(NanoOperators.EXTRACT)
            && operands.size() == 2
            && areLong(operands.subList(0, 1))
            && operands.get(1).type() == ValueType.TEXT
        ? extract(operands.get(0).longs(), operands.get(1).objects())
        : null;
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
    ToLongFunction<String> reader = OF_TEXT.get(operator);
    if (reader != null && operand.type() == ValueType.TEXT) {
      OfObject text = operand.objects();
      return Expression.ofLong(
          operator.equals(NanoOperators.DATE_OF_TEXT) ? ValueType.DATE : ValueType.BIGINT,
          at -> {
            Object value = text.value(at);
            return value == null ? 0 : reader.applyAsLong((String) value);
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
    if (operator.equals(NanoOperators.POWER_OF_TWO)) {
      return Expression.ofLong(
          ValueType.BIGINT,
          at -> {
            long pointwidth = body.value(at);
            return at.isNull ? 0 : NanoFunctions.powerOfTwo(pointwidth);
          });
    }
    return null;
  }

  private static Expression toText(OfLong time, OfLong length) {
    return Expression.ofObject(
        ValueType.TEXT,
        at -> {
          long nanos = time.value(at);
          return at.isNull ? null : NanoFunctions.toText(nanos, (int) length.value(at));
        });
  }

  private static Expression extract(OfLong time, OfObject field) {
    return Expression.ofLong(
        ValueType.BIGINT,
        at -> {
          long nanos = time.value(at);
          Object name = at.isNull ? null : field.value(at);
          return name == null ? 0 : NanoFunctions.extract(nanos, (String) name);
        });
  }
}
