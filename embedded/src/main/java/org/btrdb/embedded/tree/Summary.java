package org.btrdb.embedded.tree;

/**
 * Statistics being gathered: count, smallest, largest, mean and squared deviations.
 *
 * <p>Parts are joined pairwise (Chan, Golub and LeVeque), so that no sum of squares cancels.
 */
public final class Summary {
  private long count;
  private double min;
  private double max;
  private double mean;
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
    join(slot.count(), slot.min(), slot.max(), slot.mean(), slot.m2());
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
    for (int i = from; i < to; i++) {
      double deviation = values[i] - average;
      squares += deviation * deviation;
    }
    join(n, low, high, average, squares);
  }

  private static double scaledMean(double[] values, int from, int to) {
    double average = 0;
    for (int i = from; i < to; i++) {
      average += values[i] / (to - from);
    }
    return average;
  }

  private void join(long n, double low, double high, double average, double squares) {
    if (count == 0) {
      count = n;
      min = low;
      max = high;
      mean = average;
      m2 = squares;
      return;
    }
    long total = count + n;
    double delta = average - mean;
    double joined = mean + delta * ((double) n / total);
    if (Double.isInfinite(delta)) { // the largest doubles with both signs
      joined = mean * ((double) count / total) + average * ((double) n / total);
    }
    m2 += squares + delta * delta * ((double) count * n / total);
    min = Math.min(min, low);
    max = Math.max(max, high);
    mean = Math.max(min, Math.min(max, joined)); // rounding must not leave [min, max]
    count = total;
  }
}
