package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CORR, COVAR_* and REGR_* by our operators and by Calcite's Enumerable. */
class CorrelationTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final MathContext EXACT = new MathContext(60);
  private static final String ALL =
      "COVAR_POP(%y, %x), COVAR_SAMP(%y, %x), REGR_SXX(%y, %x), REGR_SYY(%y, %x), REGR_SXY(%y, %x),"
          + " REGR_AVGX(%y, %x), REGR_AVGY(%y, %x), REGR_SLOPE(%y, %x), REGR_INTERCEPT(%y, %x),"
          + " REGR_R2(%y, %x), CORR(%y, %x), REGR_COUNT(%y, %x)";

  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);

  @AfterEach
  void close() {
    db.close();
  }

  private static String all(String y, String x) {
    return ALL.replace("%y", y).replace("%x", x);
  }

  @Test
  void aLineIsFound() {
    db.stream("t", "s", new long[] {0, 1, 2, 3}, new double[] {5, 7, 9, 11});
    assertThat(both.row("SELECT " + all("value", "TO_NANOS(time)") + " FROM t.s"))
        .isEqualTo(List.of(2.5, 10.0 / 3, 5.0, 20.0, 10.0, 1.5, 8.0, 2.0, 5.0, 1.0, 1.0, 4L));
    assertThat(
            both.row(
                "SELECT CORR(0 - value, TO_NANOS(time)), REGR_SLOPE(TO_NANOS(time), value) FROM t.s"))
        .isEqualTo(List.of(-1.0, 0.5));
  }

  @Test
  void whatIsNotDefinedIsNull() {
    db.stream("t", "s", new long[] {0, 1, 2}, new double[] {0.1, 0.2, 0.7});
    assertThat(both.row("SELECT " + all("value", "value") + " FROM t.s WHERE time > 9"))
        .isEqualTo(
            Arrays.asList(null, null, null, null, null, null, null, null, null, null, null, 0L));
    assertThat(both.row("SELECT " + all("value", "value") + " FROM t.s WHERE time = 1"))
        .isEqualTo(Arrays.asList(0.0, null, 0.0, 0.0, 0.0, 0.2, 0.2, null, null, null, null, 1L));
    // all of one x: no line; all of one y: a flat one
    assertThat(
            both.row(
                "SELECT REGR_SLOPE(value, 0.1), REGR_R2(value, 0.1), CORR(value, 0.1), REGR_SLOPE(0.1, value), REGR_INTERCEPT(0.1, value), REGR_R2(0.1, value), CORR(0.1, value) FROM t.s"))
        .isEqualTo(Arrays.asList(null, null, null, 0.0, 0.1, 1.0, null));
    assertThat(both.row("SELECT " + all("NULLIF(value, 0.7)", "NULLIF(value, 0.1)") + " FROM t.s"))
        .isEqualTo(Arrays.asList(0.0, null, 0.0, 0.0, 0.0, 0.2, 0.2, null, null, null, null, 1L));
    assertThat(
            both.row(
                "SELECT CORR(value, CASE WHEN value > 0.5 THEN CAST('NaN' AS DOUBLE) ELSE value END)"
                    + " FROM t.s"))
        .isEqualTo(List.of(Double.NaN));
  }

  @Test
  void filtersDistinctPairsGroupsAndWindows() {
    db.stream("t", "s", new long[] {0, 1, 2, 3, 4}, new double[] {1, 3, 2, 8, 8});
    assertThat(
            both.rows(
                "SELECT time >= 2, REGR_SLOPE(value, TO_NANOS(time)) FILTER (WHERE time <> 4),"
                    + " COVAR_POP(DISTINCT value, value) FROM t.s GROUP BY time >= 2 ORDER BY 1"))
        .isEqualTo(List.of(List.of(false, 2.0, 1.0), List.of(true, 6.0, 9.0)));
    assertThat(
            db.rows(
                "SELECT REGR_SLOPE(value, TO_NANOS(time)) OVER (ORDER BY time ROWS 1 PRECEDING) FROM"
                    + " t.s"))
        .isEqualTo(
            List.of(
                Arrays.asList((Object) null),
                List.of(2.0),
                List.of(-1.0),
                List.of(6.0),
                List.of(0.0)));
    assertThat(db.rows("SELECT CORR(value, TO_NANOS(time)) FROM t.s GROUP BY ROLLUP (time < 2)"))
        .hasSize(3);
  }

  @Test
  void windowsKeepTheDigitsOfLargeValues() {
    db.stream("t", "s", new long[] {0, 1, 2}, new double[] {1e9, 1e9 + 1, 1e9 + 2});
    String functions =
        "COVAR_POP(%v, %v) OVER %w, COVAR_SAMP(%v, %v) OVER %w, REGR_SXX(%v, %v) OVER %w,"
            + " REGR_SYY(%v, %v) OVER %w, STDDEV_POP(%v) OVER %w, STDDEV_SAMP(%v) OVER %w,"
            + " STDDEV(%v) OVER %w, VAR_POP(%v) OVER %w, VAR_SAMP(%v) OVER %w,"
            + " VARIANCE(%v) OVER %w";
    double third = 2.0 / 3;
    List<Double> ofAll = List.of(third, 1.0, 2.0, 2.0, Math.sqrt(third), 1.0, 1.0, third, 1.0, 1.0);
    for (String value :
        List.of("value", "CAST(value AS BIGINT)", "CAST(value AS DECIMAL(12, 2))")) {
      String sql = "SELECT " + functions.replace("%v", value) + " FROM t.s";
      assertThat(both.rows(sql.replace("%w", "()"))).as(value).containsOnly(List.copyOf(ofAll));
      assertThat(db.rows(sql.replace("%w", "(ORDER BY time)") + " ORDER BY time"))
          .as(value)
          .containsExactly(
              Arrays.asList(0.0, null, 0.0, 0.0, 0.0, null, null, 0.0, null, null),
              List.of(0.25, 0.5, 0.5, 0.5, 0.5, Math.sqrt(0.5), Math.sqrt(0.5), 0.25, 0.5, 0.5),
              List.copyOf(ofAll));
    }
    assertThat(both.row("SELECT COVAR_SAMP(value, value) OVER () FROM t.s WHERE time = 1"))
        .containsExactly((Object) null);
    assertThat(db.rows("SELECT STDDEV(NULLIF(value, value)) OVER () FROM t.s LIMIT 1"))
        .containsExactly(Arrays.asList((Object) null));
  }

  @Test
  void twoStreamsOfOneTable() {
    db.stream("t", "a", new long[] {0, 1, 2, 5}, new double[] {1, 2, 3, 9});
    db.stream("t", "b", new long[] {0, 1, 2, 4}, new double[] {2, 4, 6, 9});
    assertThat(db.rows("SELECT CORR(a, b), REGR_COUNT(a, b), REGR_AVGX(a, b) FROM wide.t"))
        .isEqualTo(List.of(List.of(1.0, 3L, 4.0)));
    assertThat(
            db.rows(
                "SELECT CORR(a.value, b.value), REGR_COUNT(a.value, b.value) FROM t.a JOIN t.b USING"
                    + " (time)"))
        .isEqualTo(List.of(List.of(1.0, 3L)));
  }

  @Test
  void randomPairsAgreeWithExactSums() {
    Random random = new Random(SEED);
    for (int round = 0; round < 30; round++) {
      int size = 2 + random.nextInt(200);
      double offset = random.nextBoolean() ? 0 : 1e9;
      double[] ys = new double[size];
      double[] xs = new double[size];
      long[] times = new long[size];
      for (int i = 0; i < size; i++) {
        times[i] = i;
        xs[i] = offset + random.nextGaussian();
        ys[i] = offset - xs[i] * 0.5 + random.nextGaussian() * 0.5;
      }
      db.stream("r" + round, "y", times, ys);
      db.stream("r" + round, "x", times, xs);
      List<@Nullable Object> row =
          both.row(
              "SELECT "
                  + all("y.value", "x.value")
                  + " FROM r%d.y JOIN r%d.x ON y.time = x.time".replace("%d", "" + round));
      Pairs pairs = Pairs.of(ys, xs);
      List<BigDecimal> expected = pairs.statistics();
      List<BigDecimal> errors = pairs.errors();
      for (int i = 0; i < expected.size(); i++) {
        BigDecimal found = new BigDecimal((Double) Objects.requireNonNull(row.get(i)));
        assertThat(found.subtract(expected.get(i)).abs())
            .as(
                "column %d is %s, not %s: size %d, offset %s (seed %d)",
                i, found, expected.get(i), size, offset, SEED)
            .isLessThanOrEqualTo(errors.get(i));
      }
    }
  }

  /** Microseconds beside seconds since 1970: a mean that stops moving would spoil the products. */
  @Test
  void pairsThatDifferByAFewUlps() {
    Random random = new Random(SEED);
    int size = 5_000;
    double[] ys = new double[size];
    double[] xs = new double[size];
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      int step = i == 0 ? 12 : random.nextInt(4);
      times[i] = i;
      xs[i] = 1.6e9 + step * 1e-6;
      ys[i] = 1.6e9 - step * 5e-7 - random.nextInt(3) * 1e-6;
    }
    db.stream("ulps", "y", times, ys);
    db.stream("ulps", "x", times, xs);
    List<@Nullable Object> row =
        both.row(
            "SELECT " + all("y.value", "x.value") + " FROM ulps.y JOIN ulps.x ON y.time = x.time");
    List<BigDecimal> expected = Pairs.of(ys, xs).statistics();
    for (int i = 0; i < expected.size(); i++) {
      double exact = expected.get(i).doubleValue();
      assertThat((Double) Objects.requireNonNull(row.get(i)) / exact)
          .as("column %d (seed %d)", i, SEED)
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void meansAreOfAllPairsWhateverTheFirstIs() {
    db.stream("t", "s", new long[] {0, 1, 2, 3, 4}, new double[] {1e16, -1e16, 1, 1, 1});
    assertThat(both.row("SELECT REGR_AVGX(1, value), REGR_AVGY(value, 1) FROM t.s"))
        .isEqualTo(List.of(0.6, 0.6));
    String infinite = "CAST('Infinity' AS DOUBLE)";
    assertThat(
            both.row(
                "SELECT REGR_AVGX(1, %s), REGR_SXX(1, %s) FROM t.s WHERE time = 1"
                    .replace("%s", infinite)))
        .isEqualTo(List.of(Double.POSITIVE_INFINITY, Double.NaN));
  }

  /** Exact sums over pairs, and how far off what is computed of doubles may be. */
  private record Pairs(
      BigDecimal size,
      BigDecimal meanY,
      BigDecimal meanX,
      BigDecimal syy,
      BigDecimal sxx,
      BigDecimal sxy,
      BigDecimal ulp) {

    static Pairs of(double[] ys, double[] xs) {
      BigDecimal meanY = mean(ys);
      BigDecimal meanX = mean(xs);
      BigDecimal sxx = BigDecimal.ZERO;
      BigDecimal syy = BigDecimal.ZERO;
      BigDecimal sxy = BigDecimal.ZERO;
      double largest = 0;
      for (int i = 0; i < ys.length; i++) {
        BigDecimal y = new BigDecimal(ys[i]).subtract(meanY);
        BigDecimal x = new BigDecimal(xs[i]).subtract(meanX);
        sxx = sxx.add(x.multiply(x));
        syy = syy.add(y.multiply(y));
        sxy = sxy.add(x.multiply(y));
        largest = Math.max(largest, Math.max(Math.abs(ys[i]), Math.abs(xs[i])));
      }
      BigDecimal ulp = new BigDecimal(Math.ulp(largest));
      return new Pairs(BigDecimal.valueOf(ys.length), meanY, meanX, syy, sxx, sxy, ulp);
    }

    private BigDecimal slope() {
      return sxy.divide(sxx, EXACT);
    }

    List<BigDecimal> statistics() {
      return List.of(
          sxy.divide(size, EXACT),
          sxy.divide(size.subtract(BigDecimal.ONE), EXACT),
          sxx,
          syy,
          sxy,
          meanX,
          meanY,
          slope(),
          meanY.subtract(slope().multiply(meanX)),
          slope().multiply(sxy.divide(syy, EXACT)),
          sxy.divide(spread(), EXACT));
    }

    private BigDecimal spread() {
      return sxx.multiply(syy).sqrt(EXACT);
    }

    /** Means are off by ulps of the values, the others by as many of the deviations. */
    List<BigDecimal> errors() {
      BigDecimal off = ulp.multiply(BigDecimal.valueOf(16));
      BigDecimal share = off.divide(sxx.min(syy).divide(size, EXACT).sqrt(EXACT), EXACT);
      BigDecimal ofSlope = share.multiply(syy.divide(sxx, EXACT).sqrt(EXACT));
      BigDecimal ofProducts = share.multiply(spread());
      return List.of(
          ofProducts.divide(size, EXACT),
          ofProducts.divide(size.subtract(BigDecimal.ONE), EXACT),
          share.multiply(sxx),
          share.multiply(syy),
          ofProducts,
          off,
          off,
          ofSlope,
          off.add(ofSlope.multiply(meanX.abs())),
          share,
          share);
    }
  }

  private static BigDecimal mean(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(values.length), EXACT);
  }
}
