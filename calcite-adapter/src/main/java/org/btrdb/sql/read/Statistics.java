package org.btrdb.sql.read;

import org.btrdb.sql.aggregate.TwoSum;
import org.btrdb.sql.expression.ValueOrder;

/**
 * Statistics of a set of points that grows by whole windows or single points.
 *
 * <p>Means combine by counts, never as a mean of means. Variances combine pairwise over the
 * difference of the means (Chan, Golub and LeVeque 1979): summing squares would cancel for values
 * like 60 Hz with a deviation of 1e-4.
 */
final class Statistics {
  private long count;
  private double min;
  private double max;
  private double mean;

  /** What the double of the mean leaves out: a mean that stops moving spoils the squares. */
  private double rest;

  private double squares;

  /** The deviation as it was given, if there was one window only; it would lose its last digit. */
  private double only;

  private boolean isOne;

  /** The sum of NaN and infinities; 0 if there is none. They have no part in the other sums. */
  private double special;

  void clear() {
    special = 0;
    count = 0;
    min = Double.NaN;
    max = Double.NaN;
    mean = 0;
    rest = 0;
    squares = 0;
    isOne = false;
  }

  /** Adds a window of {@code n > 0} points with a population standard deviation. */
  void add(long n, double lowest, double average, double highest, double stddev) {
    isOne = count == 0;
    only = stddev;
    addSquares(n, lowest, average, 0, highest, stddev * stddev * n);
  }

  private void addSquares(
      long n,
      double lowest,
      double average,
      double averageRest,
      double highest,
      double deviations) {
    if (!Double.isFinite(average)) {
      special += average;
    }
    if (count == 0) {
      count = n;
      min = lowest;
      max = highest;
      mean = average;
      rest = averageRest;
      squares = deviations;
      return;
    }
    double total = (double) count + n;
    double delta = (average - mean) + (averageRest - rest);
    squares += deviations + delta * delta * ((double) count * n / total);
    if (Double.isInfinite(delta)) {
      mean = mean * (count / total) + average * (n / total); // the largest of both signs
      rest = 0;
    } else {
      move(rest + delta * (n / total));
    }
    count += n;
    min = ValueOrder.compare(lowest, min) < 0 ? lowest : min;
    max = ValueOrder.compare(highest, max) > 0 ? highest : max;
  }

  private void move(double step) {
    rest = TwoSum.rest(mean, step);
    mean += step;
  }

  /** Adds other points. */
  void add(Statistics other) {
    if (other.count > 0) {
      isOne = count == 0 && other.isOne;
      only = other.only;
      addSquares(other.count, other.min, other.mean(), other.rest, other.max, other.squares);
    }
  }

  long count() {
    return count;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double mean() {
    return special == 0 ? mean : special;
  }

  double sum() {
    return special == 0 ? mean * count : special;
  }

  double varPop() {
    return special == 0 ? Math.max(0, squares / count) : Double.NaN;
  }

  double stddevPop() {
    return isOne && special == 0 ? only : Math.sqrt(varPop());
  }

  double varSamp() {
    return special == 0 ? Math.max(0, squares / (count - 1)) : Double.NaN;
  }
}
