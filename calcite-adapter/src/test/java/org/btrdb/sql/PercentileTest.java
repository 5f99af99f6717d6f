package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MEDIAN and percentiles: exact, in our order of doubles. */
class PercentileTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private static long[] times(int size) {
    long[] times = new long[size];
    Arrays.setAll(times, i -> i);
    return times;
  }

  @Test
  void fractionsLieBetweenValuesOrAreOne() {
    db.stream("t", "s", times(5), new double[] {7, 1, 2, 5, 2});
    assertThat(
            db.rows(
                "SELECT MEDIAN(value), MEDIAN(DISTINCT value), APPROX_PERCENTILE(value, 0.9),"
                    + " PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY value DESC),"
                    + " PERCENTILE_DISC(0.4) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_DISC(0.61) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_DISC(0.2) WITHIN GROUP (ORDER BY value DESC),"
                    + " PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY value) FROM t.s"))
        .containsExactly(List.of(2.0, 3.5, 6.2, 2.0, 1.4, 2.0, 5.0, 7.0, 1.0, 7.0));
  }

  @Test
  void numbersAndTimesOfAllKinds() {
    db.stream("t", "s", times(4), new double[] {1, 2, 5, 8});
    assertThat(
            db.rows(
                "SELECT MEDIAN(CAST(value AS INTEGER)), MEDIAN(CAST(value AS DECIMAL(9, 2))),"
                    + " PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(value AS BIGINT)),"
                    + " PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY CAST(value AS INTEGER)),"
                    + " PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY time DESC),"
                    + " APPROX_PERCENTILE(CAST(value AS SMALLINT), 0.5) FROM t.s"))
        .containsExactly(List.of(3.5, 3.5, 3.5, 2, 2L, 3.5));
  }

  @Test
  void noValuesAndNullAreNull() {
    db.stream("t", "s", times(3), new double[] {1, 2, 5});
    String all =
        "SELECT MEDIAN(%x), APPROX_PERCENTILE(%x, 0.5), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY"
            + " %x), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY %x)";
    assertThat(db.rows(all.replace("%x", "value") + " FROM t.s WHERE time > 9"))
        .containsExactly(Arrays.asList(null, null, null, null));
    assertThat(
            db.rows(
                all.replace("%x", "value") + " FROM t.s WHERE time > 9 GROUP BY date_bin(2, time)"))
        .isEmpty();
    assertThat(db.rows(all.replace("%x", "NULLIF(value, 2)") + " FROM t.s"))
        .containsExactly(List.of(3.0, 3.0, 3.0, 1.0));
    assertThat(db.rows(all.replace("%x", "NULLIF(value, value)") + " FROM t.s"))
        .containsExactly(Arrays.asList(null, null, null, null));
    assertThat(
            db.rows(
                "SELECT MEDIAN(value) FILTER (WHERE value > 1), MEDIAN(value) FILTER (WHERE value >"
                    + " 9), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY value) FILTER (WHERE value"
                    + " > 1), PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY CAST(value AS INTEGER) DESC)"
                    + " FILTER (WHERE value < 3) FROM t.s"))
        .containsExactly(Arrays.asList(3.5, null, 2.0, 2));
  }

  @Test
  void nanIsTheLargestValueAndInfinitiesAreNumbers() {
    String values =
        "(VALUES (1, 1e0), (1, CAST('NaN' AS DOUBLE)), (1, CAST('Infinity' AS DOUBLE)), (1, 2e0),"
            + " (2, CAST('-Infinity' AS DOUBLE)), (2, 5e0), (3, 1e308), (3, -1e308),"
            + " (4, -0e0), (4, 0e0)) AS v (k, x)";
    assertThat(
            db.rows(
                "SELECT k, MEDIAN(x), PERCENTILE_DISC(0.75) WITHIN GROUP (ORDER BY x),"
                    + " PERCENTILE_DISC(0.1) WITHIN GROUP (ORDER BY x DESC), PERCENTILE_CONT(1)"
                    + " WITHIN GROUP (ORDER BY x) FROM "
                    + values
                    + " GROUP BY k ORDER BY k"))
        .containsExactly(
            List.of(1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN),
            List.of(2, Double.NEGATIVE_INFINITY, 5.0, 5.0, 5.0),
            List.of(3, 0.0, 1e308, 1e308, 1e308),
            List.of(4, 0.0, 0.0, 0.0, 0.0));
  }

  @Test
  void aQuotedNameTakesNoDistinctEither() {
    db.stream("t", "s", times(3), new double[] {1, 1, 5});
    for (String name : List.of("PERCENTILE_CONT", "PERCENTILE_DISC")) {
      assertThat(db.rows("SELECT \"" + name + "\"(0.5) WITHIN GROUP (ORDER BY value) FROM t.s"))
          .containsExactly(List.of(1.0));
      assertThatThrownBy(
              () ->
                  db.rows(
                      "SELECT \""
                          + name
                          + "\"(DISTINCT 0.5) WITHIN GROUP (ORDER BY value) FROM t.s"))
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void aFractionMayBeAParameter() {
    db.stream("t", "s", times(3), new double[] {1, 2, 5});
    String sql =
        "SELECT PERCENTILE_CONT(?) WITHIN GROUP (ORDER BY value), APPROX_PERCENTILE(value, ?) FROM"
            + " t.s";
    assertThat(db.rows(sql, 0.5, 1.0)).containsExactly(List.of(2.0, 5.0));
    assertThat(db.rows(sql, null, 0.0)).containsExactly(Arrays.asList(null, 1.0));
    for (double wrong : new double[] {1.5, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> db.rows(sql, 0.5, wrong))
          .isInstanceOf(SqlRefusal.class)
          .hasMessage("the fraction of a percentile is from 0 to 1, not " + wrong);
    }
  }

  @Test
  void aFractionIsTheDecimalThatIsWritten() {
    int size = 100;
    double[] values = new double[size];
    Arrays.setAll(values, i -> i + 1);
    db.stream("t", "s", times(size), values);
    for (int percent = 1; percent <= size; percent++) {
      String fraction = BigDecimal.valueOf(percent, 2).toPlainString();
      assertThat(
              db.rows(
                  "SELECT PERCENTILE_DISC("
                      + fraction
                      + ") WITHIN GROUP (ORDER BY value) FROM t.s"))
          .as(fraction) // as a double, 0.07 * 100 is more than 7
          .containsExactly(List.of((double) percent));
    }
  }

  @Test
  void windowsSlideOverTheirRows() {
    db.stream("t", "s", times(6), new double[] {3, 9, 1, 4, 8, 2});
    assertThat(
            db.rows(
                "SELECT MEDIAN(value) OVER (ORDER BY time ROWS 2 PRECEDING), MEDIAN(value) OVER"
                    + " (ORDER BY time), MEDIAN(value) OVER (), APPROX_PERCENTILE(value, 1) OVER"
                    + " (ORDER BY time ROWS 1 PRECEDING) FROM t.s"))
        .containsExactly(
            List.of(3.0, 3.0, 3.5, 3.0),
            List.of(6.0, 6.0, 3.5, 9.0),
            List.of(3.0, 3.0, 3.5, 9.0),
            List.of(4.0, 3.5, 3.5, 4.0),
            List.of(4.0, 4.0, 3.5, 8.0),
            List.of(4.0, 3.5, 3.5, 8.0));
    assertThat(db.plan("SELECT MEDIAN(value) OVER (ORDER BY time) FROM t.s").toString())
        .contains("MEDIAN");
  }

  @Test
  void groupingSetsAnswerTheSame() {
    db.stream("t", "s", times(4), new double[] {1, 2, 5, 7});
    assertThat(
            db.rows(
                "SELECT MEDIAN(value), MEDIAN(DISTINCT value), PERCENTILE_CONT(0.25) WITHIN GROUP"
                    + " (ORDER BY value DESC), APPROX_PERCENTILE(value, 0.1), PERCENTILE_CONT(0.25)"
                    + " WITHIN GROUP (ORDER BY value) FILTER (WHERE value > 1), MEDIAN(CAST(value"
                    + " AS INTEGER)), MEDIAN(NULLIF(value, value)) FROM t.s GROUP BY ROLLUP(value >"
                    + " 2)"))
        .containsExactlyInAnyOrder(
            Arrays.asList(1.5, 1.5, 1.75, 1.1, 2.0, 1.5, null),
            Arrays.asList(6.0, 6.0, 6.5, 5.2, 5.5, 6.0, null),
            Arrays.asList(3.5, 3.5, 5.5, 1.3, 3.5, 3.5, null));
  }

  @Test
  void valuesCountAsHeldMemory() {
    int size = 200_000;
    double[] values = new double[size];
    Arrays.setAll(values, i -> i);
    db.stream("t", "s", times(size), values);
    String sql = "SELECT MEDIAN(value) FROM t.s";
    assertThat(db.rows(sql)).containsExactly(List.of((size - 1) / 2.0));
    SqlSession small =
        SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withMaxHeldBytes(1_000_000));
    assertThatThrownBy(() -> one(small, sql))
        .isInstanceOfSatisfying(
            SqlRefusal.class,
            e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.OUT_OF_MEMORY));
    // One bucket at a time is held.
    assertThat(one(small, sql + " GROUP BY date_bin(10000, time)")).isEqualTo(4999.5);
  }

  @Test
  void whileValuesMoveBothPlacesCount() {
    double[] values = new double[70_000];
    Arrays.setAll(values, i -> i);
    db.stream("t", "s", times(values.length), values);
    String sql = "SELECT MEDIAN(value) FROM t.s";
    // 65,536 places of 8 bytes and, for the rest, twice as many
    SqlSession small =
        SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withMaxHeldBytes(1_300_000));
    assertThat(one(small, sql + " WHERE time < 65536")).isEqualTo(32767.5);
    assertThatThrownBy(() -> one(small, sql))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("must hold more than 1300000 bytes");
  }

  @Test
  void aFractionOfManyDigitsIsExactToo() {
    db.stream("t", "s", times(3), new double[] {0, 1, 3});
    assertThat(
            db.rows(
                "SELECT PERCENTILE_CONT(0.333333333333333333) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_DISC(0.333333333333333334) WITHIN GROUP (ORDER BY value),"
                    + " PERCENTILE_DISC(0.333333333333333333) WITHIN GROUP (ORDER BY value),"
                    + " APPROX_PERCENTILE(value, 0.750000001) FROM t.s"))
        .containsExactly(List.of(2.0 / 3, 1.0, 0.0, 1 + 2 * 0.500000002));
  }

  private static Object one(SqlSession session, String sql) {
    try (RowCursor rows =
        session
            .prepare(sql, "", CallScope.unbounded())
            .query(List.of(), CallScope.unbounded(), 0)) {
      assertThat(rows.next()).isTrue();
      return java.util.Objects.requireNonNull(rows.getObject(0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY time) FROM t.s | not supported on time",
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value, time) FROM t.s | one ORDER BY key",
        "SELECT PERCENTILE_CONT(1.5) WITHIN GROUP (ORDER BY value) FROM t.s | a number from 0 to 1",
        "SELECT PERCENTILE_CONT(value) WITHIN GROUP (ORDER BY value) FROM t.s | a number from 0 to 1",
        "SELECT PERCENTILE_CONT(0.5) FROM t.s | takes a fraction and an order",
        "SELECT PERCENTILE_DISC(0.5) FROM t.s | takes a fraction and an order",
        "SELECT PERCENTILE_CONT(value, 0.5) OVER () FROM t.s | takes a fraction and an order",
        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) OVER () FROM t.s | OVER must be applied",
        "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY CAST(value AS VARCHAR)) FROM t.s | Only NUMERIC types",
        "SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY CAST(value AS DECIMAL(9, 2))) FROM t.s | not supported yet: CAST",
        "SELECT MEDIAN(time) FROM t.s | MEDIAN(<TIMESTAMP(9)>)",
        "SELECT APPROX_PERCENTILE(value, value) FROM t.s | the fraction from 0 to 1",
        "SELECT APPROX_PERCENTILE(value, 7) FROM t.s | the fraction from 0 to 1",
      })
  void whatHasNoPercentileIsRefused(String sql, String message) {
    db.stream("t", "s", times(2), new double[] {1, 2});
    assertThatThrownBy(() -> db.rows(sql), sql)
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining(message);
  }

  @Test
  void randomGroupsAgreeWithSorting() {
    Random random = new Random(SEED);
    for (int round = 0; round < 40; round++) {
      int size = random.nextInt(round % 4 == 0 ? 2000 : 40);
      double[] values = new double[size];
      boolean few = random.nextBoolean();
      for (int i = 0; i < size; i++) {
        values[i] = few ? random.nextInt(5) - 2 : random.nextGaussian();
      }
      String name = "r" + round;
      db.stream("t", name, times(size), values);
      check(name, values, random);
    }
  }

  private void check(String name, double[] values, Random random) {
    long width = 1 + random.nextLong(50);
    BigDecimal fraction = BigDecimal.valueOf(random.nextInt(101), 2);
    boolean byHash = random.nextBoolean();
    // Some values are NaN here, which a stream cannot hold.
    String x = "CASE WHEN value > 1.5 THEN CAST('NaN' AS DOUBLE) ELSE value END";
    String key =
        byHash ? "MOD(TO_NANOS(time), " + width + ")" : "TO_NANOS(date_bin(" + width + ", time))";
    String sql =
        "SELECT %k, MEDIAN(%x), PERCENTILE_CONT(%f) WITHIN GROUP (ORDER BY %x), PERCENTILE_CONT(%f)"
            + " WITHIN GROUP (ORDER BY %x DESC), PERCENTILE_DISC(%f) WITHIN GROUP (ORDER BY %x),"
            + " PERCENTILE_DISC(%f) WITHIN GROUP (ORDER BY %x DESC) FROM t."
            + name
            + " GROUP BY %k ORDER BY 1";
    sql = sql.replace("%k", key).replace("%x", x).replace("%f", fraction.toPlainString());
    TreeMap<Long, List<Double>> groups = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      long group = byHash ? i % width : i / width * width;
      groups
          .computeIfAbsent(group, g -> new ArrayList<>())
          .add(values[i] > 1.5 ? Double.NaN : values[i] + 0.0);
    }
    List<List<@Nullable Object>> rows = db.rows(sql);
    String what = sql + " (seed " + SEED + ")";
    assertThat(rows).as(what).hasSameSizeAs(groups.entrySet());
    int row = 0;
    for (var group : groups.entrySet()) {
      List<Double> up = new ArrayList<>(group.getValue());
      up.sort(Comparator.naturalOrder());
      List<Double> down = new ArrayList<>(up);
      java.util.Collections.reverse(down);
      List<@Nullable Object> actual = rows.get(row++);
      assertThat(actual.get(0)).as(what).isIn(group.getKey(), group.getKey().intValue());
      double[] expected = {
        between(up, new BigDecimal("0.5")),
        between(up, fraction),
        between(down, fraction),
        first(up, fraction),
        first(down, fraction)
      };
      for (int i = 0; i < expected.length; i++) {
        double value = (Double) java.util.Objects.requireNonNull(actual.get(i + 1));
        if (Double.isNaN(expected[i])) {
          assertThat(value).as("%s: column %d of %s", what, i + 1, up).isNaN();
        } else {
          assertThat(value)
              .as("%s: column %d of %s", what, i + 1, up)
              .isCloseTo(expected[i], within(2e-15));
        }
      }
    }
  }

  /** By weights of the two values, as the standard says it. */
  private static double between(List<Double> sorted, BigDecimal fraction) {
    BigDecimal row = fraction.multiply(BigDecimal.valueOf(sorted.size() - 1));
    int low = row.setScale(0, RoundingMode.FLOOR).intValueExact();
    int high = row.setScale(0, RoundingMode.CEILING).intValueExact();
    if (low == high) {
      return sorted.get(low);
    }
    double share = row.subtract(BigDecimal.valueOf(low)).doubleValue();
    return sorted.get(low) * (1 - share) + sorted.get(high) * share;
  }

  /** The first one whose CUME_DIST is no less. */
  private static double first(List<Double> sorted, BigDecimal fraction) {
    int i = 0;
    while (fraction.multiply(BigDecimal.valueOf(sorted.size())).compareTo(BigDecimal.valueOf(i + 1))
        > 0) {
      i++;
    }
    return sorted.get(i);
  }
}
