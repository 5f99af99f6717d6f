package org.btrdb.sql.expression;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/** Functions of text. */
final class TextFunctions {
  private TextFunctions() {}

  /** A call; null if it is not known here. */
  static @Nullable Expression compile(RexCall call, List<Expression> operands) {
    SqlOperator operator = call.getOperator();
    if (operator.equals(SqlStdOperatorTable.SUBSTRING)) {
      return substring(operands);
    }
    if (operands.isEmpty() || operands.stream().anyMatch(o -> o.type() != ValueType.TEXT)) {
      return null;
    }
    OfObject first = operands.get(0).objects();
    if (operator.equals(SqlStdOperatorTable.UPPER)) {
      return mapped(first, s -> s.toUpperCase(Locale.ROOT));
    }
    if (operator.equals(SqlStdOperatorTable.LOWER)) {
      return mapped(first, s -> s.toLowerCase(Locale.ROOT));
    }
    if (operator.equals(SqlStdOperatorTable.INITCAP)) {
      return mapped(first, SqlFunctions::initcap);
    }
    if (operator.equals(SqlStdOperatorTable.CHAR_LENGTH)
        || operator.equals(SqlStdOperatorTable.CHARACTER_LENGTH)) {
      return Expression.ofLong(
          ValueType.INTEGER,
          at -> {
            Object text = first.value(at);
            return text == null ? 0 : ((String) text).length();
          });
    }
    if (operands.size() == 2 && operator.equals(SqlStdOperatorTable.CONCAT)) {
      OfObject second = operands.get(1).objects();
      return Expression.ofObject(
          ValueType.TEXT,
          at -> {
            Object a = first.value(at);
            Object b = a == null ? null : second.value(at);
            at.isNull = b == null;
            return b == null ? null : a + (String) b;
          });
    }
    if (operands.size() == 2 && operator.equals(SqlStdOperatorTable.POSITION)) {
      OfObject second = operands.get(1).objects();
      return Expression.ofLong(
          ValueType.INTEGER,
          at -> {
            Object a = first.value(at);
            Object b = a == null ? null : second.value(at);
            at.isNull = a == null || b == null;
            return a == null || b == null ? 0 : ((String) b).indexOf((String) a) + 1;
          });
    }
    return operator.equals(SqlStdOperatorTable.LIKE) ? like(operands) : null;
  }

  private static Expression mapped(OfObject operand, UnaryOperator<String> function) {
    return Expression.ofObject(
        ValueType.TEXT,
        at -> {
          Object text = operand.value(at);
          return text == null ? null : function.apply((String) text);
        });
  }

  private static @Nullable Expression substring(List<Expression> operands) {
    boolean known =
        operands.size() >= 2
            && operands.get(0).type() == ValueType.TEXT
            && operands.stream().skip(1).allMatch(o -> o.type().isInteger());
    if (!known) {
      return null;
    }
    OfObject text = operands.get(0).objects();
    OfLong from = operands.get(1).longs();
    OfLong length = operands.size() > 2 ? operands.get(2).longs() : null;
    return Expression.ofObject(
        ValueType.TEXT,
        at -> {
          Object whole = text.value(at);
          if (whole == null) {
            return null;
          }
          long start = from.value(at);
          if (at.isNull) {
            return null;
          }
          if (length == null) {
            return SqlFunctions.substring((String) whole, start);
          }
          long count = length.value(at);
          return at.isNull
              ? null
              : refusing(() -> SqlFunctions.substring((String) whole, start, count));
        });
  }

  /** TRIM; its first operand says on which sides. */
  static @Nullable Expression trim(RexCall call, Expression seek, Expression text) {
    if (!(call.getOperands().get(0) instanceof RexLiteral sides)
        || seek.type() != ValueType.TEXT
        || text.type() != ValueType.TEXT) {
      return null;
    }
    SqlTrimFunction.Flag flag = sides.getValueAs(SqlTrimFunction.Flag.class);
    if (flag == null) {
      return null;
    }
    boolean left = flag != SqlTrimFunction.Flag.TRAILING;
    boolean right = flag != SqlTrimFunction.Flag.LEADING;
    OfObject what = seek.objects();
    OfObject from = text.objects();
    return Expression.ofObject(
        ValueType.TEXT,
        at -> {
          Object a = what.value(at);
          Object b = a == null ? null : from.value(at);
          at.isNull = a == null || b == null;
          return a == null || b == null
              ? null
              : refusing(() -> SqlFunctions.trim(left, right, (String) a, (String) b));
        });
  }

  private static Object refusing(java.util.function.Supplier<String> function) {
    try {
      return function.get();
    } catch (CalciteException e) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID_VALUE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Expression like(List<Expression> operands) {
    OfObject text = operands.get(0).objects();
    OfObject pattern = operands.get(1).objects();
    OfObject escape = operands.size() > 2 ? operands.get(2).objects() : null;
    boolean fixed = operands.stream().skip(1).allMatch(Expression::isConstant);
    LikePattern once =
        fixed ? pattern(pattern, escape, new Evaluation(NoRow.INSTANCE, List.of())) : null;
    return Expression.ofBoolean(
        at -> {
          LikePattern like = fixed ? once : pattern(pattern, escape, at);
          Object value = like == null ? null : text.value(at);
          at.isNull = value == null;
          return like != null && value != null && like.matches((String) value) ? 1 : 0;
        });
  }

  private static @Nullable LikePattern pattern(
      OfObject pattern, @Nullable OfObject escape, Evaluation at) {
    Object wanted = pattern.value(at);
    Object by = escape == null ? "" : escape.value(at);
    return wanted == null || by == null ? null : LikePattern.of((String) wanted, (String) by);
  }
}
