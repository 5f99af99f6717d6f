package org.btrdb.embedded.tree;

/**
 * Statistics being gathered: count, smallest, largest, mean and squared deviations.
 *
 * <p>Parts are joined pairwise (Chan, Golub and LeVeque), so that no sum of squares cancels. The
 * mean is kept with what its last digit leaves out: for values like 1.6e9 with a deviation of 1e-6
 * that is a good part of the deviation. A {@link Slot} has no room for it, so the deviation of
 * joined buckets is right to some units in the last place of the mean.
 *
 * <p>Squares bound the deviations: above about 1e154 they are infinite, below about 1e-154 they
 * lose digits, and below about 1e-162 they are 0.
 */
public final class Summary {
  private long count;
  private double min;
  private double max;
  private double mean;

  /** The mean less its double. */
  private double rest;

  private double m2;

  /** Forgets everything. */
  void clear() {
    count = 0;
  }

  /** Number of points. */
  public long count() {
    return count;
  }

  /** Smallest value; without meaning if the count is 0. */
  public double min() {
    return min;
  }

  /** Largest value; without meaning if the count is 0. */
  public double max() {
    return max;
  }

  /** Arithmetic mean; without meaning if the count is 0. */
  public double mean() {
    return mean;
  }

  /** Sum of squared deviations from the mean; without meaning if the count is 0. */
  public double m2() {
    return m2;
  }

  /** Population standard deviation. */
  public double stddev() {
    return Math.sqrt(m2 / count);
  }

  /** Adds what a bucket holds. */
  void add(Slot slot) {
    add(slot.count(), slot.min(), slot.max(), slot.mean(), slot.m2());
  }

  /**
   * Adds points by their statistics.
   *
   * @param n at least 1
   * @param squares the sum of squared deviations from their mean
   */
  public void add(long n, double low, double high, double average, double squares) {
    join(n, low, high, average, 0, squares);
  }

  /** Adds the values of a run. */
  void add(double[] values, int from, int to) {
    if (from >= to) {
      return;
    }
    double low = values[from];
    double high = low;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
    }
    int n = to - from;
    double average = sum / n;
    if (Double.isInfinite(sum)) {
      average = scaledMean(values, from, to);
    }
    average = Math.max(low, Math.min(high, average));
    double squares = 0;
    double deviations = 0; // 0 but for the error of the average
    for (int i = from; i < to; i++) {
      double deviation = values[i] - average;
      squares += deviation * deviation;
      deviations += deviation;
    }
    double error = 0;
    if (Double.isFinite(squares)) {
      error = deviations / n;
      squares = Math.max(0, squares - deviations * error);
    }
    join(n, low, high, average, error, squares);
  }

  private static double scaledMean(double[] values, int from, int to) {
    double average = 0;
    for (int i = from; i < to; i++) {
      average += values[i] / (to - from);
    }
    return average;
  }

  private void join(
      long n, double low, double high, double average, double averageRest, double squares) {
    if (count == 0) {
      count = n;
      min = low;
      max = high;
      m2 = squares;
      setMean(average, averageRest);
      return;
    }
    long total = count + n;
    double delta = (average - mean) + (averageRest - rest);
    m2 += squares + delta * delta * ((double) count * n / total);
    min = Math.min(min, low);
    max = Math.max(max, high);
    if (Double.isInfinite(delta)) { // the largest doubles with both signs
      setMean(mean * ((double) count / total) + average * ((double) n / total), 0);
    } else {
      setMean(mean, rest + delta * ((double) n / total));
    }
    count = total;
  }

  /** Takes a sum as the mean, and exactly (Knuth's two-sum). */
  private void setMean(double a, double b) {
    double sum = a + b;
    double added = sum - a;
    mean = Math.max(min, Math.min(max, sum)); // rounding must not leave [min, max]
    rest = mean == sum ? (a - (sum - added)) + (b - added) : 0;
  }
}
