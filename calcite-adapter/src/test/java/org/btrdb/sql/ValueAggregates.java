package org.btrdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.btrdb.sql.expression.ValueOrder;
import org.jspecify.annotations.Nullable;

/** Random aggregates of points chosen by their values, as SQL and by adding up each point. */
final class ValueAggregates {
  private ValueAggregates() {}

  /** What is computed. */
  private enum Function {
    COUNT,
    MIN,
    MAX,
    SUM,
    AVG,
    DEVIATION,
    VARIANCE,
    FIRST,
    LAST,
    TIME_OF_MIN,
    TIME_OF_MAX,
    ONES,
    ONES_AND_ZEROS,
    SUM_WITH_ZEROS,
    SHARE
  }

  /** An aggregate of the points that a test chooses. */
  record Column(String sql, Function function, DoublePredicate test) {}

  static List<Column> columns(Random random, ValueConditions conditions, boolean whole) {
    List<Column> columns = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      Function[] all = Function.values();
      Function function = all[random.nextInt(all.length)];
      boolean isTime =
          switch (function) {
            case FIRST, LAST, TIME_OF_MIN, TIME_OF_MAX -> true;
            default -> false;
          };
      if (isTime && !whole && random.nextInt(4) > 0) {
        continue; // costs a read of all points
      }
      columns.add(column(function, random, conditions));
    }
    if (columns.isEmpty()) {
      columns.add(column(Function.COUNT, random, conditions));
    }
    return columns;
  }

  private static Column column(Function function, Random random, ValueConditions conditions) {
    ValueConditions.Condition c = conditions.next();
    String one =
        switch (function) {
          case COUNT -> random.nextBoolean() ? "COUNT(*)" : "COUNT(value)";
          case MIN -> "MIN(value)";
          case MAX -> "MAX(value)";
          case SUM -> "SUM(value)";
          case AVG -> "AVG(value)";
          case DEVIATION -> "STDDEV_POP(value)";
          case VARIANCE -> "VAR_SAMP(value)";
          case FIRST -> "TO_NANOS(MIN(time))";
          case LAST -> "TO_NANOS(MAX(time))";
          case TIME_OF_MIN -> "TO_NANOS(ARG_MIN(time, value))";
          case TIME_OF_MAX -> "TO_NANOS(ARG_MAX(time, value))";
          case ONES -> "SUM(CASE WHEN " + c.sql() + " THEN 1 END)";
          case ONES_AND_ZEROS -> "SUM(CASE WHEN " + c.sql() + " THEN 1 ELSE 0 END)";
          case SUM_WITH_ZEROS -> "SUM(CASE WHEN " + c.sql() + " THEN value ELSE 0 END)";
          case SHARE -> "AVG(CASE WHEN " + c.sql() + " THEN 1.0 ELSE 0.0 END)";
        };
    if (one.contains("CASE")) {
      return new Column(one, function, c.test());
    }
    boolean isNested = one.startsWith("TO_NANOS(");
    return switch (random.nextInt(3)) {
      case 0 -> new Column(one, function, v -> true);
      case 1 -> {
        String filter = " FILTER (WHERE " + c.sql() + ")";
        yield new Column(
            isNested ? one.substring(0, one.length() - 1) + filter + ")" : one + filter,
            function,
            c.test());
      }
      default ->
          isNested || one.equals("COUNT(*)")
              ? new Column(one, function, v -> true)
              : new Column(
                  one.replace("value", "CASE WHEN " + c.sql() + " THEN value END"),
                  function,
                  c.test());
    };
  }

  static String sql(List<Column> columns) {
    return String.join(", ", columns.stream().map(Column::sql).toList());
  }

  /** The points of a group. */
  static final class Group {
    private final List<Column> columns;
    private final List<List<Double>> values = new ArrayList<>();
    private final List<List<Long>> times = new ArrayList<>();
    private long count;

    Group(List<Column> columns) {
      this.columns = columns;
      columns.forEach(
          c -> {
            values.add(new ArrayList<>());
            times.add(new ArrayList<>());
          });
    }

    void add(long time, double value) {
      count++;
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).test.test(value)) {
          values.get(i).add(value);
          times.get(i).add(time);
        }
      }
    }

    List<@Nullable Object> row() {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(result(columns.get(i).function, values.get(i), times.get(i)));
      }
      return row;
    }

    private @Nullable Object result(Function function, List<Double> some, List<Long> at) {
      if (function == Function.COUNT) {
        return (long) some.size();
      }
      switch (function) {
        case ONES_AND_ZEROS -> {
          return count == 0 ? null : (Object) some.size();
        }
        case SHARE -> {
          return count == 0 ? null : (Object) ((double) some.size() / count);
        }
        case SUM_WITH_ZEROS -> {
          return count == 0 ? null : (Object) sum(some);
        }
        default -> {}
      }
      if (some.isEmpty()) {
        return null;
      }
      double mean = sum(some) / some.size();
      return switch (function) {
        case MIN -> some.get(extreme(some, -1));
        case MAX -> some.get(extreme(some, 1));
        case TIME_OF_MIN -> at.get(extreme(some, -1));
        case TIME_OF_MAX -> at.get(extreme(some, 1));
        case SUM -> sum(some);
        case AVG -> mean;
        case DEVIATION -> Math.sqrt(squares(some, mean) / some.size());
        case VARIANCE ->
            some.size() < 2 ? null : (Object) (squares(some, mean) / (some.size() - 1));
        case FIRST -> at.get(0);
        case LAST -> at.get(at.size() - 1);
        default -> some.size(); // a sum of ones
      };
    }

    private static double sum(List<Double> some) {
      double sum = 0;
      double lost = 0;
      for (double value : some) { // Kahan's, or the sum would be worse than what it checks
        double next = value - lost;
        double more = sum + next;
        lost = Double.isFinite(more) ? (more - sum) - next : 0;
        sum = more;
      }
      return sum;
    }

    private static double squares(List<Double> some, double mean) {
      double squares = 0;
      for (double value : some) {
        squares += (value - mean) * (value - mean);
      }
      return squares;
    }

    private static int extreme(List<Double> some, int sign) {
      int best = 0;
      for (int i = 1; i < some.size(); i++) {
        double value = some.get(i);
        double before = some.get(best);
        if (ValueOrder.compare(value, before) * sign > 0) {
          best = i;
        }
      }
      return best;
    }
  }

  /** Whether two answers are the same: whole numbers exactly, sums but for rounding. */
  static boolean same(@Nullable Object ours, @Nullable Object expected) {
    if (!(ours instanceof Double x) || !(expected instanceof Double y)) {
      return java.util.Objects.equals(ours, expected);
    }
    double a = x;
    double b = y;
    return ValueOrder.compare(a, b) == 0
        || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
