package org.btrdb.sql.expression;

import java.util.List;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.Expression.OfObject;
import org.jspecify.annotations.Nullable;

/** Three-valued logic, and choice between values. */
final class Logic {
  private Logic() {}

  /** False if one is false, else NULL if one is NULL. */
  static OfLong and(List<OfLong> operands) {
    return junction(operands, 0);
  }

  /** True if one is true, else NULL if one is NULL. */
  static OfLong or(List<OfLong> operands) {
    return junction(operands, 1);
  }

  private static OfLong junction(List<OfLong> operands, long decisive) {
    OfLong[] bodies = operands.toArray(OfLong[]::new);
    return at -> {
      boolean unknown = false;
      for (OfLong body : bodies) {
        long truth = body.value(at);
        if (at.isNull) {
          unknown = true;
        } else if (truth == decisive) {
          return decisive;
        }
      }
      at.isNull = unknown;
      return unknown ? 0 : 1 - decisive;
    };
  }

  static OfLong not(OfLong operand) {
    return at -> {
      long truth = operand.value(at);
      return at.isNull ? 0 : 1 - truth;
    };
  }

  /** IS TRUE, IS NOT TRUE, IS FALSE, IS NOT FALSE: never NULL. */
  static OfLong is(OfLong operand, long wanted, boolean negated) {
    return at -> {
      long truth = operand.value(at);
      boolean holds = !at.isNull && truth == wanted;
      at.isNull = false;
      return holds != negated ? 1 : 0;
    };
  }

  static OfLong isNull(Expression operand, boolean negated) {
    return switch (operand.type().storage()) {
      case LONG -> {
        OfLong body = operand.longs();
        yield at -> {
          long unused = body.value(at);
          return isNull(at, negated);
        };
      }
      case DOUBLE -> {
        OfDouble body = operand.doubles();
        yield at -> {
          double unused = body.value(at);
          return isNull(at, negated);
        };
      }
      case OBJECT -> {
        OfObject body = operand.objects();
        yield at -> {
          Object unused = body.value(at);
          return isNull(at, negated);
        };
      }
    };
  }

  private static long isNull(Evaluation at, boolean negated) {
    boolean holds = at.isNull != negated;
    at.isNull = false;
    return holds ? 1 : 0;
  }

  /** CASE WHEN condition THEN value … ELSE value END; values are all of one type. */
  static @Nullable Expression choice(
      ValueType type, List<OfLong> conditions, List<Expression> values) {
    OfLong[] tests = conditions.toArray(OfLong[]::new);
    return switch (type.storage()) {
      case LONG -> {
        OfLong[] bodies = values.stream().map(Expression::longs).toArray(OfLong[]::new);
        yield Expression.ofLong(type, at -> bodies[branch(tests, at)].value(at));
      }
      case DOUBLE -> {
        OfDouble[] bodies = values.stream().map(Expression::doubles).toArray(OfDouble[]::new);
        yield Expression.ofDouble(at -> bodies[branch(tests, at)].value(at));
      }
      case OBJECT -> {
        OfObject[] bodies = values.stream().map(Expression::objects).toArray(OfObject[]::new);
        yield Expression.ofObject(type, at -> bodies[branch(tests, at)].value(at));
      }
    };
  }

  private static int branch(OfLong[] tests, Evaluation at) {
    for (int i = 0; i < tests.length; i++) {
      if (tests[i].value(at) != 0) {
        return i;
      }
    }
    return tests.length;
  }

  /** The first value that is not NULL; values are all of one type. */
  static Expression coalesce(ValueType type, List<Expression> values) {
    return switch (type.storage()) {
      case LONG -> {
        OfLong[] bodies = values.stream().map(Expression::longs).toArray(OfLong[]::new);
        yield Expression.ofLong(
            type,
            at -> {
              long value = 0;
              at.isNull = true;
              for (int i = 0; i < bodies.length && at.isNull; i++) {
                value = bodies[i].value(at);
              }
              return value;
            });
      }
      case DOUBLE -> {
        OfDouble[] bodies = values.stream().map(Expression::doubles).toArray(OfDouble[]::new);
        yield Expression.ofDouble(
            at -> {
              double value = 0;
              at.isNull = true;
              for (int i = 0; i < bodies.length && at.isNull; i++) {
                value = bodies[i].value(at);
              }
              return value;
            });
      }
      case OBJECT -> {
        OfObject[] bodies = values.stream().map(Expression::objects).toArray(OfObject[]::new);
        yield Expression.ofObject(
            type,
            at -> {
              Object value = null;
              at.isNull = true;
              for (int i = 0; i < bodies.length && value == null; i++) {
                value = bodies[i].value(at);
              }
              return value;
            });
      }
    };
  }
}
