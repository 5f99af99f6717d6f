package org.btrdb.bench;

import java.util.function.Consumer;
import org.btrdb.bench.PhasorData.Jitter;
import org.btrdb.bench.PhasorData.Quantity;
import org.btrdb.client.batch.PointBatch;

/**
 * The points that every engine stores, made anew in batches, and what they come to.
 *
 * <p>120 Hz with up to 0.1 ms of jitter, magnitudes of a phasor as floats.
 */
final class EngineData {
  /** Points of a batch, which is one durable commit. */
  static final int BATCH_POINTS = 50_000;

  private final long points;
  private ScanSums sums = ScanSums.NONE;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos;

  /**
   * Points that are made when they are asked for.
   *
   * @param points how many, a multiple of the batch
   */
  EngineData(long points) {
    if (points < BATCH_POINTS || points % BATCH_POINTS != 0) {
      throw new IllegalArgumentException(
          points + " points: a multiple of " + BATCH_POINTS + " is needed");
    }
    this.points = points;
  }

  /** Hands out all points in batches, in order of time. */
  void forEachBatch(Consumer<PointBatch> taker) {
    PhasorData data = new PhasorData(Quantity.MAGNITUDE, Jitter.TENTH_OF_MILLI, true, 1);
    sums = ScanSums.NONE;
    for (long made = 0; made < points; made += BATCH_POINTS) {
      long[] times = new long[BATCH_POINTS];
      double[] values = new double[BATCH_POINTS];
      data.next(times, values);
      count(times, values);
      taker.accept(PointBatch.of(times, values));
    }
  }

  private void count(long[] times, double[] values) {
    long mixed = sums.times();
    double sum = sums.values();
    for (int i = 0; i < times.length; i++) {
      mixed = ScanSums.mix(mixed, times[i]);
      sum += values[i];
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    sums = new ScanSums(sums.points() + times.length, mixed, sum);
    firstNanos = Math.min(firstNanos, times[0]);
    lastNanos = times[times.length - 1];
  }

  long points() {
    return points;
  }

  /** What a scan must come to; as are the others, known once all points were handed out. */
  ScanSums sums() {
    return sums;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }
}
