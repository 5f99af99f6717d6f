package org.btrdb.embedded.tree;

/**
 * Statistics of a set of points.
 *
 * @param count number of points
 * @param min smallest value
 * @param max largest value
 * @param mean arithmetic mean
 * @param squares sum of squared deviations from the mean
 */
public record Summary(long count, double min, double max, double mean, double squares) {

  /** The statistics of no points. */
  public static final Summary EMPTY = new Summary(0, 0, 0, 0, 0);

  /** Statistics that grow; combines pairwise (Chan et al. 1979), so nothing cancels. */
  public static final class Builder {
    private long count;
    private double min;
    private double max;
    private double mean;
    private double squares;

    /** Forgets everything. */
    public void clear() {
      count = 0;
      min = 0;
      max = 0;
      mean = 0;
      squares = 0;
    }

    /** Adds statistics of other points. */
    public void add(long n, double lowest, double highest, double average, double deviations) {
      if (n == 0) {
        return;
      }
      if (count == 0) {
        count = n;
        min = lowest;
        max = highest;
        mean = average;
        squares = deviations;
        return;
      }
      double total = (double) count + n;
      double delta = average - mean;
      squares += deviations + delta * delta * ((double) count * n / total);
      mean = combinedMean(average, n, delta, total);
      count += n;
      min = Math.min(min, lowest);
      max = Math.max(max, highest);
    }

    /** The difference of two means of opposite sign near the largest double is infinite. */
    private double combinedMean(double average, long n, double delta, double total) {
      return Double.isInfinite(delta)
          ? mean * (count / total) + average * (n / total)
          : mean + delta * (n / total);
    }

    /** Adds a run of points: two passes, exact for equal values. */
    public void addPoints(double[] values, int from, int to) {
      if (from >= to) {
        return;
      }
      double lowest = values[from];
      double highest = values[from];
      double sum = 0;
      for (int i = from; i < to; i++) {
        lowest = Math.min(lowest, values[i]);
        highest = Math.max(highest, values[i]);
        sum += values[i];
      }
      int n = to - from;
      double average = Double.isInfinite(sum) ? incrementalMean(values, from, to) : sum / n;
      double deviations = 0;
      for (int i = from; i < to; i++) {
        double deviation = values[i] - average;
        deviations += deviation * deviation;
      }
      add(n, lowest, highest, average, deviations);
    }

    private static double incrementalMean(double[] values, int from, int to) {
      double average = 0;
      for (int i = from; i < to; i++) {
        average += (values[i] / (to - from));
      }
      return average;
    }

    /** Number of points so far. */
    public long count() {
      return count;
    }

    /** What was added so far. */
    public Summary build() {
      return new Summary(count, min, max, mean, squares);
    }

    /** The smallest value so far. */
    public double min() {
      return min;
    }

    /** The largest value so far. */
    public double max() {
      return max;
    }

    /** The mean so far. */
    public double mean() {
      return mean;
    }

    /** The population standard deviation so far. */
    public double stddev() {
      return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count));
    }
  }
}
