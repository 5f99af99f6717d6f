package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.expression.ValueOrder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Where Calcite or a server, left alone, answers wrong: by the numbers of the design's list of
 * traps. Those of servers are tested where they are met, with their numbers beside them: 3, 4, 6, 7
 * and 17 in this package, 19 in the driver's StatementTest, 5, 20 and 21 in client-core.
 */
class TrapsTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** The doubles of {@link #DOUBLES}, row by row. */
  private static final List<Double> VALUES =
      Arrays.asList(NAN, INFINITY, -INFINITY, 0.0, -0.0, 1.5, null, NAN, -2.0, 1.5);

  private static final String DOUBLES =
      "(SELECT value AS i, CASE CAST(value AS INTEGER) WHEN 0 THEN CAST('NaN' AS DOUBLE)"
          + " WHEN 1 THEN CAST('Infinity' AS DOUBLE) WHEN 2 THEN CAST('-Infinity' AS DOUBLE)"
          + " WHEN 3 THEN 0e0 WHEN 4 THEN -1e0 * 0 WHEN 5 THEN 1.5e0 WHEN 7 THEN 0e0 / 0"
          + " WHEN 8 THEN -2e0 WHEN 9 THEN 1.5e0 END AS v FROM \"t\".s)";

  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);

  TrapsTest() {
    long[] times = new long[10];
    double[] values = new double[10];
    Arrays.setAll(times, i -> i);
    Arrays.setAll(values, i -> i);
    db.stream("t", "s", times, values);
    db.stream("t", "r", new long[] {2, 4, 40}, new double[] {1, 2, 3});
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void refused(String sql, String... words) {
    assertThatThrownBy(() -> db.rows(sql), sql)
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContainingAll(words);
  }

  private static int order(@Nullable Double a, @Nullable Double b) {
    double x = Objects.requireNonNull(a);
    double y = Objects.requireNonNull(b);
    return ValueOrder.compare(x, y);
  }

  @Test
  void trap08NanIsEqualToItselfAndAboveAllOthersInComparisons() {
    for (int i = 0; i < VALUES.size(); i++) {
      for (int j = 0; j < VALUES.size(); j++) {
        Double a = VALUES.get(i);
        Double b = VALUES.get(j);
        String sql =
            "SELECT a.v = b.v, a.v <> b.v, a.v < b.v, a.v <= b.v, a.v > b.v, a.v >= b.v,"
                + " a.v IS DISTINCT FROM b.v, a.v IS NOT DISTINCT FROM b.v, a.v IN (b.v, 7),"
                + " a.v BETWEEN b.v AND b.v, NULLIF(a.v, b.v) IS NULL FROM "
                + DOUBLES
                + " AS a CROSS JOIN "
                + DOUBLES
                + " AS b WHERE a.i = "
                + i
                + " AND b.i = "
                + j;
        if (i % 3 != j % 3) {
          continue; // a third of the pairs has one of each kind
        }
        boolean same = Objects.equals(a, b) || (a != null && b != null && order(a, b) == 0);
        List<@Nullable Object> expected =
            a == null || b == null
                ? Arrays.asList(
                    null, null, null, null, null, null, !same, same, null, null, a == null)
                : List.of(
                    same,
                    !same,
                    order(a, b) < 0,
                    order(a, b) <= 0,
                    order(a, b) > 0,
                    order(a, b) >= 0,
                    !same,
                    same,
                    same,
                    same,
                    same);
        assertThat(both.row(sql)).as("%s and %s", a, b).isEqualTo(expected);
      }
    }
  }

  @Test
  void trap08NanIsLastInOrderAndOneGroup() {
    List<List<Object>> ascending =
        VALUES.stream()
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(v -> v, TrapsTest::order))
            .map(v -> List.<Object>of(v + 0.0, 1))
            .toList();
    assertThat(
            both.rows(
                "SELECT CASE WHEN v = 0 THEN 0e0 ELSE v END AS v, 1 AS k1 FROM "
                    + DOUBLES
                    + " WHERE v IS NOT NULL ORDER BY v"))
        .isEqualTo(ascending);
    assertThat(
            both.rows(
                "SELECT v, 1 AS k1 FROM "
                    + DOUBLES
                    + " WHERE v > 0 OR v < 0 ORDER BY v DESC NULLS LAST LIMIT 3"))
        .containsExactly(List.of(NAN, 1), List.of(NAN, 1), List.of(INFINITY, 1));
    assertThat(
            both.rows(
                "SELECT CASE WHEN v = 0 THEN 0e0 ELSE v END AS v, n FROM (SELECT v, COUNT(*) AS n"
                    + " FROM "
                    + DOUBLES
                    + " GROUP BY v) ORDER BY v"))
        .containsExactly(
            List.of(-INFINITY, 1L),
            List.of(-2.0, 1L),
            List.of(0.0, 2L),
            List.of(1.5, 2L),
            List.of(INFINITY, 1L),
            List.of(NAN, 2L),
            Arrays.asList(null, 1L));
    assertThat(both.row("SELECT COUNT(DISTINCT v), 1 AS k1 FROM " + DOUBLES))
        .containsExactly(6L, 1);
    assertThat(both.row("SELECT COUNT(v), 1 AS k1 FROM " + DOUBLES)).containsExactly(9L, 1);
    assertThat(
            both.row(
                "SELECT COUNT(*), 1 AS k1 FROM (SELECT v, 1 AS k1 FROM "
                    + DOUBLES
                    + " UNION SELECT v, 1 AS k1 FROM "
                    + DOUBLES
                    + ") AS u"))
        .containsExactly(7L, 1);
    assertThat(
            both.row(
                "SELECT COUNT(*), 1 AS k1 FROM "
                    + DOUBLES
                    + " AS a JOIN "
                    + DOUBLES
                    + " AS b ON a.v = b.v"))
        .as("NaN finds two, 0.0 finds -0.0")
        .containsExactly(4L + 1 + 1 + 4 + 4 + 1, 1);
    assertThat(
            both.row(
                "SELECT COUNT(*), 1 AS k1 FROM "
                    + DOUBLES
                    + " AS a JOIN "
                    + DOUBLES
                    + " AS b ON a.v < b.v"))
        .containsExactly(pairsBelow(), 1);
  }

  private static long pairsBelow() {
    return VALUES.stream()
        .filter(Objects::nonNull)
        .flatMap(a -> VALUES.stream().filter(b -> b != null && order(a, b) < 0))
        .count();
  }

  @Test
  void trap08NanIsTheLargestOfAggregatesAndSpoilsSums() {
    assertThat(
            both.row(
                "SELECT MAX(v), MIN(v), SUM(v), AVG(v), STDDEV_POP(v), ARG_MAX(i, v),"
                    + " MAX(v) FILTER (WHERE i > 0 AND i < 7) FROM "
                    + DOUBLES))
        .isEqualTo(Arrays.asList(NAN, -INFINITY, NAN, NAN, NAN, 0.0, INFINITY));
    assertThat(both.row("SELECT MIN(v), MAX(v) FROM " + DOUBLES + " WHERE i IN (0, 7)"))
        .containsExactly(NAN, NAN);
    assertThat(
            both.rows(
                "SELECT i, RANK() OVER (ORDER BY v), DENSE_RANK() OVER (ORDER BY v DESC),"
                    + " MAX(v) OVER (PARTITION BY v > 1), MIN(v) OVER (ORDER BY i ROWS 1 PRECEDING)"
                    + " FROM "
                    + DOUBLES
                    + " WHERE v > 0 OR v < 0 ORDER BY i"))
        .containsExactly(
            List.of(0.0, 6L, 1L, NAN, NAN),
            List.of(1.0, 5L, 2L, NAN, INFINITY),
            List.of(2.0, 1L, 5L, -2.0, -INFINITY),
            List.of(5.0, 3L, 3L, NAN, -INFINITY),
            List.of(7.0, 6L, 1L, NAN, 1.5),
            List.of(8.0, 2L, 4L, -2.0, -2.0),
            List.of(9.0, 3L, 3L, NAN, -2.0));
  }

  @Test
  void trap08NanLiteralsAndFunctionsAgreeWithColumns() {
    assertThat(
            both.row(
                "SELECT CAST('NaN' AS DOUBLE) > 1, CAST('NaN' AS DOUBLE) = CAST('NaN' AS DOUBLE),"
                    + " IS_NAN(v), v > 1, v = v, CASE v WHEN CAST('NaN' AS DOUBLE) THEN 1 END FROM "
                    + DOUBLES
                    + " WHERE i = 0"))
        .containsExactly(true, true, true, true, true, 1);
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE value >= CAST('NaN' AS DOUBLE)")).isEmpty();
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE value < CAST('NaN' AS DOUBLE)"))
        .hasSize(10);
  }

  /** {@link AsofJoinTest} has every form, by our operators. */
  @Test
  void trap27CalcitesOwnAsofJoinIsRefused() {
    SqlSession calcite =
        SqlSession.over(
            db.btrdb(), SessionOptions.DEFAULT.withExecutor(SessionOptions.Executor.ENUMERABLE));
    assertThatThrownBy(
            () ->
                calcite.prepare(
                    "SELECT a.time, b.value FROM \"t\".s AS a ASOF JOIN \"t\".r AS b MATCH_CONDITION"
                        + " b.time <= a.time ON TRUE",
                    "",
                    CallScope.unbounded()))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("not supported");
  }

  @Test
  void trap28GroupByIsStrict() {
    refused("SELECT time, value FROM \"t\".s GROUP BY time", "value", "not being grouped");
    refused("SELECT value FROM \"t\".s HAVING COUNT(*) > 1", "value");
    refused("SELECT value, COUNT(*) FROM \"t\".s", "value");
  }

  @Test
  void trap28UnknownFunctionsAreFoundBeforeAnythingRuns() {
    refused("SELECT sqrtt(value) FROM \"t\".s", "sqrtt");
    assertThat(db.calls()).isEmpty();
    refused("SELECT value AS v, v + 1 AS w FROM \"t\".s", "'v'");
  }

  @Test
  void trap28NamesPreferTheirExactSpelling() {
    db.stream("t", "CASE1", new long[] {1}, new double[] {1});
    db.stream("t", "case1", new long[] {1}, new double[] {2});
    assertThat(db.rows("SELECT value FROM \"t\".CASE1")).containsExactly(List.of(1.0));
    assertThat(db.rows("SELECT value FROM \"t\".case1")).containsExactly(List.of(2.0));
    assertThatThrownBy(() -> db.rows("SELECT value FROM \"t\".Case1"))
        .hasMessageContainingAll("CASE1", "case1");
  }

  @Test
  void trap28IntervalsAreNotCutToMilliseconds() {
    for (String interval :
        List.of(
            "INTERVAL '0.0000001' SECOND",
            "INTERVAL '0.0015' SECOND",
            "INTERVAL '1:00.0005' MINUTE TO SECOND",
            "INTERVAL '1 00:00:00.0001' DAY TO SECOND(4)",
            "INTERVAL -'0.0001' SECOND")) {
      refused("SELECT time + " + interval + " FROM \"t\".s", "whole milliseconds");
      refused("SELECT value FROM \"t\".s WHERE time > NOW() - " + interval, "whole milliseconds");
      refused("SELECT date_bin(" + interval + ", time) FROM \"t\".s", "whole milliseconds");
    }
    assertThat(
            both.row(
                "SELECT TO_NANOS(time + INTERVAL '0.001000' SECOND), 1 AS k1 FROM \"t\".s"
                    + " WHERE value = 0"))
        .containsExactly(1_000_000L, 1);
    refused("SELECT time + INTERVAL '1' MILLISECOND FROM \"t\".s", "MILLISECOND");
  }

  @Test
  void trap28DifferencesDoNotOverflowAnInteger() {
    assertThat(
            both.row(
                "SELECT TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '2018-01-01 00:00:00', TIMESTAMP"
                    + " '2018-01-01 02:00:00'), TIMESTAMPDIFF(NANOSECOND, TIMESTAMP '1940-01-01"
                    + " 00:00:00', TIMESTAMP '2079-01-01 02:00:00'), TIMESTAMPADD(NANOSECOND,"
                    + " 7200000000000, time) FROM \"t\".s WHERE value = 0"))
        .containsExactly(7_200_000_000L, 4_386_535_200_000_000_000L, 7_200_000_000_000L);
  }

  @Test
  void trap29FullJoinOnTimeIsMergedAndHoldsNothing() {
    String sql =
        "SELECT a.time, a.value, b.time, b.value FROM \"t\".s AS a FULL JOIN \"t\".r AS b"
            + " ON a.time = b.time";
    assertThat(db.plan(sql)).anyMatch(line -> line.contains("Merge join, FULL"));
    assertThat(both.unordered(sql))
        .hasSize(11)
        .contains(
            List.of(2L, 2.0, 2L, 1.0),
            Arrays.asList(3L, 3.0, null, null),
            Arrays.asList(null, null, 40L, 3.0));
  }

  @Test
  void castsOfNumbersToTextAreWhatTheDriverShows() {
    assertThat(
            both.row(
                "SELECT CAST(CAST(2 AS DOUBLE) AS VARCHAR), CAST(value AS VARCHAR),"
                    + " CAST(value - 1 AS VARCHAR), CAST(1e20 AS VARCHAR), CAST(0.5 AS VARCHAR),"
                    + " CAST(CAST('NaN' AS DOUBLE) AS VARCHAR), CAST(12.5e0 AS VARCHAR(4)),"
                    + " CAST(1e0 AS CHAR(5)), 'v=' || value FROM \"t\".s WHERE value = 0"))
        .containsExactly("2.0", "0.0", "-1.0", "1.0E20", "0.5", "NaN", "12.5", "1.0  ", "v=0.0");
    assertThat(db.rows("SELECT CAST(CAST(value AS REAL) AS VARCHAR) FROM \"t\".s WHERE value < 2"))
        .containsExactly(List.of("0.0"), List.of("1.0"));
    assertThat(db.rows("SELECT CAST(CAST(2 AS DOUBLE) AS VARCHAR)"))
        .containsExactly(List.of("2.0"));
  }

  @Test
  void averagesOfWholeNumbersAndDecimalsKeepTheirFraction() {
    String numbers =
        "(SELECT CAST(value AS INTEGER) AS i, CAST(value AS BIGINT) * 1000000000000 AS b,"
            + " CAST(value AS SMALLINT) AS h, CAST(value AS DECIMAL(5, 1)) AS d,"
            + " CAST(value AS INTEGER) / 4 AS g FROM \"t\".s WHERE value BETWEEN 2 AND 5)";
    assertThat(
            both.row(
                "SELECT AVG(i), AVG(b), AVG(h), AVG(d), AVG(DISTINCT g), AVG(i + 1),"
                    + " AVG(i) FILTER (WHERE i < 4), AVG(i) FILTER (WHERE i > 9), AVG(NULLIF(i, 2))"
                    + " FROM "
                    + numbers))
        .isEqualTo(Arrays.asList(3.5, 3.5e12, 3.5, 3.5, 0.5, 4.5, 2.5, null, 4.0));
    assertThat(both.rows("SELECT g, AVG(i) FROM " + numbers + " GROUP BY g ORDER BY g"))
        .containsExactly(List.of(0, 2.5), List.of(1, 4.5));
    assertThat(both.rows("SELECT i, AVG(i) OVER (ORDER BY i), AVG(d) OVER () FROM " + numbers))
        .containsExactly(
            List.of(2, 2.0, 3.5), List.of(3, 2.5, 3.5), List.of(4, 3.0, 3.5), List.of(5, 3.5, 3.5));
    assertThat(db.rows("SELECT AVG(x) FROM (VALUES (2), (3)) AS v (x)"))
        .containsExactly(List.of(2.5));
    assertThat(db.rows("SELECT AVG(x) FROM (VALUES (1.5), (2.0)) AS v (x)"))
        .containsExactly(List.of(1.75));
    assertThat(both.row("SELECT AVG(i + 2147483640), 1 AS k1 FROM " + numbers))
        .containsExactly(2147483643.5, 1);
    String columns = db.prepare("SELECT AVG(i), AVG(d) FROM " + numbers).columns().toString();
    assertThat(columns).contains("DOUBLE").doesNotContain("INTEGER");
  }

  @Test
  void castsToTextAreRefusedWhereTheyWouldCutAValue() {
    for (String value :
        List.of(
            "12345678e0",
            "value + 12345678",
            "CAST(value AS BIGINT) + 12345678",
            "CAST(value + 0.25 AS DECIMAL(8, 5))",
            "CAST(value + 0.25 AS REAL) * 1e10",
            "value < 0",
            "FALSE OR value < 0",
            "time",
            "TIMESTAMP '2018-01-01 00:00:00'",
            "CAST(time AS DATE)",
            "uuid")) {
      for (String type : List.of("VARCHAR(4)", "CHAR(4)")) {
        String sql = "SELECT CAST(" + value + " AS " + type + ") FROM \"t\".s WHERE value = 0";
        if (value.equals("uuid")) {
          sql = "SELECT CAST(uuid AS " + type + ") FROM btrdb.streams";
        }
        for (SessionOptions.Executor executor :
            List.of(SessionOptions.Executor.BEST, SessionOptions.Executor.ENUMERABLE)) {
          SqlSession session =
              SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
          String text = sql;
          assertThatThrownBy(
                  () -> TestBtrdb.rows(session.prepare(text, "", CallScope.unbounded())),
                  "%s, %s",
                  executor,
                  sql)
              .isInstanceOf(SqlRefusal.class)
              .hasMessageMatching("'.{5,}' has more than 4 characters")
              .extracting(e -> ((SqlRefusal) e).reason().sqlState())
              .isEqualTo("22001");
        }
      }
    }
    assertThat(
            both.row(
                "SELECT CAST('abcdef' || value AS VARCHAR(4)), CAST('ab' AS CHAR(4)),"
                    + " CAST(CAST(value + 12345 AS VARCHAR) AS VARCHAR(4)), CAST(value = 0 AS"
                    + " VARCHAR(4)), CAST(CAST(NULL AS INTEGER) AS VARCHAR(1)), CAST(time AS"
                    + " VARCHAR(30)), CAST(time AS DATE) || '' FROM \"t\".s WHERE value = 0"))
        .isEqualTo(
            Arrays.asList(
                "abcd",
                "ab  ",
                "1234",
                "true",
                null,
                "1970-01-01 00:00:00.000000000",
                "1970-01-01"));
  }

  @Test
  void truthValuesAreSpelledAsTheDriverShowsThem() {
    assertThat(
            both.row(
                "SELECT CAST(TRUE AS VARCHAR), CAST(value = 0 AS VARCHAR), CAST(value > 0 AS"
                    + " VARCHAR(10)), CAST(FALSE AS CHAR(6)), 'is ' || CAST(value = 0 AS VARCHAR),"
                    + " CAST(CAST(NULL AS BOOLEAN) AS VARCHAR), CAST('TRUE' AS BOOLEAN) FROM"
                    + " \"t\".s WHERE value = 0"))
        .isEqualTo(Arrays.asList("true", "true", "false", "false ", "is true", null, true));
    assertThat(db.rows("SELECT CAST(TRUE AS VARCHAR)")).containsExactly(List.of("true"));
    assertThat(db.rows("SELECT COUNT(*) FROM \"t\".s WHERE CAST(TRUE AS VARCHAR) = 'true'"))
        .containsExactly(List.of(10L));
  }

  @Test
  void trap01AveragesOfRaggedBucketsAreWeighted() {
    assertThat(db.rows("SELECT AVG(value), SUM(value) FROM \"t\".s WHERE time >= 1 AND time < 8"))
        .containsExactly(List.of(4.0, 28.0));
    assertThat(
            db.rows(
                "SELECT date_bin(4, time, FROM_NANOS(1)) AS b, AVG(value) FROM \"t\".s"
                    + " WHERE time >= 2 AND time < 9 GROUP BY date_bin(4, time, FROM_NANOS(1))"
                    + " ORDER BY b"))
        .containsExactly(List.of(1L, 3.0), List.of(5L, 6.5));
  }

  @Test
  void trap02DeviationsAreThoseOfSamplesUnlessAskedOtherwise() {
    assertThat(db.rows("SELECT STDDEV(value), STDDEV_POP(value) FROM \"t\".s WHERE time < 2"))
        .containsExactly(List.of(Math.sqrt(0.5), 0.5));
    assertThat(
            db.rows(
                "SELECT STDDEV(value), VAR_SAMP(value), STDDEV_POP(value) FROM \"t\".s"
                    + " WHERE time < 1"))
        .containsExactly(Arrays.asList(null, null, 0.0));
  }

  @Test
  void trap03DeviationsOfServersWithoutThemComeFromPoints() {
    Capabilities can = db.btrdb().capabilities();
    try (TestBtrdb old =
        new TestBtrdb(
            SessionOptions.DEFAULT,
            new Capabilities(
                false,
                can.mergePolicies(),
                can.editableTags(),
                can.maxInsertPoints(),
                can.subscriptions()))) {
      old.stream("t", "s", new long[] {0, 1, 2, 3}, new double[] {1, 3, 5, 7});
      assertThat(old.rows("SELECT STDDEV_POP(value), VAR_SAMP(value) FROM \"t\".s"))
          .containsExactly(List.of(Math.sqrt(5), 20.0 / 3));
      assertThat(old.calls()).containsExactly("raw");
      assertThat(
              old.rows(
                  "SELECT VAR_POP(value) FROM \"t\".s GROUP BY date_bin(2, time) ORDER BY"
                      + " date_bin(2, time)"))
          .containsExactly(List.of(1.0), List.of(1.0));
      assertThat(old.calls()).containsExactly("raw");
    }
  }

  @Test
  void trap09ValuePredicatesAreNotAnsweredFromWholeWindows() {
    assertThat(
            db.rows(
                "SELECT COUNT(*), COUNT(*) FILTER (WHERE value <> 3), SUM(CASE WHEN value > 5 THEN 1"
                    + " ELSE 0 END) FROM \"t\".s WHERE value > 2.5"))
        .containsExactly(List.of(7L, 6L, 4));
  }

  @Test
  void trap10HavingIsOverTheBucketsStatistics() {
    assertThat(
            db.rows(
                "SELECT date_bin(4, time) AS b, MAX(value) FROM \"t\".s GROUP BY date_bin(4, time)"
                    + " HAVING MIN(value) > 1 AND SUM(value * 2) > 20 ORDER BY b"))
        .containsExactly(List.of(4L, 7.0), List.of(8L, 9.0));
  }

  @Test
  void trap11PredicatesOnWideColumnsAreThreeValued() {
    // The streams that a query names make the rows: s is named for all times of both.
    String from =
        "SELECT COUNT(*) FROM (SELECT r, s FROM wide.\"t\" WHERE COALESCE(s, 0) < 99 AND ";
    assertThat(db.rows(from + "r > 1) AS x")).containsExactly(List.of(2L));
    assertThat(db.rows(from + "NOT (r > 1)) AS x")).containsExactly(List.of(1L));
    assertThat(db.rows(from + "(r > 1) IS NOT TRUE) AS x")).containsExactly(List.of(9L));
    assertThat(db.rows(from + "r IS NULL) AS x")).containsExactly(List.of(8L));
    assertThat(db.rows(from + "COALESCE(r, 0) < 1) AS x")).containsExactly(List.of(8L));
    assertThat(db.rows(from + "(r > 1 OR s > 8)) AS x")).containsExactly(List.of(3L));
    assertThat(db.rows("SELECT COUNT(*) FROM btrdb.streams WHERE unit <> 'volts'"))
        .containsExactly(List.of(0L));
  }

  @Test
  void trap12AggregatesOfSeveralWideColumnsReadPoints() {
    assertThat(db.rows("SELECT COUNT(*), COUNT(r), COUNT(s), AVG(r * s) FROM wide.\"t\""))
        .containsExactly(List.of(11L, 3L, 10L, 5.0));
  }

  @Test
  void trap13AnAverageOfAFunctionIsNoFunctionOfTheAverage() {
    assertThat(db.rows("SELECT AVG(value * value) FROM \"t\".s")).containsExactly(List.of(28.5));
  }

  @Test
  void trap14LikeOnCollectionsIsNoPlainPrefix() {
    db.stream("u/PMU1", "x", new long[] {1}, new double[] {1});
    db.stream("u/PMU10", "x", new long[] {1}, new double[] {1});
    String from = "SELECT collection FROM btrdb.streams WHERE collection ";
    assertThat(db.rows(from + "LIKE 'u/PMU1%'")).hasSize(2);
    assertThat(db.rows(from + "LIKE 'u/PMU_'")).containsExactly(List.of("u/PMU1"));
    assertThat(db.rows(from + "= 'u/PMU1'")).containsExactly(List.of("u/PMU1"));
    assertThat(db.rows(from + "LIKE 'u/pmu1'")).isEmpty();
  }

  @Test
  void trap15TagsAreComparedWithTheirCase() {
    assertThat(db.rows("SELECT name FROM btrdb.streams WHERE name = 'S'")).isEmpty();
    assertThat(db.rows("SELECT name FROM btrdb.streams WHERE LOWER(name) = LOWER('S')"))
        .containsExactly(List.of("s"));
  }

  @Test
  void trap16PointsOfOneTimeAreAllThere() {
    db.stream("d", "s", new long[] {1, 2, 2, 3}, new double[] {1, 2, 4, 3});
    assertThat(db.rows("SELECT COUNT(*), SUM(value) FROM \"d\".s"))
        .containsExactly(List.of(4L, 10.0));
    assertThat(db.rows("SELECT value FROM \"d\".s WHERE time = 2")).hasSize(2);
    assertThat(db.rows("SELECT COUNT(*) FROM \"d\".s AS a JOIN \"d\".s AS b ON a.time = b.time"))
        .containsExactly(List.of(6L));
  }

  @Test
  void trap18OneVersionFitsOneStreamOnly() {
    refused("SELECT * FROM wide.\"t\" FOR VERSION AS OF 1", "version");
    refused("SELECT * FROM tall.\"t\" FOR VERSION AS OF 1", "version");
  }

  @Test
  void trap23TheLatestPointUpToATimeMayBeAtThatTime() {
    String last = " ORDER BY time DESC LIMIT 1";
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE time <= 5" + last))
        .containsExactly(List.of(5.0));
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE time < 5" + last))
        .containsExactly(List.of(4.0));
  }

  @Test
  void trap24NoPointIsNoErrorButNoRow() {
    db.stream("e", "empty", new long[0], new double[0]);
    assertThat(db.rows("SELECT value FROM \"e\".empty")).isEmpty();
    assertThat(db.rows("SELECT value FROM \"e\".empty ORDER BY time DESC LIMIT 1")).isEmpty();
    assertThat(db.rows("SELECT COUNT(*), MAX(time), AVG(value) FROM \"e\".empty"))
        .containsExactly(Arrays.asList(0L, null, null));
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE time > 5 AND time < 6")).isEmpty();
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE time > 6 AND time < 5")).isEmpty();
  }

  @Test
  void trap25ALimitAboveAFilterIsOfTheRowsThatPass() {
    assertThat(db.rows("SELECT value FROM \"t\".s WHERE value > 6 ORDER BY time LIMIT 2"))
        .containsExactly(List.of(7.0), List.of(8.0));
  }

  @Test
  void trap26DescendingTimesAreTheReverse() {
    assertThat(db.rows("SELECT value FROM \"t\".s ORDER BY time DESC LIMIT 3"))
        .containsExactly(List.of(9.0), List.of(8.0), List.of(7.0));
    assertThat(db.rows("SELECT value FROM \"t\".s ORDER BY time DESC OFFSET 7"))
        .containsExactly(List.of(2.0), List.of(1.0), List.of(0.0));
  }

  /** Calcite draws anew for each use: rows would come that their own condition is not true of. */
  @Test
  void randomNumbersOfSubQueriesAreRefused() {
    for (String sql :
        List.of(
            "SELECT r FROM (SELECT value, RAND() AS r FROM \"t\".s) WHERE r < 0.5",
            "WITH q AS (SELECT RAND_INTEGER(9) AS r FROM \"t\".s) SELECT r FROM q WHERE r < 5",
            "SELECT r - s FROM (SELECT r, r AS s FROM (SELECT 1 + RAND() AS r FROM \"t\".s))")) {
      refused(sql, "RAND", "SELECT list of a sub-query");
    }
    assertThat(db.rows("SELECT RAND() AS r FROM \"t\".s WHERE RAND() < 2 ORDER BY r")).hasSize(10);
    assertThat(db.rows("WITH q AS (SELECT value FROM \"t\".s) SELECT RAND() FROM q")).hasSize(10);
    assertThat(db.rows("SELECT * FROM (SELECT value FROM \"t\".s WHERE RAND() < 2)")).hasSize(10);
  }

  /** The difference of the largest doubles of both signs is no double; their mean is. */
  @Test
  void meansOfTheLargestValuesOfBothSigns() {
    db.stream("max", "a", new long[] {1, 5}, new double[] {1.7e308, -1.7e308});
    assertThat(
            db.rows(
                "SELECT AVG(value), SUM(value) FROM \"max\".a"
                    + " WHERE time = FROM_NANOS(1) OR time = FROM_NANOS(5)"))
        .containsExactly(List.of(0.0, 0.0));
  }

  @Test
  void bucketsOfNoOriginSaySo() {
    refused(
        "SELECT COUNT(*) FROM \"t\".s GROUP BY date_bin(10, time, CAST(NULL AS TIMESTAMP))",
        "the origin of buckets must not be NULL");
  }

  /** Microseconds beside seconds since 1970: a mean that stops moving would spoil the squares. */
  @Test
  void deviationsOfAFewUlpsOfTheValue() {
    long[] times = LongStream.range(0, 5_000).toArray();
    double[] values = LongStream.of(times).mapToDouble(i -> 1.6e9 + 1e-6 * (i * 7 % 4)).toArray();
    values[0] = 1.6e9 + 3e-6;
    db.stream("seconds", "s", times, values);
    double expected = deviation(values);
    for (String sql :
        List.of(
            "SELECT STDDEV_POP(value) FROM seconds.s",
            "SELECT STDDEV_POP(value) FROM seconds.s WHERE value > 0",
            "SELECT STDDEV_POP(value + 0) FROM seconds.s",
            "SELECT STDDEV_POP(value) FROM tall.\"seconds\" WHERE time < FROM_NANOS(9999)",
            "SELECT STDDEV_POP(value + 0) FROM seconds.s GROUP BY ROLLUP(value < 0)")) {
      Object actual = Objects.requireNonNull(db.rows(sql).get(0).get(0));
      // A tree keeps its means as doubles, of which half an ulp is a tenth of this deviation.
      double bound = sql.contains("value + 0") ? 1e-9 : 1e-4;
      assertThat((double) actual / expected).as(sql).isBetween(1 - bound, 1 + bound);
    }
  }

  private static double deviation(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal n = BigDecimal.valueOf(values.length);
    BigDecimal mean = sum.divide(n, MathContext.DECIMAL128);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      squares = squares.add(new BigDecimal(value).subtract(mean).pow(2));
    }
    return Math.sqrt(squares.divide(n, MathContext.DECIMAL128).doubleValue());
  }
}
