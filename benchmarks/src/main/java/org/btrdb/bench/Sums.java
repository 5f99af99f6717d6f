package org.btrdb.bench;

/** What every reader that decodes does with a point: the least that needs both numbers. */
final class Sums {
  private long times;
  private double values;

  void add(long time, double value) {
    times ^= time; // a sum would overflow
    values += value;
  }

  /** Makes use of the sums, so that no compiler may leave them out. */
  void check(long points) {
    if (times < 0 || values < 0 || values > 2.0 * points) {
      throw new IllegalStateException("the sums of " + points + " points are wrong: " + values);
    }
  }
}
