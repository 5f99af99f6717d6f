package org.btrdb.sql;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;

/** Random times, and random expressions and conditions of a time with what they must be. */
final class RandomTimes {
  /** Where a statement has the time that an expression is of. */
  static final String TIME = "{t}";

  private static final List<String> UNITS =
      List.of(
          "NANOSECOND",
          "MICROSECOND",
          "MILLISECOND",
          "SECOND",
          "MINUTE",
          "HOUR",
          "DAY",
          "WEEK",
          "MONTH",
          "QUARTER",
          "YEAR",
          "DECADE",
          "CENTURY",
          "MILLENNIUM");
  private static final List<String> FIELDS =
      List.of(
          "YEAR",
          "ISOYEAR",
          "QUARTER",
          "MONTH",
          "WEEK",
          "DAY",
          "DOY",
          "DOW",
          "ISODOW",
          "HOUR",
          "MINUTE",
          "SECOND",
          "MILLISECOND",
          "MICROSECOND",
          "NANOSECOND",
          "EPOCH",
          "DECADE",
          "CENTURY",
          "MILLENNIUM");
  private static final long YEAR = 366L * IsoTime.NANOS_PER_DAY;

  private final Random random;

  RandomTimes(Random random) {
    this.random = random;
  }

  /** An expression of a time and its value, which may throw for what does not fit. */
  record Expression<T>(String sql, LongFunction<T> model) {
    String of(String time) {
      return sql.replace(TIME, time);
    }
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A time a point can have: near both ends, 1970, round times and anywhere. */
  long time() {
    long near = random.nextInt(5) - 2L;
    long time =
        switch (random.nextInt(7)) {
          case 0 -> pick(List.of(TimeRange.MIN_NANOS, TimeRange.MAX_POINT_NANOS, 0L)) + near;
          case 1 -> random.nextLong(1 << 20) - (1 << 19);
          case 2 -> day() * IsoTime.NANOS_PER_DAY + near;
          case 3 ->
              LocalDate.ofEpochDay(day()).withDayOfMonth(1).toEpochDay() * IsoTime.NANOS_PER_DAY
                  + near;
          case 4 ->
              LocalDate.ofEpochDay(day()).withDayOfYear(1).toEpochDay() * IsoTime.NANOS_PER_DAY
                  + near;
          case 5 -> Math.floorDiv(anywhere(), 1_000_000L) * 1_000_000L + near;
          default -> anywhere();
        };
    return Math.max(TimeRange.MIN_NANOS, Math.min(TimeRange.MAX_POINT_NANOS, time));
  }

  private long day() {
    return Math.floorDiv(anywhere(), IsoTime.NANOS_PER_DAY);
  }

  private long anywhere() {
    return TimeRange.MIN_NANOS + random.nextLong(TimeRange.MAX_POINT_NANOS - TimeRange.MIN_NANOS);
  }

  /** A literal that is a time, in one of the ways to write it. */
  String literal(long nanos) {
    String text = TimeModel.text(nanos);
    return switch (random.nextInt(7)) {
      case 0 -> "TIMESTAMP '" + text.replaceAll("\\.?0+$", "") + "'";
      case 1 -> "TIMESTAMP '" + text.replace(' ', 'T') + "Z'";
      case 2 -> {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1200) - 600));
        yield "TIMESTAMP '"
            + TimeModel.text(nanos + offset.getTotalSeconds() * 1_000_000_000L)
            + (offset.getTotalSeconds() == 0 ? "Z" : offset.getId())
            + "'";
      }
      case 3 -> "FROM_NANOS(" + nanos + ")";
      case 4 -> "CAST('" + text + "' AS TIMESTAMP)";
      case 5 -> "CAST(" + nanos + " AS TIMESTAMP)";
      default -> "TIMESTAMP '" + text + "'";
    };
  }

  /** What may stand for a time where it is compared. */
  private String comparable(long nanos) {
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(nanos);
      case 1 -> "'" + TimeModel.text(nanos) + (random.nextBoolean() ? "" : "Z") + "'";
      default -> literal(nanos);
    };
  }

  /** An expression of type TIMESTAMP; some reach beyond 64 bits. */
  Expression<Long> time(int depth) {
    if (depth == 0) {
      return new Expression<>(TIME, t -> t);
    }
    Expression<Long> inner = time(random.nextInt(depth));
    LongFunction<Long> model = inner.model();
    String t = inner.sql();
    String unit = pick(UNITS);
    switch (random.nextInt(12)) {
      case 0 -> {
        return new Expression<>(
            "FLOOR(" + t + " TO " + unit + ")", x -> TimeModel.floor(model.apply(x), unit));
      }
      case 1 -> {
        return new Expression<>(
            "CEIL(" + t + " TO " + unit + ")", x -> TimeModel.ceil(model.apply(x), unit));
      }
      case 2 -> {
        String of = unit.equals("WEEK") ? "ISOWEEK" : unit;
        return new Expression<>(
            "DATE_TRUNC('" + unit + "', " + t + ")", x -> TimeModel.floor(model.apply(x), of));
      }
      case 3, 4 -> {
        long count = count(unit);
        return new Expression<>(
            "TIMESTAMPADD(" + unit + ", " + count + ", " + t + ")",
            x -> TimeModel.add(model.apply(x), count, unit));
      }
      case 5 -> {
        return interval(t, model);
      }
      case 6 -> {
        long width = 1 + random.nextLong(1 + random.nextLong(YEAR));
        return new Expression<>(
            "date_bin(" + width + ", " + t + ")", x -> TimeModel.bin(model.apply(x), width, 0));
      }
      case 7 -> {
        long width = 1 + random.nextLong(1 + random.nextLong(YEAR));
        long origin = time();
        return new Expression<>(
            "date_bin(" + width + ", " + t + ", " + literal(origin) + ")",
            x -> TimeModel.bin(model.apply(x), width, origin));
      }
      case 8 -> {
        int k = random.nextInt(63);
        return new Expression<>(
            "pw_bin(" + k + ", " + t + ")", x -> TimeModel.bin(model.apply(x), 1L << k, 0));
      }
      case 9 -> {
        int digits = random.nextInt(10);
        long width = (long) Math.pow(10, 9 - digits);
        return new Expression<>(
            "CAST(" + t + " AS TIMESTAMP(" + digits + "))",
            x -> TimeModel.bin(model.apply(x), width, 0));
      }
      case 10 -> {
        String roundTrip =
            pick(
                List.of(
                    "CAST(CAST(%s AS VARCHAR) AS TIMESTAMP)",
                    "CAST(CAST(%s AS BIGINT) AS TIMESTAMP)",
                    "FROM_NANOS(TO_NANOS(%s))",
                    "COALESCE(CAST(NULL AS TIMESTAMP), %s)"));
        return new Expression<>(roundTrip.replace("%s", t), model);
      }
      default -> {
        long day = IsoTime.NANOS_PER_DAY;
        return new Expression<>(
            "CAST(CAST(" + t + " AS DATE) AS TIMESTAMP)",
            x -> Math.multiplyExact(Math.floorDiv(model.apply(x), day), day));
      }
    }
  }

  private long count(String unit) {
    int years = random.nextInt(20) == 0 ? 400 : 80;
    return switch (unit) {
      case "CENTURY", "MILLENNIUM" -> random.nextInt(3) - 1;
      case "DECADE" -> random.nextInt(years / 5) - years / 10;
      case "YEAR" -> random.nextInt(2 * years) - years;
      case "QUARTER" -> random.nextInt(8 * years) - 4 * years;
      case "MONTH" -> random.nextInt(24 * years) - 12 * years;
      default -> {
        long unitNanos = TimeModel.add(0, 1, unit);
        long most = Math.max(1, Math.min(years, 140) * YEAR / unitNanos);
        yield random.nextLong(2 * most) - most;
      }
    };
  }

  private Expression<Long> interval(String t, LongFunction<Long> model) {
    boolean minus = random.nextBoolean();
    int number = random.nextInt(1000);
    int sign = minus ? -1 : 1;
    String operator = minus ? " - " : " + ";
    switch (random.nextInt(4)) {
      case 0 -> {
        long millis = random.nextLong(100_000_000L);
        String text =
            millis / 1000 + "." + String.format(java.util.Locale.ROOT, "%03d", millis % 1000);
        return new Expression<>(
            "(" + t + operator + "INTERVAL '" + text + "' SECOND(9, 3))",
            x -> TimeModel.add(model.apply(x), sign * millis, "MILLISECOND"));
      }
      case 1 -> {
        String unit = pick(List.of("MINUTE", "HOUR", "DAY"));
        return new Expression<>(
            "(" + t + operator + "INTERVAL '" + number + "' " + unit + "(4))",
            x -> TimeModel.add(model.apply(x), (long) sign * number, unit));
      }
      case 2 -> {
        String unit = pick(List.of("MONTH", "YEAR"));
        int count = unit.equals("YEAR") ? number % 100 : number;
        return new Expression<>(
            "(" + t + operator + "INTERVAL '" + count + "' " + unit + "(4))",
            x -> TimeModel.add(model.apply(x), (long) sign * count, unit));
      }
      default -> {
        return new Expression<>(
            "(" + t + operator + "INTERVAL '" + number + " 01:02:03.004' DAY(4) TO SECOND(3))",
            x ->
                TimeModel.add(
                    model.apply(x), sign * (number * 86_400_000L + 3_723_004L), "MILLISECOND"));
      }
    }
  }

  /** An expression of another type, as the session answers it. */
  Expression<Object> value() {
    Expression<Long> time = time(random.nextInt(3));
    LongFunction<Long> model = time.model();
    String t = time.sql();
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        String field = pick(FIELDS);
        return new Expression<>(
            "EXTRACT(" + field + " FROM " + t + ")", x -> TimeModel.field(model.apply(x), field));
      }
      case 2, 3 -> {
        String unit = pick(UNITS);
        long other = time();
        boolean first = random.nextBoolean();
        String literal = literal(other);
        return new Expression<>(
            "TIMESTAMPDIFF("
                + unit
                + ", "
                + (first ? t + ", " + literal : literal + ", " + t)
                + ")",
            x -> {
              long value = model.apply(x);
              long from = first ? value : other;
              long to = first ? other : value;
              if (UNITS.indexOf(unit) <= UNITS.indexOf("WEEK")) {
                Math.subtractExact(to, from);
              }
              return TimeModel.difference(from, to, unit);
            });
      }
      case 4 -> {
        return new Expression<>("CAST(" + t + " AS VARCHAR)", x -> TimeModel.text(model.apply(x)));
      }
      case 5 -> {
        return new Expression<>(
            "CAST(" + t + " AS DATE)",
            x -> (int) TimeModel.dateTime(model.apply(x)).toLocalDate().toEpochDay());
      }
      case 6 -> {
        return new Expression<>("TO_NANOS(" + t + ")", model::apply);
      }
      default -> {
        return new Expression<>(t, model::apply);
      }
    }
  }

  /** A condition; its sides never leave 64 bits for a time that a point can have. */
  Expression<Boolean> condition(int depth) {
    if (depth > 0) {
      Expression<Boolean> a = condition(depth - 1);
      Expression<Boolean> b = condition(random.nextInt(depth));
      switch (random.nextInt(4)) {
        case 0 -> {
          return new Expression<>(
              "(" + a.sql() + " AND " + b.sql() + ")",
              x -> a.model().apply(x) && b.model().apply(x));
        }
        case 1 -> {
          return new Expression<>(
              "(" + a.sql() + " OR " + b.sql() + ")",
              x -> a.model().apply(x) || b.model().apply(x));
        }
        case 2 -> {
          return new Expression<>("NOT (" + a.sql() + ")", x -> !a.model().apply(x));
        }
        default -> {
          return a;
        }
      }
    }
    long low = time();
    long high = random.nextInt(3) == 0 ? low + random.nextInt(3) : time();
    Expression<Long> side = side();
    LongFunction<Long> model = side.model();
    String t = side.sql();
    switch (random.nextInt(8)) {
      case 0 -> {
        return new Expression<>(
            t + " BETWEEN " + comparable(low) + " AND " + comparable(high),
            x -> model.apply(x) >= low && model.apply(x) <= high);
      }
      case 1 -> {
        String not = random.nextBoolean() ? "NOT " : "";
        long middle = time();
        return new Expression<>(
            t + " " + not + "IN (" + low + ", " + middle + ", " + high + ")",
            x ->
                (model.apply(x) == low || model.apply(x) == middle || model.apply(x) == high)
                    == not.isEmpty());
      }
      case 2 -> {
        return dateCondition(t, model, low);
      }
      case 3 -> {
        long start = Math.min(low, high);
        long end = Math.max(low, high);
        return new Expression<>(
            "TIME_IN(" + t + ", '" + TimeModel.text(start) + "/" + TimeModel.text(end) + "')",
            x -> model.apply(x) >= start && model.apply(x) < end);
      }
      default -> {
        String operator = pick(List.of("=", "<>", "<", "<=", ">", ">="));
        boolean flipped = random.nextBoolean();
        String constant = comparable(low);
        return new Expression<>(
            flipped ? constant + " " + operator + " " + t : t + " " + operator + " " + constant,
            x ->
                compared(flipped ? low : model.apply(x), operator, flipped ? model.apply(x) : low));
      }
    }
  }

  private static boolean compared(long a, String operator, long b) {
    return switch (operator) {
      case "=" -> a == b;
      case "<>" -> a != b;
      case "<" -> a < b;
      case "<=" -> a <= b;
      case ">" -> a > b;
      default -> a >= b;
    };
  }

  private Expression<Boolean> dateCondition(String t, LongFunction<Long> model, long time) {
    String operator = pick(List.of("=", "<", "<=", ">", ">="));
    if (random.nextBoolean()) {
      LocalDate date = TimeModel.dateTime(time).toLocalDate();
      return new Expression<>(
          "CAST(" + t + " AS DATE) " + operator + " DATE '" + date + "'",
          x ->
              compared(
                  TimeModel.dateTime(model.apply(x)).toLocalDate().toEpochDay(),
                  operator,
                  date.toEpochDay()));
    }
    String field = pick(FIELDS);
    long value = TimeModel.field(time, field);
    return new Expression<>(
        "EXTRACT(" + field + " FROM " + t + ") " + operator + " " + value,
        x -> compared(TimeModel.field(model.apply(x), field), operator, value));
  }

  /** The time itself, or something of it that stays inside 64 bits. */
  private Expression<Long> side() {
    if (random.nextBoolean()) {
      return new Expression<>(TIME, t -> t);
    }
    Expression<Long> side;
    do {
      side = time(1);
    } while (!fits(side.model(), TimeRange.MIN_NANOS)
        || !fits(side.model(), TimeRange.MAX_POINT_NANOS));
    return side;
  }

  /** Whether the value for a time fits 64 bits. */
  static boolean fits(LongFunction<?> model, long time) {
    try {
      return model.apply(time) != null;
    } catch (ArithmeticException e) {
      return false;
    }
  }
}
