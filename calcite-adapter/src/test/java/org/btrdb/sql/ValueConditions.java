package org.btrdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.btrdb.sql.expression.ValueOrder;

/** Random conditions on a value, as SQL and as what they mean, with constants of some data. */
final class ValueConditions {
  private final Random random;
  private final double[] constants;

  /**
   * A condition.
   *
   * @param sql on {@code value}
   * @param test the same
   */
  record Condition(String sql, DoublePredicate test) {
    Condition not() {
      return new Condition("NOT (" + sql + ")", test.negate());
    }
  }

  /** Conditions with numbers near some. */
  ValueConditions(Random random, double[] constants) {
    this.random = random;
    this.constants = constants;
  }

  /** The next one, of several comparisons at times. */
  Condition next() {
    return next(2);
  }

  private Condition next(int depth) {
    int kind = random.nextInt(depth == 0 ? 6 : 10);
    switch (kind) {
      case 6, 7, 8 -> {
        boolean either = random.nextBoolean();
        Condition a = next(depth - 1);
        Condition b = next(depth - 1);
        return new Condition(
            "(" + a.sql + (either ? " OR " : " AND ") + b.sql + ")",
            either ? a.test.or(b.test) : a.test.and(b.test));
      }
      case 9 -> {
        return next(depth - 1).not();
      }
      case 5 -> {
        double a = constant();
        double b = constant();
        DoublePredicate between =
            v -> ValueOrder.compare(v, a) >= 0 && ValueOrder.compare(v, b) <= 0;
        boolean not = random.nextBoolean();
        return new Condition(
            "value" + (not ? " NOT" : "") + " BETWEEN " + text(a) + " AND " + text(b),
            not ? between.negate() : between);
      }
      case 4 -> {
        List<String> texts = new ArrayList<>();
        DoublePredicate in = v -> false;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          double a = constant();
          texts.add(text(a));
          in = in.or(v -> ValueOrder.compare(v, a) == 0);
        }
        boolean not = random.nextBoolean();
        return new Condition(
            "value" + (not ? " NOT" : "") + " IN (" + String.join(", ", texts) + ")",
            not ? in.negate() : in);
      }
      default -> {
        return comparison(random.nextInt(6), constant(), random.nextBoolean());
      }
    }
  }

  private static Condition comparison(int kind, double b, boolean swapped) {
    String[] operators = {"<", "<=", ">", ">=", "=", "<>"};
    String[] reversed = {">", ">=", "<", "<=", "=", "<>"};
    DoublePredicate test =
        v -> {
          int c = ValueOrder.compare(v, b);
          return switch (kind) {
            case 0 -> c < 0;
            case 1 -> c <= 0;
            case 2 -> c > 0;
            case 3 -> c >= 0;
            case 4 -> c == 0;
            default -> c != 0;
          };
        };
    return new Condition(
        swapped
            ? text(b) + " " + reversed[kind] + " value"
            : "value " + operators[kind] + " " + text(b),
        test);
  }

  private double constant() {
    double some = constants[random.nextInt(constants.length)];
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> -0.0;
      case 4 -> Math.nextUp(some);
      case 5 -> Math.nextDown(some);
      default -> some;
    };
  }

  private static String text(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) || random(value)
        ? "CAST('" + value + "' AS DOUBLE)"
        : "CAST(" + value + " AS DOUBLE)";
  }

  private static boolean random(double value) {
    return (Double.doubleToLongBits(value) & 1) == 0;
  }
}
