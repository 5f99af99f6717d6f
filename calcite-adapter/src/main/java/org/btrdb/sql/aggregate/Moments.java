package org.btrdb.sql.aggregate;

/**
 * The mean of numbers and how far they are from it, by Welford's method: a sum of squares from
 * which the square of a sum is subtracted loses all digits of values such as 60 Hz with a deviation
 * of 1e-4.
 */
public final class Moments {
  /** About what one takes in memory, with a reference to it. */
  public static final int BYTES = 56;

  private long count;
  private double mean;

  /** What the double of the mean leaves out: a mean that stops moving spoils the squares. */
  private double rest;

  private double squares;

  /** No numbers. */
  public Moments() {}

  /** Adds a number. */
  public void add(double number) {
    count++;
    double delta = fromMean(number);
    move(rest + delta / count);
    squares += delta * fromMean(number);
  }

  private void move(double step) {
    rest = TwoSum.rest(mean, step);
    mean += step;
  }

  /** Forgets all numbers. */
  public void clear() {
    count = 0;
    mean = 0;
    rest = 0;
    squares = 0;
  }

  /** Whether there are too few numbers for a variance, of all or of a sample. */
  public boolean isNull(boolean sample) {
    return count < (sample ? 2 : 1);
  }

  /** The variance, or its root, where there are enough numbers. */
  public double deviation(boolean sample, boolean root) {
    double variance = Math.max(0, squares / (sample ? count - 1 : count));
    return root ? Math.sqrt(variance) : variance;
  }

  /** How far a number is from the mean. */
  double fromMean(double number) {
    return (number - mean) - rest;
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  /** The sum of squared deviations. */
  double squares() {
    return squares;
  }
}
