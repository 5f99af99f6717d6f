package org.btrdb.sql.aggregate;

/** The sum of two doubles, exactly: what a double holds of it, and the rest. */
public final class TwoSum {
  private TwoSum() {}

  /** What the double {@code a + b} leaves out of a sum (Knuth, TAOCP 4.2.2). */
  public static double rest(double a, double b) {
    double sum = a + b;
    double taken = sum - a;
    return (a - (sum - taken)) + (b - taken);
  }
}
