package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.btrdb.embedded.Fixture.Window;

/** Compares a window with its values: exactly, or within what rounding may do. */
final class StatisticsCheck {
  /** A bucket's mean is rounded once for each level of the tree above its points. */
  private static final int ROUNDINGS = 8;

  private static final double RELATIVE_ERROR = 1e-12;

  private StatisticsCheck() {}

  static void check(Window window, List<Double> values) {
    assertThat(window.count()).isEqualTo(values.size());
    double min = values.stream().mapToDouble(v -> v).min().orElseThrow();
    double max = values.stream().mapToDouble(v -> v).max().orElseThrow();
    assertThat(window.min()).isEqualTo(min);
    assertThat(window.max()).isEqualTo(max);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal mean = sum.divide(count, MathContext.DECIMAL128);
    for (double value : values) {
      squares = squares.add(new BigDecimal(value).subtract(mean).pow(2, MathContext.DECIMAL128));
    }
    double rounding = ROUNDINGS * Math.ulp(Math.max(Math.abs(min), Math.abs(max)));
    double stddev = Math.sqrt(squares.divide(count, MathContext.DECIMAL128).doubleValue());
    assertThat(window.mean()).isCloseTo(mean.doubleValue(), within(rounding));
    assertThat(window.stddev()).isCloseTo(stddev, within(rounding + RELATIVE_ERROR * stddev));
  }
}
