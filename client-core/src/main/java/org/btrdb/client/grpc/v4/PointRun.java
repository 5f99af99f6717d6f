package org.btrdb.client.grpc.v4;

import java.util.Arrays;
import org.btrdb.client.batch.PointBatch;

/** Points that are held in memory, in two growing arrays. */
final class PointRun {
  private long[] times = new long[16];
  private double[] values = new double[16];
  private int size;

  int size() {
    return size;
  }

  long time(int i) {
    return times[i];
  }

  double value(int i) {
    return values[i];
  }

  void clear() {
    size = 0;
  }

  void add(long time, double value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    times[size] = time;
    values[size++] = value;
  }

  PointBatch batch() {
    return new PointBatch(times, values, 0, size);
  }

  /**
   * Sorts by time; equal times keep their order. Runs that are sorted already are merged as such.
   */
  void sort() {
    int[] runs = new int[16];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || times[i] < times[i - 1]) {
        if (count + 1 >= runs.length) {
          runs = Arrays.copyOf(runs, runs.length * 2);
        }
        runs[count++] = i;
      }
    }
    runs[count] = size;
    long[] otherTimes = count > 1 ? new long[times.length] : times;
    double[] otherValues = count > 1 ? new double[times.length] : values;
    while (count > 1) {
      int merged = 0;
      for (int r = 0; r < count; r += 2) {
        int middle = runs[r + 1];
        int end = r + 1 < count ? runs[r + 2] : middle;
        merge(runs[r], middle, end, otherTimes, otherValues);
        runs[merged++] = runs[r];
      }
      runs[merged] = size;
      count = merged;
      long[] swappedTimes = times;
      times = otherTimes;
      otherTimes = swappedTimes;
      double[] swappedValues = values;
      values = otherValues;
      otherValues = swappedValues;
    }
  }

  private void merge(int start, int middle, int end, long[] toTimes, double[] toValues) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = right == end || (left < middle && times[left] <= times[right]);
      int from = takeLeft ? left++ : right++;
      toTimes[at] = times[from];
      toValues[at] = values[from];
    }
  }
}
