package org.btrdb.bench;

import java.util.SplittableRandom;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** What engines are asked about the same points, and whether they answer alike. */
final class EngineQuestions {
  private static final int WINDOWS = 1_000;
  private static final int CHECKED_TIMES = 100;
  private static final double TOLERANCE = 1e-12;

  /** Deviations are sums of rounded squares, which each engine adds up in its own order. */
  private static final double DEVIATION_TOLERANCE = 1e-9;

  private final EngineData data;
  private final TimeRange range;
  private final long widthNanos;
  private final SplittableRandom random = new SplittableRandom(1);

  EngineQuestions(EngineData data) {
    this.data = data;
    this.widthNanos = (data.lastNanos() - data.firstNanos()) / WINDOWS + 1;
    this.range = new TimeRange(data.firstNanos(), data.firstNanos() + WINDOWS * widthNanos);
  }

  ScanSums scan(PointEngine engine) {
    ScanSums sums = engine.scan();
    require(sums.equals(data.sums()), sums + " instead of " + data.sums());
    return sums;
  }

  StatBatch windows(PointEngine engine) {
    StatBatch windows = engine.windows(range, widthNanos);
    require(windows.size() == WINDOWS, windows.size() + " windows");
    return windows;
  }

  StatBatch statistics(PointEngine engine) {
    StatBatch all = engine.statistics();
    require(all.count(0) == data.points(), all.count(0) + " points");
    return all;
  }

  /** The last point before some time of the range. */
  Point nearest(PointEngine engine) {
    long time = random.nextLong(range.startNanos() + 1, range.endNanos());
    Point point = engine.before(time);
    require(point.timeNanos() < time, point + " is not before " + time);
    return point;
  }

  /** Compares the answers of an engine with the points stored and with another engine's answers. */
  void check(PointEngine engine, PointEngine other) {
    scan(engine);
    StatBatch all = statistics(engine);
    double mean = data.sums().values() / data.points();
    require(all.min(0) == data.min(), all.min(0) + " instead of the minimum " + data.min());
    require(all.max(0) == data.max(), all.max(0) + " instead of the maximum " + data.max());
    require(close(all.mean(0), mean, TOLERANCE), all.mean(0) + " instead of the mean " + mean);
    requireSame(all, statistics(other), 0);
    StatBatch windows = windows(engine);
    StatBatch others = windows(other);
    for (int i = 0; i < WINDOWS; i++) {
      require(windows.time(i) == others.time(i), "window " + i + " at " + windows.time(i));
      requireSame(windows, others, i);
    }
    for (int i = 0; i < CHECKED_TIMES; i++) {
      long time = random.nextLong(range.startNanos() + 1, range.endNanos());
      Point point = engine.before(time);
      require(point.equals(other.before(time)), point + " before " + time);
    }
  }

  private static void requireSame(StatBatch a, StatBatch b, int i) {
    require(a.count(i) == b.count(i), "count " + a.count(i) + ", other " + b.count(i));
    require(a.min(i) == b.min(i), "min " + a.min(i) + ", other " + b.min(i));
    require(a.max(i) == b.max(i), "max " + a.max(i) + ", other " + b.max(i));
    require(close(a.mean(i), b.mean(i), TOLERANCE), "mean " + a.mean(i) + ", other " + b.mean(i));
    require(
        close(a.stddev(i), b.stddev(i), DEVIATION_TOLERANCE),
        "deviation " + a.stddev(i) + ", other " + b.stddev(i));
  }

  private static boolean close(double a, double b, double tolerance) {
    return Math.abs(a - b) <= tolerance * Math.abs(b);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException("an engine answers " + otherwise);
    }
  }
}
