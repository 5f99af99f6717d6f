package org.btrdb.embedded.tree;

/** Points in order of time, equal times in order of arrival; the arrays are never written again. */
public final class Leaf implements Node {
  private final long[] times;
  private final double[] values;

  /** Takes the arrays over. */
  public Leaf(long[] times, double[] values) {
    this.times = times;
    this.values = values;
  }

  /** Times, ascending. */
  public long[] times() {
    return times;
  }

  /** A value for each time. */
  public double[] values() {
    return values;
  }

  int size() {
    return times.length;
  }

  /** The index of the first point at or after a time. */
  int indexOf(long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public Summary summary() {
    Summary.Builder builder = new Summary.Builder();
    builder.addPoints(values, 0, values.length);
    return builder.build();
  }

  @Override
  public int weight() {
    return 64 + times.length * 16;
  }
}
