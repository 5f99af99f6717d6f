package org.btrdb.sql.aggregate;

/**
 * How far numbers are from their mean, by Welford's method: a sum of squares from which the square
 * of a sum is subtracted loses all digits of values such as 60 Hz with a deviation of 1e-4.
 */
public final class Moments {
  /** About what one takes in memory, with its place in an array. */
  public static final int BYTES = 56;

  private long count;

  /** The first number; the others are near to it, and their differences from it lose nothing. */
  private double origin;

  private double mean;
  private double squares;

  /** No numbers. */
  public Moments() {}

  /** Adds a number. */
  public void add(double number) {
    if (count++ == 0) {
      origin = number;
    }
    double value = number - origin;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  /** Forgets all numbers. */
  public void clear() {
    count = 0;
    mean = 0;
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
}
