package org.btrdb.embedded.tree;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;

/**
 * A run of points in order of time; equal times stay in the order of the request.
 *
 * @param times nanoseconds since the Unix epoch, ascending between from and to
 * @param values one for each time
 * @param from index of the first point
 * @param to index after the last point
 */
@SuppressWarnings("ArrayRecordComponent") // a view, not a value
public record Points(long[] times, double[] values, int from, int to) {

  /** The points of a batch in order of time; without a copy if they are so already. */
  public static Points sorted(PointBatch batch) {
    int from = batch.offset();
    int to = from + batch.size();
    Points points = new Points(batch.times(), batch.values(), from, to);
    return points.isSorted() ? points : points.mergeSorted();
  }

  /** Number of points. */
  public int size() {
    return to - from;
  }

  /** A part of this run, of the same arrays. */
  public Points slice(int newFrom, int newTo) {
    return new Points(times, values, newFrom, newTo);
  }

  Leaf toLeaf() {
    return new Leaf(Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to));
  }

  /** Index of the first point of a run at or after a time, or the run's end. */
  static int lowerBound(long[] times, int from, int to, long timeNanos) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < timeNanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isSorted() {
    for (int i = from + 1; i < to; i++) {
      if (times[i - 1] > times[i]) {
        return false;
      }
    }
    return true;
  }

  /** Bottom-up merge sort of both columns: stable, which no sort of the JDK is for primitives. */
  private Points mergeSorted() {
    int n = size();
    long[] t = Arrays.copyOfRange(times, from, to);
    double[] v = Arrays.copyOfRange(values, from, to);
    long[] nextT = new long[n];
    double[] nextV = new double[n];
    for (int width = 1; width < n; width = width > n / 2 ? n : width * 2) {
      for (int low = 0; low < n; low += Math.min(2 * width, n - low)) {
        int middle = Math.min(low + width, n);
        int high = Math.min(middle + width, n);
        mergeRuns(t, v, low, middle, high, nextT, nextV);
      }
      long[] swapT = t;
      double[] swapV = v;
      t = nextT;
      v = nextV;
      nextT = swapT;
      nextV = swapV;
    }
    return new Points(t, v, 0, n);
  }

  private static void mergeRuns(
      long[] t, double[] v, int low, int middle, int high, long[] outT, double[] outV) {
    int left = low;
    int right = middle;
    for (int k = low; k < high; k++) {
      boolean takeLeft = left < middle && (right >= high || t[left] <= t[right]);
      int taken = takeLeft ? left++ : right++;
      outT[k] = t[taken];
      outV[k] = v[taken];
    }
  }
}
