package org.btrdb.sql.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.btrdb.sql.SqlRefusal;

/**
 * Which part of all values a percentile is not below, from 0 to 1: a decimal, as it is written, and
 * not the double next to it. Places are computed in whole numbers if it has at most nine digits.
 */
public final class Fraction {
  private static final int MOST_DIGITS = 9;

  /** The fraction that is the median. */
  public static final Fraction HALF = new Fraction(new BigDecimal("0.5"));

  private final BigDecimal exact;
  private final long numerator;
  private final long denominator;

  private Fraction(BigDecimal exact) {
    this.exact = exact;
    BigDecimal plain = exact.stripTrailingZeros();
    int digits = Math.max(0, plain.scale());
    boolean fits = digits <= MOST_DIGITS;
    this.numerator = fits ? exact.scaleByPowerOfTen(digits).longValueExact() : 0;
    this.denominator = fits ? BigDecimal.TEN.pow(digits).longValueExact() : 0;
  }

  /**
   * A number as a fraction: a double is the decimal that it is written as.
   *
   * @throws SqlRefusal if it is not from 0 to 1
   */
  public static Fraction of(Object number) {
    if (number instanceof BigDecimal decimal) {
      return inRange(decimal);
    }
    double value = ((Number) number).doubleValue();
    if (!Double.isFinite(value)) {
      throw refusal(String.valueOf(value));
    }
    return inRange(BigDecimal.valueOf(value));
  }

  private static Fraction inRange(BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw refusal(value.toPlainString());
    }
    return new Fraction(value);
  }

  private static SqlRefusal refusal(String value) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "the fraction of a percentile is from 0 to 1, not " + value,
        null);
  }

  /** The largest whole number that is not above this part of another. */
  int floor(int number) {
    return denominator == 0
        ? part(number).setScale(0, RoundingMode.FLOOR).intValueExact()
        : Math.toIntExact(numerator * number / denominator);
  }

  /** The smallest whole number that is not below this part of another. */
  int ceil(int number) {
    return denominator == 0
        ? part(number).setScale(0, RoundingMode.CEILING).intValueExact()
        : Math.toIntExact((numerator * number + denominator - 1) / denominator);
  }

  /** By how much this part of a number is above {@link #floor}, from 0 to below 1. */
  double rest(int number) {
    return denominator == 0
        ? part(number).subtract(BigDecimal.valueOf(floor(number))).doubleValue()
        : (double) (numerator * number % denominator) / (double) denominator;
  }

  private BigDecimal part(int number) {
    return exact.multiply(BigDecimal.valueOf(number));
  }
}
