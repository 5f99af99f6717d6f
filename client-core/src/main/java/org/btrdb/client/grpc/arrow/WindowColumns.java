package org.btrdb.client.grpc.arrow;

import java.util.Arrays;
import org.btrdb.client.batch.StatBatch;

/** The columns of window statistics as they stand in a stream, empty windows among them. */
final class WindowColumns {
  private static final int TIME = 0;
  private static final int MIN = 1;
  private static final int MEAN = 2;
  private static final int MAX = 3;
  private static final int COUNT = 4;
  private static final int STDDEV = 5;

  private long[] times = new long[0];
  private double[] mins = new double[0];
  private double[] means = new double[0];
  private double[] maxes = new double[0];
  private long[] counts = new long[0];
  private double[] stddevs = new double[0];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  private void ensure(int capacity) {
    if (times.length < capacity) {
      int larger = Math.max(capacity, times.length * 2);
      times = Arrays.copyOf(times, larger);
      mins = Arrays.copyOf(mins, larger);
      means = Arrays.copyOf(means, larger);
      maxes = Arrays.copyOf(maxes, larger);
      counts = Arrays.copyOf(counts, larger);
      stddevs = Arrays.copyOf(stddevs, larger);
    }
  }

  void add(long time, double min, double mean, double max, long count, double stddev) {
    ensure(size + 1);
    times[size] = time;
    mins[size] = min;
    means[size] = mean;
    maxes[size] = max;
    counts[size] = count;
    stddevs[size] = stddev;
    size++;
  }

  void write(IpcWriter writer) {
    writer.longs(times, 0);
    writer.doubles(mins, 0);
    writer.doubles(means, 0);
    writer.doubles(maxes, 0);
    writer.longs(counts, 0);
    writer.doubles(stddevs, 0);
  }

  /** Takes over a batch of a stream. */
  void read(IpcReader reader) {
    reader.checkNoNulls(TIME);
    reader.checkNoNulls(COUNT);
    size = reader.rows();
    ensure(size);
    reader.longs(TIME, times, 0);
    reader.doubles(MIN, mins, 0);
    reader.doubles(MEAN, means, 0);
    reader.doubles(MAX, maxes, 0);
    reader.longs(COUNT, counts, 0);
    reader.doubles(STDDEV, stddevs, 0);
  }

  /** Appends the windows that hold points and begin before an end. */
  void addTo(StatBatch batch, long endNanos, IpcReader reader) {
    for (int i = 0; i < size; i++) {
      long count = counts[i];
      if (count < 0) {
        throw Violations.of("has a window of " + Long.toUnsignedString(count) + " points");
      }
      if (count > 0 && times[i] < endNanos) {
        if (reader.isNull(MIN, i) || reader.isNull(MEAN, i) || reader.isNull(MAX, i)) {
          throw Violations.of("has a null min, mean or max in a window of " + count + " points");
        }
        double stddev = reader.isNull(STDDEV, i) ? Double.NaN : stddevs[i];
        batch.add(times[i], mins[i], means[i], maxes[i], count, stddev);
      }
    }
  }
}
