package org.btrdb.sql.operator;

/** A sum of products with what rounding takes from each of them (Neumaier's method). */
final class ProductSum {
  private double sum;
  private double error;

  void clear() {
    sum = 0;
    error = 0;
  }

  /**
   * Adds a product.
   *
   * @param nanos a number that is a double, too
   */
  void add(double value, long nanos) {
    double weight = (double) nanos;
    double product = value * weight;
    double next = sum + product;
    error += Math.abs(sum) >= Math.abs(product) ? (sum - next) + product : (product - next) + sum;
    error += Math.fma(value, weight, -product);
    sum = next;
  }

  double value() {
    return sum + error;
  }

  /** The sum divided by a number, with what the division leaves. */
  double over(double divisor) {
    double quotient = sum / divisor;
    return quotient + (Math.fma(-quotient, divisor, sum) + error) / divisor;
  }
}
