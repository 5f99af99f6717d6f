package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TIME_WEIGHTED_AVG and TIME_INTEGRAL, whose values hold until the next one. */
class TimeWeightedTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long SECOND = 1_000_000_000L;
  private static final String BOTH = "TIME_WEIGHTED_AVG(value, time), TIME_INTEGRAL(value, time)";

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private static long[] seconds(double... seconds) {
    return Arrays.stream(seconds).mapToLong(s -> Math.round(s * SECOND)).toArray();
  }

  @Test
  void aValueHoldsUntilTheNextOneAndTheOneBeforeTheRangeIntoIt() {
    UUID uuid = db.stream("t", "s", seconds(1, 12, 15, 31), new double[] {4, 10, 20, 7});
    db.btrdb().flush(uuid, CallScope.unbounded());
    assertThat(
            db.rows(
                "SELECT TO_NANOS(date_bin('10s', time)) / 1000000000, COUNT(*), "
                    + BOTH
                    + " FROM t.s WHERE time >= FROM_NANOS(5000000000) AND time <"
                    + " FROM_NANOS(35000000000) GROUP BY date_bin('10s', time)"))
        .containsExactly(
            List.of(10L, 2L, (2 * 4 + 3 * 10 + 5 * 20) / 10.0, 138.0),
            List.of(30L, 1L, (1 * 20 + 4 * 7) / 5.0, 48.0));
    assertThat(db.calls()).containsExactly("raw", "nearest");
    assertThat(
            db.rows(
                "SELECT "
                    + BOTH
                    + ", MIN(value) FROM t.s WHERE time >= FROM_NANOS(5000000000) AND time <"
                    + " FROM_NANOS(35000000000)"))
        .containsExactly(List.of((7 * 4 + 3 * 10 + 16 * 20 + 4 * 7) / 30.0, 406.0, 7.0));
  }

  @Test
  void aRangeWithoutPointsHasTheValueInForce() {
    db.stream("t", "s", seconds(1), new double[] {4});
    String where =
        " FROM t.s WHERE time >= FROM_NANOS(5000000000) AND time < FROM_NANOS(8000000000)";
    assertThat(db.rows("SELECT COUNT(*), " + BOTH + where)).containsExactly(List.of(0L, 4.0, 12.0));
    assertThat(db.rows("SELECT " + BOTH + where + " GROUP BY FLOOR(time TO SECOND)")).isEmpty();
    assertThat(db.rows("SELECT " + BOTH + where + " AND time < FROM_NANOS(5000000000)"))
        .containsExactly(Arrays.asList(null, null));
    assertThat(db.calls()).isEmpty();
    assertThat(db.rows("SELECT COUNT(*), " + BOTH + where + " AND 1 = 0"))
        .containsExactly(Arrays.asList(0L, null, null));
    assertThat(db.rows("SELECT " + BOTH + " FROM t.s WHERE 1 = 0 GROUP BY FLOOR(time TO DAY)"))
        .isEmpty();
  }

  @Test
  void timeWithoutAValueDoesNotCount() {
    db.stream("t", "s", seconds(6, 8), new double[] {4, 10});
    assertThat(
            db.rows(
                "SELECT "
                    + BOTH
                    + " FROM t.s WHERE time >= FROM_NANOS(0) AND time < FROM_NANOS(9000000000)"))
        .containsExactly(List.of(6.0, 18.0));
    // Without an end nobody knows for how long the last value holds.
    assertThat(db.rows("SELECT " + BOTH + " FROM t.s")).containsExactly(List.of(4.0, 8.0));
    assertThat(db.calls()).containsExactly("raw");
    assertThat(
            db.rows(
                "SELECT "
                    + BOTH
                    + " FROM t.s WHERE time >= 7000000000 GROUP BY FLOOR(time TO DAY)"))
        .containsExactly(List.of(4.0, 4.0));
    assertThat(db.rows("SELECT " + BOTH + " FROM t.s WHERE time >= FROM_NANOS(9000000000)"))
        .containsExactly(Arrays.asList(null, null));
    db.stream("t", "one", seconds(6), new double[] {4});
    assertThat(db.rows("SELECT COUNT(*), " + BOTH + " FROM t.one"))
        .containsExactly(Arrays.asList(1L, null, null));
    db.stream("t", "none", new long[0], new double[0]);
    assertThat(db.rows("SELECT COUNT(*), " + BOTH + " FROM t.none"))
        .containsExactly(Arrays.asList(0L, null, null));
  }

  @Test
  void ofSeveralValuesAtOneTimeTheLastHolds() {
    UUID uuid =
        db.stream(
            "t", "s", new long[] {5, 5, 5, 10, 10, 20, 20}, new double[] {9, 7, 1, 2, 3, 9, 5});
    String select = "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s WHERE time >= FROM_NANOS(";
    for (boolean flushed : new boolean[] {false, true}) {
      if (flushed) {
        db.btrdb().flush(uuid, CallScope.unbounded());
      }
      assertThat(db.rows(select + "5) AND time < FROM_NANOS(30)"))
          .as("flushed: %s", flushed)
          .containsExactly(List.of((5 * 1 + 10 * 3 + 10 * 5) / 25.0));
      assertThat(db.rows(select + "8) AND time < FROM_NANOS(30)"))
          .as("flushed: %s", flushed)
          .containsExactly(List.of((2 * 1 + 10 * 3 + 10 * 5) / 22.0));
      assertThat(db.rows(select + "21) AND time < FROM_NANOS(30)"))
          .as("flushed: %s", flushed)
          .containsExactly(List.of(5.0));
    }
  }

  @Test
  void aPointBetweenTheCallsIsInAllOfThemOrInNone() {
    CallScope scope = CallScope.unbounded();
    String sql =
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.%s WHERE time >= FROM_NANOS(5000000000) AND"
            + " time < FROM_NANOS(8000000000)";
    UUID buffered = db.stream("t", "buffered", seconds(1), new double[] {4});
    UUID flushed = db.stream("t", "flushed", seconds(1), new double[] {4});
    db.btrdb().flush(flushed, scope);
    PointBatch more = PointBatch.of(seconds(2, 6), new double[] {9, 1});
    db.beforeNext("nearest", () -> db.btrdb().insert(buffered, more, MergePolicy.NEVER, scope));
    assertThat(db.rows(sql.replace("%s", "buffered"))).containsExactly(List.of((9 + 2 * 1) / 3.0));
    assertThat(db.calls())
        .containsExactly("raw", "nearest", "version", "raw", "nearest", "version");
    db.beforeNext(
        "nearest",
        () -> {
          db.btrdb().insert(flushed, more, MergePolicy.NEVER, scope);
          db.btrdb().flush(flushed, scope);
        });
    assertThat(db.rows(sql.replace("%s", "flushed"))).containsExactly(List.of(4.0));
    assertThat(db.calls()).containsExactly("raw", "nearest");
    assertThat(db.rows(sql.replace("%s", "flushed"))).containsExactly(List.of((9 + 2 * 1) / 3.0));
  }

  @Test
  void aBadWidthIsRefusedBeforeAnythingIsRead() {
    db.stream("t", "s", seconds(1), new double[] {4});
    String sql = "SELECT " + BOTH + " FROM t.s GROUP BY date_bin(?, time)";
    assertThatThrownBy(() -> db.rows(sql, 0L))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage("a bucket must be wider than 0, not 0");
    assertThat(db.calls()).isEmpty();
    assertThatThrownBy(() -> db.rows(sql, (Object) null))
        .isInstanceOf(SqlRefusal.class)
        .hasMessage("a bucket must be wider than 0, not null");
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void expressionsOfThePointHoldAsItDoes() {
    db.stream("t", "s", seconds(0, 6, 8), new double[] {1, 0, 3});
    assertThat(
            db.rows(
                "SELECT TIME_WEIGHTED_AVG(CASE WHEN value >= 1 THEN 1 ELSE 0 END, time),"
                    + " TIME_INTEGRAL(value * value, time), AVG(value), COUNT(*) FILTER (WHERE"
                    + " value > 1), MAX(time) FROM t.s WHERE time >= FROM_NANOS(2000000000) AND"
                    + " time < FROM_NANOS(10000000000)"))
        .containsExactly(List.of(0.75, 22.0, 1.5, 1L, 8 * SECOND));
  }

  @Test
  void everyFormOfOneStreamInOneRangeWill() {
    UUID uuid = db.stream("t", "s", seconds(0, 6, 8), new double[] {1, 0, 3});
    String range = " time >= FROM_NANOS(2000000000) AND time < FROM_NANOS(10000000000)";
    double expected = (4 * 1 + 2 * 0 + 2 * 3) / 8.0;
    String average = "SELECT TIME_WEIGHTED_AVG(value, time)";
    for (String sql :
        List.of(
            average + " FROM (SELECT * FROM t.s WHERE" + range + ")",
            average + " FROM (SELECT time, value FROM t.s) WHERE" + range,
            "WITH x AS (SELECT value * 2 AS v, time AS t FROM t.s WHERE"
                + range
                + ") SELECT TIME_WEIGHTED_AVG(v, t) / 2 FROM x",
            average + " FROM raw_values('t/s', FROM_NANOS(2000000000), FROM_NANOS(10000000000))",
            average + " FROM uuid.\"" + uuid + "\" WHERE" + range,
            average + " FROM t.s WHERE" + range + " GROUP BY CAST(time AS DATE)",
            average + " FROM t.s WHERE" + range + " GROUP BY pw_bin(40, time)",
            average + " FROM t.s WHERE" + range + " GROUP BY FLOOR(time TO WEEK)",
            average
                + " FROM t.s WHERE time BETWEEN FROM_NANOS(2000000000) AND FROM_NANOS(9999999999)",
            average + " FROM t.s WHERE TIME_IN(time, '1970-01-01T00:00:02/8s')",
            average + " FROM t.s WHERE" + range + " HAVING COUNT(*) = 2 ORDER BY 1 LIMIT 1",
            "SELECT (" + average + " FROM t.s WHERE" + range + ") FROM t.s LIMIT 1")) {
      assertThat(db.rows(sql)).as(sql).containsExactly(List.of(expected));
    }
    assertThat(
            db.rows(
                average
                    + " FROM t.s WHERE time >= TIMESTAMP '1900-01-01 00:00:00' AND time <"
                    + " 8000000000"))
        .containsExactly(List.of(0.75));
    assertThat(db.calls()).containsExactly("raw"); // nothing is before all time
    String above =
        "SELECT value FROM t.s WHERE value > 1.5 * (" + average + " FROM t.s WHERE" + range + ")";
    assertThat(db.rows(above)).containsExactly(List.of(3.0));
    assertThat(db.plan(above).toString()).contains("Search by one row");
    List<String> plan =
        db.plan(average + " FROM t.s WHERE" + range + " GROUP BY FLOOR(time TO DAY)");
    assertThat(plan).anyMatch(line -> line.contains("Aggregate of values that hold"));
    assertThat(plan.stream().filter(line -> line.startsWith("call: "))).hasSize(2);
  }

  @Test
  void valuesThatStayAreExactAndLargeOnesKeepTheirDigits() {
    int size = 10_000;
    long[] times = new long[size];
    double[] same = new double[size];
    double[] near = new double[size];
    BigDecimal sum = BigDecimal.ZERO;
    Random random = new Random(SEED);
    for (int i = 0; i < size; i++) {
      times[i] = i == 0 ? 0 : times[i - 1] + 1 + random.nextInt(1_000_000_007);
      same[i] = 0.1;
      near[i] = 1e9 + random.nextGaussian() * 1e-4;
      if (i > 0) {
        sum =
            sum.add(
                new BigDecimal(near[i - 1]).multiply(BigDecimal.valueOf(times[i] - times[i - 1])));
      }
    }
    db.stream("t", "same", times, same);
    db.stream("t", "near", times, near);
    assertThat(db.rows("SELECT TIME_WEIGHTED_AVG(value, time) FROM t.same"))
        .containsExactly(List.of(0.1));
    double expected =
        sum.divide(BigDecimal.valueOf(times[size - 1]), MathContext.DECIMAL128).doubleValue();
    assertThat((Double) db.rows("SELECT TIME_WEIGHTED_AVG(value, time) FROM t.near").get(0).get(0))
        .as("seed %d", SEED)
        .isEqualTo(expected);
  }

  @Test
  void infinityAndNanAreValuesAndTheLargestDoNotOverflow() {
    double max = Double.MAX_VALUE;
    db.stream("t", "s", seconds(0, 1, 2), new double[] {max, -max, 1});
    assertThat(average("value")).isZero();
    assertThat(average("ABS(value)")).isEqualTo(max);
    String first = "CASE WHEN value > 1 THEN CAST('%s' AS DOUBLE) ELSE 1e0 END";
    assertThat(average(first.replace("%s", "Infinity"))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(average(first.replace("%s", "-Infinity"))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(average(first.replace("%s", "NaN"))).isNaN();
    String second = first.replace("ELSE", "WHEN value < 1 THEN CAST('-Infinity' AS DOUBLE) ELSE");
    assertThat(average(second.replace("%s", "1"))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(average(second.replace("%s", "Infinity"))).isNaN();
    // The last value of all has no time.
    String last = "CASE WHEN value = 1 THEN CAST('NaN' AS DOUBLE) ELSE value END";
    assertThat(average(last)).isZero();
  }

  @Test
  void theLargestAndTheSmallestKeepTheirDigits() {
    double max = Double.MAX_VALUE;
    db.stream("t", "large", seconds(0, 1), new double[] {max, -max});
    String where = " WHERE time >= FROM_NANOS(0) AND time < FROM_NANOS(4000000000)";
    assertThat(db.rows("SELECT " + BOTH + " FROM t.large" + where))
        .containsExactly(List.of(-max / 2, Double.NEGATIVE_INFINITY)); // -2 max do not fit
    db.stream("t", "cancel", seconds(0, 1, 2), new double[] {max, -max, 3});
    assertThat(db.rows("SELECT " + BOTH + " FROM t.cancel" + where))
        .containsExactly(List.of(1.5, 6.0));
    double tiny = Double.MIN_VALUE;
    db.stream("t", "tiny", new long[] {0, 3}, new double[] {3 * tiny, tiny});
    assertThat(
            db.rows("SELECT TIME_WEIGHTED_AVG(value, time) FROM t.tiny WHERE time < FROM_NANOS(6)"))
        .containsExactly(List.of(2 * tiny));
    db.stream("t", "zero", new long[] {0, 3}, new double[] {-0.0, -0.0});
    assertThat(db.rows("SELECT TIME_WEIGHTED_AVG(value, time) FROM t.zero"))
        .containsExactly(List.of(-0.0));
  }

  @Test
  void anOutlierThatHoldsBrieflyTakesNoDigits() {
    long day = 86_400 * SECOND;
    for (double[] values : new double[][] {{1e15, 60.0001}, {60.0001, 1e15}}) {
      String name = "s" + (values[0] > 100);
      long change = values[0] > 100 ? 1 : day - 1;
      db.stream("t", name, new long[] {0, change}, values);
      BigDecimal sum =
          new BigDecimal(values[0] > 100 ? values[1] : values[0])
              .multiply(BigDecimal.valueOf(day - 1))
              .add(BigDecimal.valueOf(1_000_000_000_000_000L));
      double average = sum.divide(BigDecimal.valueOf(day), MathContext.DECIMAL128).doubleValue();
      List<@Nullable Object> row =
          db.rows(
                  "SELECT "
                      + BOTH
                      + " FROM t."
                      + name
                      + " WHERE time >= FROM_NANOS(0) AND time < FROM_NANOS("
                      + day
                      + ")")
              .get(0);
      assertThat((Double) row.get(0)).isCloseTo(average, within(Math.ulp(average)));
      assertThat((Double) row.get(1))
          .isCloseTo(sum.scaleByPowerOfTen(-9).doubleValue(), within(1e-9));
    }
  }

  @Test
  void anEndBeyondBtrdbsTimesIsAnEndAllTheSame() {
    db.stream("t", "s", seconds(1), new double[] {4});
    long end = IsoTime.parseNanos("2100-01-01");
    double integral =
        BigDecimal.valueOf(end - SECOND, 9).multiply(BigDecimal.valueOf(4)).doubleValue();
    assertThat(db.rows("SELECT " + BOTH + " FROM t.s WHERE time < TIMESTAMP '2100-01-01 00:00:00'"))
        .containsExactly(List.of(4.0, integral));
    assertThat(
            db.rows(
                "SELECT " + BOTH + " FROM t.s WHERE time < ? GROUP BY FLOOR(time TO YEAR)", end))
        .containsExactly(List.of(4.0, 4.0 * (365 * 86_400 - 1)));
    assertThat(
            db.rows(
                "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s WHERE time >= TIMESTAMP '1900-01-01"
                    + " 00:00:00' AND time < TIMESTAMP '2100-01-01 00:00:00'"))
        .containsExactly(List.of(4.0));
    for (String outside :
        List.of(
            "time >= TIMESTAMP '2099-01-01 00:00:00' AND time < TIMESTAMP '2100-01-01 00:00:00'",
            "time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '9999-01-01 00:00:00'",
            "time >= TIMESTAMP '1940-01-01 00:00:00' AND time <= FROM_NANOS(9223372036854775807)")) {
      assertThatThrownBy(() -> db.rows("SELECT " + BOTH + " FROM t.s WHERE " + outside))
          .as(outside)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("TIME_WEIGHTED_AVG");
    }
    assertThat(
            db.rows("SELECT " + BOTH + " FROM t.s WHERE time >= TIMESTAMP '2099-01-01 00:00:00'"))
        .containsExactly(Arrays.asList(null, null));
  }

  @Test
  void overNothingTheSameFormsAreRefused() {
    db.stream("t", "s", seconds(1), new double[] {4});
    for (String wrong :
        List.of(
            "TIME_WEIGHTED_AVG(DISTINCT value, time) FROM t.s WHERE 1 = 0",
            "TIME_WEIGHTED_AVG(value, time) FILTER (WHERE value > 1) FROM t.s WHERE 1 = 0",
            "TIME_WEIGHTED_AVG(NULLIF(value, 1), time) FROM t.s WHERE 1 = 0")) {
      assertThatThrownBy(() -> db.rows("SELECT " + wrong))
          .as(wrong)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("TIME_WEIGHTED_AVG");
    }
  }

  private double average(String value) {
    return (Double) db.rows("SELECT TIME_WEIGHTED_AVG(" + value + ", time) FROM t.s").get(0).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s WHERE value > 1",
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s WHERE time < FROM_NANOS(3) OR time > FROM_NANOS(5)",
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s GROUP BY value",
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s GROUP BY EXTRACT(HOUR FROM time)",
        "SELECT TIME_WEIGHTED_AVG(value, time + INTERVAL '1' SECOND) FROM t.s",
        "SELECT TIME_WEIGHTED_AVG(DISTINCT value, time) FROM t.s",
        "SELECT TIME_WEIGHTED_AVG(value, time) FILTER (WHERE value > 1) FROM t.s",
        "SELECT TIME_WEIGHTED_AVG(NULLIF(value, 1), time) FROM t.s",
        "SELECT TIME_WEIGHTED_AVG(s, time) FROM t",
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM tall.t",
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM (SELECT * FROM t.s ORDER BY time LIMIT 3)",
        "SELECT TIME_WEIGHTED_AVG(a.value, a.time) FROM t.s AS a JOIN t.s AS b ON a.time = b.time",
        "SELECT TIME_WEIGHTED_AVG(value, time) OVER (ORDER BY time) FROM t.s",
        "SELECT TIME_WEIGHTED_AVG(n, time) FROM (SELECT time, COUNT(*) OVER (ORDER BY time) AS n FROM t.s WHERE time > 1)",
        "SELECT TIME_WEIGHTED_AVG(value, time), MAX(n) FROM (SELECT time, value, COUNT(*) OVER (ORDER BY time) AS n FROM t.s WHERE time > 1)",
        "SELECT TIME_WEIGHTED_AVG(RAND(), time) FROM t.s WHERE time > 1 AND RAND() < 2",
        "SELECT TIME_WEIGHTED_AVG(value, time), LISTAGG('x') FROM t.s",
      })
  void overWhatDoesNotSayHowLongAValueHoldsItIsRefused(String sql) {
    db.stream("t", "s", new long[] {1, 2}, new double[] {1, 2});
    assertThatThrownBy(() -> db.rows(sql))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("TIME_WEIGHTED_AVG");
  }

  @Test
  void anOldVersionHasTheValueInForceThen() {
    UUID uuid = db.stream("t", "s", seconds(1), new double[] {4});
    CallScope scope = CallScope.unbounded();
    db.btrdb().flush(uuid, scope);
    long old = db.btrdb().version(uuid, scope).major();
    db.btrdb().insert(uuid, PointBatch.of(seconds(2), new double[] {9}), MergePolicy.NEVER, scope);
    db.btrdb().flush(uuid, scope);
    String sql =
        "SELECT TIME_WEIGHTED_AVG(value, time) FROM t.s%s WHERE time >= FROM_NANOS(3000000000) AND"
            + " time < FROM_NANOS(4000000000)";
    assertThat(db.rows(sql.replace("%s", " FOR VERSION AS OF " + old)))
        .containsExactly(List.of(4.0));
    assertThat(db.rows(sql.replace("%s", ""))).containsExactly(List.of(9.0));
  }

  /** A way to divide time. */
  private record Division(String sql, LongUnaryOperator start, LongUnaryOperator end) {}

  @Test
  void randomBucketsAgreeWithExactSums() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      int size = random.nextInt(40);
      long step =
          1
              + random.nextLong(
                  round % 3 == 0 ? 5 : round % 3 == 1 ? 1000 * SECOND : 40L * 86_400 * SECOND);
      long[] times = new long[size];
      double[] values = new double[size];
      long time = random.nextLong(4 * step) - 2 * step;
      for (int i = 0; i < size; i++) {
        times[i] = time;
        values[i] = random.nextInt(20) - 5 + random.nextInt(8) / 8.0;
        time += random.nextInt(4) == 0 ? 0 : random.nextLong(step);
      }
      String name = "r" + round;
      db.stream("t", name, times, values);
      for (int i = 0; i < 12; i++) {
        check(name, times, values, random, step);
      }
    }
  }

  private void check(String name, long[] times, double[] values, Random random, long step) {
    long first = times.length == 0 ? 0 : times[0];
    long last = times.length == 0 ? 100 : times[times.length - 1];
    long start =
        random.nextInt(4) == 0
            ? Long.MIN_VALUE
            : first - step + random.nextLong(last - first + 2 * step);
    long end =
        random.nextInt(4) == 0
            ? Long.MAX_VALUE
            : Math.max(start, first - step) + random.nextLong(last - first + 2 * step);
    Division division = division(random, step);
    String where =
        (start == Long.MIN_VALUE ? "" : " AND time >= FROM_NANOS(" + start + ")")
            + (end == Long.MAX_VALUE ? "" : " AND time < FROM_NANOS(" + end + ")");
    String sql =
        "SELECT "
            + (division.sql.isEmpty() ? "0" : "TO_NANOS(" + division.sql + ")")
            + ", COUNT(*), "
            + BOTH
            + " FROM t."
            + name
            + (where.isEmpty() ? "" : " WHERE" + where.substring(4))
            + (division.sql.isEmpty() ? "" : " GROUP BY " + division.sql);
    List<List<@Nullable Object>> rows = db.rows(sql);
    List<List<@Nullable Object>> expected = expected(times, values, start, end, division);
    String what = sql + " (seed " + SEED + ") " + Arrays.toString(times) + Arrays.toString(values);
    assertThat(rows).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < 4; j++) {
        Object ours = rows.get(i).get(j);
        Object theirs = expected.get(i).get(j);
        if (ours instanceof Double x && theirs instanceof Double y) {
          // Sums whose parts cancel have the errors of their parts.
          double scale = j == 2 ? 20 : 20 * Math.max(1e-9, covered(expected.get(i)));
          assertThat(x)
              .as("%s%nrow %d: %s, %s", what, i, rows, expected)
              .isCloseTo(y, within(1e-14 * scale));
        } else if (j != 0 || !division.sql.isEmpty()) {
          assertThat(ours).as("%s%nrow %d: %s, %s", what, i, rows, expected).isEqualTo(theirs);
        }
      }
    }
  }

  private static double covered(List<@Nullable Object> row) {
    return ((Number) Objects.requireNonNull(row.get(4))).doubleValue();
  }

  private static Division division(Random random, long step) {
    long width = 1 + random.nextLong(Math.max(1, 3 * step));
    long origin = random.nextInt(2) == 0 ? 0 : random.nextLong(width);
    return switch (random.nextInt(4)) {
      case 0 -> new Division("", t -> Long.MIN_VALUE, t -> Long.MAX_VALUE);
      case 1 -> new Division("FLOOR(time TO MONTH)", t -> month(t, 0), t -> month(t, 1));
      default ->
          new Division(
              "date_bin(" + width + ", time, FROM_NANOS(" + origin + "))",
              t -> Math.floorDiv(t - origin, width) * width + origin,
              t -> (Math.floorDiv(t - origin, width) + 1) * width + origin);
    };
  }

  private static long month(long nanos, int more) {
    var month =
        Instant.ofEpochSecond(0, nanos)
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .withDayOfMonth(1)
            .plusMonths(more);
    return IsoTime.parseNanos(month.toString());
  }

  /** By exact sums over all points: start, count, average, integral, seconds with a value. */
  private static List<List<@Nullable Object>> expected(
      long[] times, double[] values, long start, long end, Division division) {
    List<Long> buckets = new ArrayList<>();
    int inside = 0;
    for (long time : times) {
      if (time >= start && time < end) {
        inside++;
        long bucket = division.start.applyAsLong(time);
        if (!buckets.contains(bucket)) {
          buckets.add(bucket);
        }
      }
    }
    boolean whole = division.sql.isEmpty();
    if (whole && inside == 0) {
      buckets.add(Long.MIN_VALUE);
    }
    long known = end;
    if (end == Long.MAX_VALUE) {
      known = inside == 0 ? Math.max(start, Long.MIN_VALUE + 1) : times[times.length - 1];
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long bucket : buckets) {
      long from = Math.max(start, bucket);
      long bucketEnd = whole ? Long.MAX_VALUE : division.end.applyAsLong(bucket);
      long until = Math.min(known, bucketEnd);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal covered = BigDecimal.ZERO;
      long count = 0;
      for (int i = 0; i < times.length; i++) {
        if (times[i] >= Math.max(start, bucket) && times[i] < Math.min(end, bucketEnd)) {
          count++;
        }
        long holdsFrom = Math.max(times[i], from);
        long holdsUntil = Math.min(i + 1 < times.length ? times[i + 1] : Long.MAX_VALUE, until);
        if (holdsUntil > holdsFrom) {
          BigDecimal nanos = BigDecimal.valueOf(holdsUntil - holdsFrom);
          covered = covered.add(nanos);
          sum = sum.add(nanos.multiply(new BigDecimal(values[i])));
        }
      }
      boolean none = covered.signum() == 0;
      rows.add(
          Arrays.asList(
              bucket,
              count,
              none ? null : (Object) sum.divide(covered, MathContext.DECIMAL128).doubleValue(),
              none ? null : (Object) sum.scaleByPowerOfTen(-9).doubleValue(),
              covered.scaleByPowerOfTen(-9).doubleValue()));
    }
    return rows;
  }

  @Test
  void aTotalBesideBucketsIsAnAggregateOfItsOwn() {
    db.stream("t", "s", seconds(1, 3600, 5000), new double[] {4, 5, 9});
    String average =
        "TIME_WEIGHTED_AVG(value, time) FROM t.s WHERE time < FROM_NANOS(6000000000000)";
    List<List<Object>> parts = new ArrayList<>();
    parts.addAll(db.rows("SELECT FLOOR(time TO HOUR), " + average + " GROUP BY 1"));
    parts.addAll(db.rows("SELECT CAST(NULL AS TIMESTAMP(9)), " + average));
    assertThat(
            db.rows(
                "SELECT FLOOR(time TO HOUR), " + average + " GROUP BY ROLLUP(FLOOR(time TO HOUR))"))
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(parts);
  }
}
