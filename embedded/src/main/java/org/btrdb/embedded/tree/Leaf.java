package org.btrdb.embedded.tree;

/**
 * Points in order of time; equal times stay in the order in which they were stored.
 *
 * @param times nanoseconds since the Unix epoch, ascending
 * @param values one for each time
 */
@SuppressWarnings("ArrayRecordComponent") // columns are shared with readers, never copied
public record Leaf(long[] times, double[] values) implements Node {

  /** Points a leaf may hold, unless its span cannot be split any more (reference 1.8). */
  public static final int CAPACITY = 1024;

  static final Leaf EMPTY = new Leaf(new long[0], new double[0]);

  /** Number of points. */
  public int size() {
    return times.length;
  }

  /** Index of the first point at or after a time. */
  int lowerBound(long timeNanos) {
    return Points.lowerBound(times, 0, times.length, timeNanos);
  }

  @Override
  public void addTo(Summary summary) {
    summary.add(values, 0, values.length);
  }

  @Override
  public int heapBytes() {
    return 64 + 16 * times.length;
  }
}
