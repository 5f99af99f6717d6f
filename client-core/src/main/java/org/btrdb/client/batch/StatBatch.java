package org.btrdb.client.batch;

import java.util.Arrays;

/**
 * Statistics of windows in parallel arrays, {@link #size()} elements from index 0; reused by the
 * cursor that fills it.
 *
 * <p>Every window in it holds at least one point. A standard deviation is the population one and
 * NaN where the server has none.
 */
public final class StatBatch {
  private long[] times;
  private double[] mins;
  private double[] means;
  private double[] maxes;
  private long[] counts;
  private double[] stddevs;
  private int size;

  /** An empty batch that has room for some windows. */
  public StatBatch(int capacity) {
    times = new long[capacity];
    mins = new double[capacity];
    means = new double[capacity];
    maxes = new double[capacity];
    counts = new long[capacity];
    stddevs = new double[capacity];
  }

  /** Number of windows. */
  public int size() {
    return size;
  }

  /** The start of the i-th window, nanoseconds since the Unix epoch. */
  public long time(int i) {
    return times[i];
  }

  /** The smallest value of the i-th window. */
  public double min(int i) {
    return mins[i];
  }

  /** The arithmetic mean of the i-th window. */
  public double mean(int i) {
    return means[i];
  }

  /** The largest value of the i-th window. */
  public double max(int i) {
    return maxes[i];
  }

  /** The number of points of the i-th window, at least 1. */
  public long count(int i) {
    return counts[i];
  }

  /** The population standard deviation of the i-th window, NaN if unknown. */
  public double stddev(int i) {
    return stddevs[i];
  }

  /** Removes all windows. */
  public void clear() {
    size = 0;
  }

  /** Appends a window, growing if needed. */
  public void add(long time, double min, double mean, double max, long count, double stddev) {
    if (size == times.length) {
      grow();
    }
    times[size] = time;
    mins[size] = min;
    means[size] = mean;
    maxes[size] = max;
    counts[size] = count;
    stddevs[size] = stddev;
    size++;
  }

  private void grow() {
    int capacity = Math.max(16, times.length * 2);
    times = Arrays.copyOf(times, capacity);
    mins = Arrays.copyOf(mins, capacity);
    means = Arrays.copyOf(means, capacity);
    maxes = Arrays.copyOf(maxes, capacity);
    counts = Arrays.copyOf(counts, capacity);
    stddevs = Arrays.copyOf(stddevs, capacity);
  }
}
