package org.btrdb.client.grpc.v4;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** The least and greatest values of some windows that follow one another in a batch. */
final class Extremes {
  private final StatBatch windows;
  private final int from;
  private final int to;
  private final long widthNanos;
  private final long[] counts;
  private final double[] mins;
  private final double[] maxes;

  Extremes(StatBatch windows, int from, int to, long widthNanos) {
    this.windows = windows;
    this.from = from;
    this.to = to;
    this.widthNanos = widthNanos;
    this.counts = new long[to - from];
    this.mins = new double[to - from];
    this.maxes = new double[to - from];
    Arrays.fill(mins, Double.POSITIVE_INFINITY);
    Arrays.fill(maxes, Double.NEGATIVE_INFINITY);
  }

  /** From the first window's start to the last one's end; what lies between windows is empty. */
  TimeRange range() {
    return new TimeRange(windows.time(from), windows.time(to - 1) + widthNanos);
  }

  /** Adds points in any order; false if one lies in no window. */
  boolean addAll(PointBatch points) {
    for (int i = 0; i < points.size(); i++) {
      int window = windowOf(points.time(i));
      if (window < from || points.time(i) - windows.time(window) >= widthNanos) {
        return false;
      }
      counts[window - from]++;
      mins[window - from] = Math.min(mins[window - from], points.value(i));
      maxes[window - from] = Math.max(maxes[window - from], points.value(i));
    }
    return true;
  }

  /** The last window that begins at or before a time; the one before the first if there is none. */
  private int windowOf(long time) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows.time(middle) <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether each window got as many points as it has. */
  boolean isComplete() {
    for (int i = from; i < to; i++) {
      if (counts[i - from] != windows.count(i)) {
        return false;
      }
    }
    return true;
  }

  double min(int window) {
    return mins[window - from];
  }

  double max(int window) {
    return maxes[window - from];
  }
}
