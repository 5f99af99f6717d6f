package org.btrdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statistics of values that lie close together and far from 0, compared with exact ones. */
class SummaryTest {
  private static final MathContext EXACT = new MathContext(60);
  private static final double RELATIVE_ERROR = 1e-11;

  private static double[] repeated(double offset, double step) {
    double[] values = new double[Leaf.CAPACITY];
    Arrays.setAll(values, i -> offset + step * (i % 4));
    return values;
  }

  private static Summary summary(double... values) {
    Summary summary = new Summary();
    summary.add(values, 0, values.length);
    return summary;
  }

  private static void check(Summary summary, double[] values, String what) {
    BigDecimal count = BigDecimal.valueOf(values.length);
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal mean = sum.divide(count, EXACT);
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      squares = squares.add(new BigDecimal(value).subtract(mean).pow(2, EXACT));
    }
    double stddev = squares.divide(count, EXACT).sqrt(EXACT).doubleValue();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertThat(summary.count()).as(what).isEqualTo(values.length);
    assertThat(summary.stddev()).as(what).isCloseTo(stddev, within(stddev * RELATIVE_ERROR));
    assertThat(summary.mean())
        .as(what)
        .isCloseTo(mean.doubleValue(), within(4 * Math.ulp(largest)))
        .isBetween(summary.min(), summary.max());
  }

  @Test
  void deviationOfLargeValuesIsThatOfTheirDifferences() {
    check(summary(repeated(1.6e9, 1e-6)), repeated(1.6e9, 1e-6), "nanoseconds");
    check(summary(repeated(1e15, 0.125)), repeated(1e15, 0.125), "last digits");
  }

  @Test
  void randomRunsAgreeWithExactStatistics() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int exponent = 0; exponent <= 15; exponent++) {
      double offset = Math.pow(10, exponent) * (random.nextBoolean() ? 1 : -1);
      for (double step = 1e3; step >= Math.ulp(offset); step /= 10) {
        double spread = step;
        double[] values = new double[2 + random.nextInt(3000)];
        Arrays.setAll(values, i -> offset + spread * random.nextInt(4));
        values[0] = offset;
        values[1] = offset + 3 * spread; // not all equal
        String what = "offset " + offset + ", step " + step + ", seed " + seed;
        check(summary(values), values, what);
        Summary joined = new Summary();
        for (int from = 0; from < values.length; ) {
          int to = Math.min(values.length, from + 1 + random.nextInt(200));
          joined.add(values, from, to);
          from = to;
        }
        check(joined, values, "joined, " + what);
      }
    }
  }

  @Test
  void equalValuesHaveExactlyTheirMean() {
    for (double value : new double[] {0.1, -1e15 / 3, 1e300, Double.MAX_VALUE, 4.9e-324, -0.0}) {
      double[] values = new double[1000];
      Arrays.fill(values, value);
      Summary summary = summary(values);
      summary.add(values, 0, 7);
      assertThat(summary.mean()).isEqualTo(value);
      assertThat(summary.stddev()).isZero();
    }
  }

  @Test
  void largestValuesOfBothSignsHaveAMean() {
    double[] values = {Double.MAX_VALUE, -Double.MAX_VALUE};
    Summary summary = summary(values);
    assertThat(summary.mean()).isZero();
    assertThat(summary.stddev()).isInfinite();
    summary = summary(Double.MAX_VALUE);
    summary.add(values, 1, 2);
    summary.add(values, 0, 2);
    assertThat(summary.mean()).isZero();
    assertThat(summary.stddev()).isInfinite();
  }

  /** What leaves said whose mean was a plain sum's: the error of it was in their squares. */
  @Test
  void deviationsOfOldStoresAreNoFault() {
    double[] values = repeated(1.6e9, 1e-6);
    Leaf leaf = new Leaf(new long[values.length], values);
    Slot slot = Slot.of(leaf, 12);
    double old = 1.90e-6 * 1.90e-6 * values.length;
    assertThat(faults(leaf, slot, old)).isEmpty();
    double stddev = 1; // nothing that rounding does to 1.6e9
    assertThat(faults(leaf, slot, stddev * stddev * values.length))
        .singleElement()
        .asString()
        .contains("its parent says");
  }

  private static List<String> faults(Leaf leaf, Slot slot, double m2) {
    List<String> faults = new ArrayList<>();
    Slot stored = new Slot(1, null, 12, slot.count(), slot.min(), slot.max(), slot.mean(), m2);
    new TreeCheck(id -> leaf, faults::add).version("stream", 12, stored);
    return faults;
  }
}
