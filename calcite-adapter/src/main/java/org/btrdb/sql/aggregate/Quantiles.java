package org.btrdb.sql.aggregate;

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

  private long[] keys = new long[0];
  private int count;
  private int sorted;

  /** No values. */
  public Quantiles() {}

  /** What the values take now. */
  public long bytes() {
    return (long) keys.length * Long.BYTES;
  }

  /** What a larger place for them takes, into which one more value moves them; 0 if it need not. */
  public long bytesToMove() {
    return count < keys.length ? 0 : (long) larger() * Long.BYTES;
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
   * @param descending whether the largest value is the first one
   */
  public double continuous(Fraction fraction, boolean descending) {
    int index = fraction.floor(count - 1);
    double low = NumberFunctions.ofOrderKey(at(index, descending));
    double high = NumberFunctions.ofOrderKey(at(Math.min(index + 1, count - 1), descending));
    double share = fraction.rest(count - 1);
    if (share == 0 || low == high) {
      return low;
    }
    double distance = high - low;
    return Double.isFinite(distance) ? low + distance * share : low * (1 - share) + high * share;
  }

  /**
   * PERCENTILE_DISC: the first value that no less than a fraction of all are not after.
   *
   * @param descending whether the largest value is the first one
   */
  public long discrete(Fraction fraction, boolean descending) {
    return at(Math.max(fraction.ceil(count), 1) - 1, descending);
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
}
