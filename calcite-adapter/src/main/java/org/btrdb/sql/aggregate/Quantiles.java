package org.btrdb.sql.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.NumberFunctions;

/**
 * The values of one group, and those of them, or between them, that a fraction of all is not above.
 * Values are whole numbers, or doubles by their order key ({@link NumberFunctions#orderKey}), so
 * that NaN is the largest.
 */
public final class Quantiles {
  private static final int FIRST_CAPACITY = 16;
  private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 64;
  private static final int FEW = 8;

  /** The fraction that is the median. */
  public static final BigDecimal HALF = new BigDecimal("0.5");

  private long[] keys = new long[0];
  private int count;
  private int sorted;

  /** No values. */
  public Quantiles() {}

  /** Bytes that one more value makes this take; 0 if there is room. */
  public long bytesToAdd() {
    return count < keys.length ? 0 : (long) (larger() - keys.length) * Long.BYTES;
  }

  private int larger() {
    if (count == LARGEST_CAPACITY) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_MEMORY, "more than " + count + " values to hold at once", null);
    }
    return (int) Math.min(LARGEST_CAPACITY, Math.max(FIRST_CAPACITY, 2L * keys.length));
  }

  /** Adds a value. */
  public void add(long key) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, larger());
    }
    keys[count++] = key;
  }

  /** Forgets all values and keeps their places. */
  public void clear() {
    count = 0;
    sorted = 0;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * PERCENTILE_CONT of order keys: between two values it lies in proportion.
   *
   * @param fraction 0 to 1
   * @param descending whether the largest value is the first one
   */
  public double continuous(BigDecimal fraction, boolean descending) {
    BigDecimal place = checked(fraction).multiply(BigDecimal.valueOf(count - 1L));
    int index = place.setScale(0, RoundingMode.FLOOR).intValueExact();
    double low = NumberFunctions.ofOrderKey(at(index, descending));
    double high = NumberFunctions.ofOrderKey(at(Math.min(index + 1, count - 1), descending));
    double share = place.subtract(BigDecimal.valueOf(index)).doubleValue();
    if (share == 0 || low == high) {
      return low;
    }
    double distance = high - low;
    return Double.isFinite(distance) ? low + distance * share : low * (1 - share) + high * share;
  }

  /**
   * PERCENTILE_DISC: the first value that no less than a fraction of all are not after.
   *
   * @param fraction 0 to 1
   * @param descending whether the largest value is the first one
   */
  public long discrete(BigDecimal fraction, boolean descending) {
    int rows =
        checked(fraction)
            .multiply(BigDecimal.valueOf(count))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    return at(Math.max(rows, 1) - 1, descending);
  }

  private long at(int index, boolean descending) {
    sort();
    return keys[descending ? count - 1 - index : index];
  }

  private void sort() {
    if (count - sorted > FEW) {
      Arrays.sort(keys, 0, count);
      sorted = count;
    }
    for (; sorted < count; sorted++) { // windows add one at a time
      long key = keys[sorted];
      int found = Arrays.binarySearch(keys, 0, sorted, key);
      int place = found < 0 ? -found - 1 : found;
      System.arraycopy(keys, place, keys, place + 1, sorted - place);
      keys[place] = key;
    }
  }

  private static BigDecimal checked(BigDecimal fraction) {
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "the fraction of a percentile is from 0 to 1, not " + fraction.toPlainString(),
          null);
    }
    return fraction;
  }

  /** A number as a fraction: a double is the decimal that it is written as. */
  public static BigDecimal fraction(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    double value = ((Number) number).doubleValue();
    if (!Double.isFinite(value)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "the fraction of a percentile is from 0 to 1, not " + value,
          null);
    }
    return BigDecimal.valueOf(value);
  }
}
