package org.btrdb.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.btrdb.client.time.IsoTime;

/**
 * Random statements of the shapes that are pushed down, over the streams of {@link
 * RandomReadsData}: ranges, buckets, origins, aggregates, filters, limits, joins, versions, wide
 * and tall tables.
 */
final class RandomReads {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long DAY = 24 * HOUR;

  /** Streams without two points of one time, so that their order is whole. */
  private static final String[] UNIQUE = {"u1", "u2", "u3", "u4"};

  private static final String[] ALL = {"u1", "u2", "u3", "u4", "twice", "none"};

  private final Random random;
  private final List<Long> instants;
  private final List<Long> versions;

  /**
   * A statement.
   *
   * @param sql ends without a semicolon
   * @param exact for each column whether it is exact; others are sums, rounded
   * @param ordered whether its rows have one order
   */
  record Statement(String sql, List<Boolean> exact, boolean ordered) {}

  /**
   * Statements about points near some times.
   *
   * @param versions that the first stream has
   */
  RandomReads(Random random, List<Long> instants, List<Long> versions) {
    this.random = random;
    this.instants = instants;
    this.versions = versions;
  }

  /** The next statement. */
  Statement next() {
    return switch (random.nextInt(12)) {
      case 0 -> raw();
      case 1 -> chance(60) ? raw() : byValue();
      case 2, 3 -> aggregate("\"d\"." + pick(ALL), "time", "value");
      case 4 -> aggregateOfNested();
      case 5, 6 -> join();
      case 7 -> wideRows();
      case 8 -> aggregate("wide.\"d\"", "time", pick("u1", "u2", "u3", "u4", "none"));
      case 9 -> tallRows();
      case 10 -> tallAggregate();
      default -> combined();
    };
  }

  // ---- parts

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private long instant() {
    return instants.get(random.nextInt(instants.size())) + random.nextInt(3) - 1;
  }

  /** The same time as SQL writes it in one of several ways. */
  private String time(long nanos) {
    String text = IsoTime.format(nanos);
    String plain = text.substring(0, text.length() - 1).replace('T', ' ');
    return switch (random.nextInt(4)) {
      case 0 -> "TIMESTAMP '" + plain + "'";
      case 1 -> "TIMESTAMP '" + text + "'";
      case 2 -> "'" + plain + "'";
      default -> "FROM_NANOS(" + nanos + ")";
    };
  }

  /** A time in words that say its type. */
  private String typedTime(long nanos) {
    return "FROM_NANOS(" + nanos + ")";
  }

  private String comparison() {
    return pick(" = ", " <> ", " < ", " <= ", " > ", " >= ");
  }

  private String range(String time) {
    long a = instant();
    long b = instant();
    return time
        + pick(" >= ", " > ")
        + time(Math.min(a, b))
        + " AND "
        + time
        + pick(" < ", " <= ")
        + time(Math.max(a, b));
  }

  private String timeCondition(String time) {
    return switch (random.nextInt(12)) {
      case 0 -> time + comparison() + time(instant());
      case 1 -> {
        long a = instant();
        long b = instant();
        yield time
            + pick(" BETWEEN ", " NOT BETWEEN ")
            + time(Math.min(a, b))
            + " AND "
            + time(Math.max(a, b));
      }
      case 2 ->
          time
              + pick(" IN (", " NOT IN (")
              + typedTime(instant())
              + ", "
              + typedTime(instant())
              + ", "
              + typedTime(instant())
              + ")";
      case 3 -> "(" + range(time) + " OR " + range(time) + ")";
      case 4 -> "NOT (" + range(time) + ")";
      case 5 ->
          "FLOOR("
              + time
              + " TO "
              + pick("HOUR", "DAY", "MONTH", "WEEK", "MINUTE", "YEAR")
              + ")"
              + comparison()
              + typedTime(Math.floorDiv(instant(), DAY) * DAY);
      case 6 ->
          "CAST("
              + time
              + " AS DATE)"
              + comparison()
              + "DATE '"
              + IsoTime.format(instant()).substring(0, 10)
              + "'";
      default -> range(time);
    };
  }

  private String valueCondition(String value) {
    return switch (random.nextInt(12)) {
      case 0 -> value + " BETWEEN " + random.nextInt(-5, 0) + " AND " + random.nextInt(5);
      case 1 -> value + pick(" IN (1, 2.5, -3)", " NOT IN (1, 2.5, -3)");
      case 2 -> "NOT (" + value + " > " + random.nextInt(5) + ")";
      case 3 -> "ABS(" + value + ") < " + random.nextInt(6);
      case 4 -> "(" + valueCondition(value) + pick(" OR ", " AND ") + valueCondition(value) + ")";
      case 5 -> value + pick(" > ", " <= ") + pick("CAST(NULL AS DOUBLE)", "CAST('NaN' AS DOUBLE)");
      case 6 -> value + " NOT BETWEEN " + random.nextInt(-5, 0) + " AND " + random.nextInt(5);
      default -> value + comparison() + (random.nextInt(-10, 10) / 2.0);
    };
  }

  private String where(String time, String value) {
    List<String> conditions = new ArrayList<>();
    while (chance(75) && conditions.size() < 3) {
      conditions.add(timeCondition(time));
    }
    if (chance(30)) {
      conditions.add(valueCondition(value));
    }
    if (chance(4)) {
      conditions.add(pick("1 = 0", time + " IS NULL", time + " IS NOT NULL", "1 = 1"));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String width() {
    return switch (random.nextInt(7)) {
      case 0 -> "'" + random.nextInt(1, 50) + pick("h", "d", "m", "s", "ns") + "'";
      case 1 -> "INTERVAL '" + random.nextInt(1, 60) + "' " + pick("HOUR", "MINUTE", "DAY");
      case 2 -> String.valueOf(1L << random.nextInt(57));
      default -> String.valueOf(1 + random.nextLong(1 + random.nextLong(40 * DAY)));
    };
  }

  private String bucket(String time) {
    return switch (random.nextInt(7)) {
      case 6 ->
          "TIME_FLOOR("
              + time
              + pick(", 'PT1H'", ", 'PT20M'", ", 'P1D'", ", 'P3D'", ", 'P1W'", ", 'P1M'", ", 'P1Y'")
              + pick(", NULL", ", " + typedTime(instant()))
              + pick(", 'UTC')", ", 'Europe/Berlin')", ", 'Australia/Lord_Howe')");
      case 0 ->
          "FLOOR("
              + time
              + " TO "
              + pick("HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "MINUTE", "SECOND")
              + ")";
      case 1 -> "CAST(" + time + " AS DATE)";
      case 2 -> "date_bin(" + width() + ", " + time + ", " + typedTime(instant()) + ")";
      default -> "date_bin(" + width() + ", " + time + ")";
    };
  }

  private void aggregates(String time, String value, List<String> select, List<Boolean> exact) {
    int count = random.nextInt(1, 6);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(12)) {
        case 0, 1 -> add(select, exact, "COUNT(*)", true);
        case 2 -> add(select, exact, "COUNT(" + value + ")", true);
        case 3, 4 -> add(select, exact, "MIN(" + value + ")", true);
        case 5, 6 -> add(select, exact, "MAX(" + value + ")", true);
        case 7 -> add(select, exact, "TO_NANOS(" + pick("MIN", "MAX") + "(" + time + "))", true);
        case 8 -> add(select, exact, "SUM(" + value + ")", false);
        case 9 -> add(select, exact, "AVG(" + value + ")", false);
        case 10 ->
            add(
                select,
                exact,
                pick("STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP") + "(" + value + ")",
                false);
        default ->
            add(
                select,
                exact,
                pick(
                    "COUNT(DISTINCT " + value + ")",
                    "MAX(" + value + ") - MIN(" + value + ")",
                    "MAX(ABS(" + value + "))",
                    "COUNT(*) FILTER (WHERE " + valueCondition(value) + ")",
                    "MAX(" + value + ") FILTER (WHERE " + valueCondition(value) + ")",
                    "SUM(CASE WHEN " + valueCondition(value) + " THEN 1 ELSE 0 END)",
                    "COUNT(CASE WHEN " + valueCondition(value) + " THEN 1 END)",
                    "MIN(CASE WHEN " + valueCondition(value) + " THEN " + value + " END)"),
                true);
      }
    }
  }

  private static void add(List<String> select, List<Boolean> exact, String sql, boolean isExact) {
    select.add(sql);
    exact.add(isExact);
  }

  private static String order(int columns) {
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      keys.add(String.valueOf(i));
    }
    return String.join(", ", keys);
  }

  private String limit() {
    return switch (random.nextInt(4)) {
      case 0 -> " LIMIT " + random.nextInt(20);
      case 1 -> " LIMIT " + random.nextInt(1, 400) + " OFFSET " + random.nextInt(30);
      case 2 -> " OFFSET " + random.nextInt(100) + " ROWS";
      default -> "";
    };
  }

  // ---- statements

  private Statement raw() {
    boolean versioned = chance(25);
    String stream = versioned ? "u1" : pick(UNIQUE);
    String from = "\"d\"." + stream;
    if (versioned) {
      from += " FOR VERSION AS OF " + versions.get(random.nextInt(versions.size()));
    }
    String columns =
        pick("TO_NANOS(time), value", "value, TO_NANOS(time)", "TO_NANOS(time)", "value * 2, time");
    List<Boolean> exact = new ArrayList<>();
    for (int i = 0; i <= columns.chars().filter(c -> c == ',').count(); i++) {
      exact.add(true);
    }
    String order = pick("", " ORDER BY time", " ORDER BY time", " ORDER BY time DESC");
    return new Statement(
        "SELECT "
            + columns
            + " FROM "
            + from
            + where("time", "value")
            + order
            + (order.isEmpty() ? "" : limit()),
        exact,
        !order.isEmpty());
  }

  /** The first in the order of values; equal ones have no other order than that of their times. */
  private Statement byValue() {
    return new Statement(
        "SELECT TO_NANOS(time), value FROM \"d\"."
            + pick(UNIQUE)
            + where("time", "value")
            + " ORDER BY value"
            + pick("", " DESC")
            + ", time LIMIT "
            + random.nextInt(30)
            + pick("", " OFFSET 3"),
        List.of(true, true),
        true);
  }

  private Statement aggregate(String from, String time, String value) {
    List<String> select = new ArrayList<>();
    List<Boolean> exact = new ArrayList<>();
    String bucket = chance(65) ? bucket(time) : "";
    if (!bucket.isEmpty()) {
      add(select, exact, bucket + " AS b", true);
    }
    aggregates(time, value, select, exact);
    String sql = "SELECT " + String.join(", ", select) + " FROM " + from + where(time, value);
    if (bucket.isEmpty()) {
      return new Statement(sql, exact, true);
    }
    sql += " GROUP BY " + bucket;
    if (chance(20)) {
      sql +=
          " HAVING " + pick("COUNT(*) > 2", "MAX(" + value + ") > 0.7", "MIN(" + value + ") < 0");
    }
    boolean ordered = chance(50);
    return new Statement(
        ordered ? sql + " ORDER BY b" + pick("", " DESC") + limit() : sql, exact, ordered);
  }

  private Statement aggregateOfNested() {
    String inner =
        "(SELECT time, value"
            + pick("", " + 1")
            + " AS value FROM \"d\"."
            + pick(UNIQUE)
            + where("time", "value")
            + ") AS n";
    return chance(50)
        ? aggregate(inner, "n.time", "n.value")
        : aggregate("(SELECT * FROM " + inner + ") AS m", "m.time", "m.value");
  }

  private Statement join() {
    int sides = random.nextInt(2, 5);
    StringBuilder from = new StringBuilder("\"d\"." + pick(UNIQUE) + " AS a0");
    for (int i = 1; i < sides; i++) {
      String on = "a" + random.nextInt(i) + ".time = a" + i + ".time";
      if (chance(15)) {
        on += " AND a" + i + ".value > 0";
      }
      from.append(pick(" JOIN ", " JOIN ", " LEFT JOIN ", " FULL JOIN "))
          .append("\"d\".")
          .append(pick(UNIQUE))
          .append(" AS a")
          .append(i)
          .append(" ON ")
          .append(on);
    }
    int chosen = random.nextInt(sides);
    String time = "a" + chosen + ".time";
    String value = "a" + random.nextInt(sides) + ".value";
    if (chance(40)) {
      return aggregate(from.toString(), time, value);
    }
    List<String> select = new ArrayList<>();
    List<Boolean> exact = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      add(select, exact, "TO_NANOS(a" + i + ".time)", true);
      add(select, exact, "a" + i + ".value", true);
    }
    if (chance(30)) {
      add(select, exact, "a0.value - a1.value", true);
    }
    boolean ordered = chance(30);
    return new Statement(
        "SELECT "
            + String.join(", ", select)
            + " FROM "
            + from
            + where(time, value)
            + (ordered ? " ORDER BY " + order(select.size()) + limit() : ""),
        exact,
        ordered);
  }

  private Statement wideRows() {
    List<String> columns = new ArrayList<>(List.of("u1", "u2", "u3", "u4", "none"));
    java.util.Collections.shuffle(columns, random);
    List<String> chosen = new ArrayList<>(columns.subList(0, random.nextInt(1, 5)));
    String value = pick(chosen.get(0), columns.get(0));
    List<String> select = new ArrayList<>(List.of("TO_NANOS(time)"));
    select.addAll(chosen);
    if (chance(20)) {
      select.add("COALESCE(" + chosen.get(0) + ", 0) + 1");
    }
    List<Boolean> exact = select.stream().map(s -> true).toList();
    String condition = where("time", value);
    if (chance(20)) {
      condition +=
          (condition.isEmpty() ? " WHERE " : " AND ")
              + value
              + pick(" IS NULL", " IS NOT NULL", " IS DISTINCT FROM 1");
    }
    boolean ordered = chance(60);
    return new Statement(
        "SELECT "
            + String.join(", ", select)
            + " FROM "
            + pick("\"d\"", "wide.\"d\"")
            + condition
            + (ordered ? " ORDER BY time" + limit() : ""),
        exact,
        ordered);
  }

  private String streams() {
    Supplier<String> one =
        () ->
            pick(
                "unit = 'volts'",
                "unit <> 'amps'",
                "name IN ('u1', 'u3')",
                "name LIKE 'u%'",
                "collection LIKE '%'",
                "unit IS NULL",
                "annotations['n'] > '2'",
                "tags['unit'] = 'amps' OR name = 'u1'",
                "UPPER(name) < 'U3'");
    return "collection "
        + pick("= 'd'", "LIKE 'd%'", "LIKE '_'", "IN ('d', 'e')")
        + (chance(60) ? " AND (" + one.get() + ")" : "");
  }

  private String tall() {
    return pick("tall.\"d\"", "btrdb.points", "btrdb.points");
  }

  private String tallWhere() {
    String times = where("time", "value");
    return (times.isEmpty() ? " WHERE " : times + " AND ") + streams();
  }

  private Statement tallRows() {
    String select = "SELECT collection, name, TO_NANOS(time), value, unit";
    List<Boolean> exact = List.of(true, true, true, true, true);
    if (chance(25)) {
      return new Statement(
          select
              + " FROM "
              + tall()
              + " WHERE "
              + streams()
              + " AND name <> 'twice'"
              + (chance(50) ? " AND " + timeCondition("time") : "")
              + " QUALIFY ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY time"
              + pick("", " DESC")
              + ") = 1",
          exact,
          false);
    }
    String order =
        pick(
            "",
            " ORDER BY collection, name, time",
            " ORDER BY name DESC, collection, time",
            " ORDER BY unit NULLS FIRST, name, collection, time, value",
            " ORDER BY time, collection, name, value");
    // Points of one time in one stream have no order among themselves, but for their values.
    boolean limited = order.endsWith("value") && chance(60);
    return new Statement(
        select + " FROM " + tall() + tallWhere() + order + (limited ? limit() : ""),
        exact,
        order.endsWith("value"));
  }

  private Statement tallAggregate() {
    List<String> keys = new ArrayList<>();
    for (String key :
        new String[] {"collection", "name", "unit", "uuid", "tags['unit']", "annotations['n']"}) {
      if (chance(25)) {
        keys.add(key);
      }
    }
    if (chance(50)) {
      keys.add(bucket("time"));
    }
    List<String> select = new ArrayList<>(keys);
    List<Boolean> exact = new ArrayList<>(keys.stream().map(k -> true).toList());
    aggregates("time", "value", select, exact);
    return new Statement(
        "SELECT "
            + String.join(", ", select)
            + " FROM "
            + tall()
            + tallWhere()
            + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys)),
        exact,
        false);
  }

  private Statement combined() {
    String first = "SELECT TO_NANOS(time), value FROM \"d\"." + pick(ALL) + where("time", "value");
    String second = "SELECT TO_NANOS(time), value FROM \"d\"." + pick(ALL) + where("time", "value");
    List<Boolean> exact = List.of(true, true);
    return switch (random.nextInt(4)) {
      case 0 -> new Statement(first + " UNION ALL " + second, exact, false);
      case 1 ->
          new Statement(first + pick(" UNION ", " INTERSECT ", " EXCEPT ") + second, exact, false);
      case 2 ->
          new Statement(
              "SELECT TO_NANOS(time), value FROM \"d\"."
                  + pick(ALL)
                  + " WHERE time "
                  + pick("IN", "NOT IN")
                  + " (SELECT time FROM \"d\"."
                  + pick(ALL)
                  + where("time", "value")
                  + ")",
              exact,
              false);
      default ->
          new Statement(
              "SELECT TO_NANOS(time), value FROM \"d\"."
                  + pick(ALL)
                  + " WHERE value"
                  + comparison()
                  + "(SELECT "
                  + pick("MIN(value)", "MAX(value)", "MIN(value) - 1.25", "COUNT(*) / 100.0")
                  + " FROM \"d\"."
                  + pick(UNIQUE)
                  + where("time", "value")
                  + ")",
              exact,
              false);
    };
  }
}
