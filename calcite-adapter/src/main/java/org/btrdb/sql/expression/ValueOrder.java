package org.btrdb.sql.expression;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * The one order of values, for ORDER BY, GROUP BY, joins and comparisons alike.
 *
 * <p>NaN is an ordinary value as in PostgreSQL: equal to itself and larger than every other number.
 * 0.0 and -0.0 are equal. Decimals are equal whatever their scale, texts are ordered by UTF-16
 * units, UUIDs as unsigned 128-bit numbers.
 */
public final class ValueOrder {
  private ValueOrder() {}

  /** Compares two numbers. */
  public static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    if (a > b) {
      return 1;
    }
    return a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  /** Compares two values of one type other than MAP. */
  public static int compare(Object a, Object b) {
    if (a instanceof String x) {
      return x.compareTo((String) b);
    }
    if (a instanceof BigDecimal x) {
      return x.compareTo((BigDecimal) b);
    }
    if (a instanceof UUID x) {
      UUID y = (UUID) b;
      int high = Long.compareUnsigned(x.getMostSignificantBits(), y.getMostSignificantBits());
      return high != 0
          ? high
          : Long.compareUnsigned(x.getLeastSignificantBits(), y.getLeastSignificantBits());
    }
    throw new IllegalStateException("values of " + a.getClass() + " have no order");
  }

  /** A hash that is the same for equal numbers. */
  public static int hash(double value) {
    return value == 0 ? 0 : mixed(Double.doubleToLongBits(value));
  }

  /** A hash that is the same for equal whole numbers. */
  public static int hash(long value) {
    return mixed(value);
  }

  /** A hash that is the same for equal values. */
  public static int hash(Object value) {
    return mixed(
        value instanceof BigDecimal number
            ? number.stripTrailingZeros().hashCode()
            : value.hashCode());
  }

  /**
   * A hash whose every bit depends on all of the given ones, by MurmurHash3's 64-bit finalizer.
   * Small whole numbers differ in a few upper bits only when they are doubles, round times in a few
   * middle ones: without this they would crowd in a few slots of a table.
   */
  private static int mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return (int) (mixed ^ (mixed >>> 33));
  }
}
