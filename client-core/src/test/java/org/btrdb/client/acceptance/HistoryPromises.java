package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** Random histories of a stream, compared with brute force in every kind of read. */
interface HistoryPromises extends Endpoint {

  @Test
  default void randomHistoriesAgreeWithBruteForce() {
    for (long seed = 1; seed <= 4; seed++) {
      run(seed);
    }
    for (int i = 0; i < 4; i++) {
      run(new Random().nextLong());
    }
  }

  private void run(long seed) {
    try {
      new History(bench(), seed).run(12);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** One stream and its model. */
  final class History {
    private final Workbench bench;
    private final Random random;
    private final StreamModel model = new StreamModel();
    private final UUID uuid;
    private final long center;
    private final int spreadBits;
    private final double offset;

    History(Workbench bench, long seed) {
      this.bench = bench;
      this.random = new Random(seed);
      this.uuid = bench.stream();
      long[] centers = {
        0, -1_000_000_000L, 1_500_000_000_000_000_000L, TimeRange.MAX_POINT_NANOS, 1L << 57
      };
      this.center = centers[random.nextInt(centers.length)];
      this.spreadBits = 8 + random.nextInt(52);
      double[] offsets = {0, 60, -60, 0.5};
      this.offset = offsets[random.nextInt(offsets.length)];
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        change();
        compare(StreamVersion.LATEST);
        List<Long> versions = model.versions();
        if (!versions.isEmpty()) {
          compare(versions.get(random.nextInt(versions.size())));
        }
      }
    }

    private void change() {
      int dice = random.nextInt(20);
      if (dice < 15) {
        List<Point> points = points();
        model.insert(points, bench.insert(uuid, points));
      } else if (dice < 18) {
        model.committed(bench.btrdb().flush(uuid, SCOPE));
      } else {
        TimeRange range = range();
        model.delete(range, bench.btrdb().delete(uuid, range, SCOPE));
      }
    }

    private List<Point> points() {
      int size = 1 + (random.nextInt(3) == 0 ? random.nextInt(3000) : random.nextInt(20));
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        double value = random.nextInt(8) == 0 ? 0 : offset + random.nextGaussian();
        points.add(new Point(time(), value));
      }
      return points;
    }

    /**
     * Within the domain; not at its very ends too often, for 4 ns hold no more than 1024 points.
     */
    private long time() {
      long away = random.nextLong() >> (64 - spreadBits);
      boolean isInside =
          center + away >= TimeRange.MIN_NANOS && center + away <= TimeRange.MAX_POINT_NANOS;
      return isInside ? center + away : center - away;
    }

    /** Never empty after it is cut to the domain. */
    private TimeRange range() {
      if (random.nextInt(8) == 0) {
        return TimeRange.ALL;
      }
      long a = time();
      long b = time();
      return new TimeRange(Math.min(a, b), Math.max(a, b) + 1);
    }

    private void compare(long version) {
      TimeRange range = range();
      long start = range.startNanos();
      long end = range.endNanos();
      String what = "[" + start + ", " + end + ") of version " + version;
      assertThat(bench.raw(uuid, start, end, version))
          .as(what)
          .isEqualTo(model.raw(start, end, version));
      for (boolean backward : new boolean[] {true, false}) {
        assertThat(
                bench.btrdb().nearest(uuid, start, backward, version, SCOPE).map(Point::timeNanos))
            .as("%s backward %s", what, backward)
            .isEqualTo(model.nearest(start, backward, version));
      }
      boolean deviation = bench.btrdb().capabilities().standardDeviation();
      long width = Math.max(1, (end - start) / (1 + random.nextInt(200)));
      try {
        model.check(
            bench.windows(uuid, start, end, width, version),
            BigInteger.valueOf(start),
            BigInteger.valueOf(end),
            width,
            version,
            deviation);
      } catch (AssertionError e) {
        throw new AssertionError("windows of " + width + " ns in " + what, e);
      }
      int pointWidth = Math.max(0, Math.min(60, spreadBits - random.nextInt(9)));
      BigInteger step = BigInteger.ONE.shiftLeft(pointWidth);
      BigInteger first = BigInteger.valueOf(start);
      BigInteger last = BigInteger.valueOf(end);
      try {
        model.check(
            bench.aligned(uuid, start, end, pointWidth, version),
            first.subtract(first.mod(step)),
            last.subtract(last.mod(step)),
            1L << pointWidth,
            version,
            deviation);
      } catch (AssertionError e) {
        throw new AssertionError("aligned windows of 2^" + pointWidth + " ns in " + what, e);
      }
    }
  }
}
