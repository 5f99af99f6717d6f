package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.Fixture.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of one stream, compared with {@link ModelStream} in every kind of read. */
class ModelTest {
  private static final List<MergePolicy> POLICIES = List.of(MergePolicy.values());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomHistoryAgreesWithBruteForce(long seed) {
    run(seed, 40);
  }

  @Test
  void freshSeedAgreesWithBruteForce() {
    run(new Random().nextLong(), 40);
  }

  @Test
  @Tag("long")
  void manyFreshSeedsAgreeWithBruteForce() {
    for (int i = 0; i < 100; i++) {
      run(new Random().nextLong(), 80);
    }
  }

  private void run(long seed, int steps) {
    new History(seed, directory.resolve(Long.toString(seed))).run(steps);
  }

  private static final class History {
    private final long seed;
    private final Random random;
    private final Path directory;
    private final ModelStream model = new ModelStream();
    private final long center;
    private final int spreadBits;
    private Btrdb btrdb;
    private final UUID uuid;

    History(long seed, Path directory) {
      this.seed = seed;
      this.random = new Random(seed);
      this.directory = directory;
      this.btrdb = Fixture.directory(directory);
      this.uuid = Fixture.create(btrdb, "model", "stream");
      long[] centers = {0, -1_000_000_000L, 1_500_000_000_000_000_000L, 1L << 56, Long.MAX_VALUE};
      long pick = centers[random.nextInt(centers.length)];
      this.center = pick == Long.MAX_VALUE ? TimeRange.MIN_NANOS + (random.nextLong() >>> 2) : pick;
      this.spreadBits = 3 + random.nextInt(60);
    }

    void run(int steps) {
      try {
        for (int step = 0; step < steps; step++) {
          change();
          compareSome();
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      } finally {
        btrdb.close();
      }
    }

    private void change() {
      int dice = random.nextInt(20);
      StreamVersion answer;
      if (dice < 14) {
        MergePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
        List<Point> batch = batch();
        model.insert(batch, policy);
        answer = btrdb.insert(uuid, Fixture.batch(batch), policy, SCOPE);
      } else if (dice < 16) {
        model.flush();
        answer = btrdb.flush(uuid, SCOPE);
      } else if (dice < 18) {
        TimeRange range = range();
        if (range.clamped().isEmpty()) {
          return;
        }
        model.delete(range);
        answer = btrdb.delete(uuid, range, SCOPE);
      } else {
        model.flush();
        btrdb.close();
        btrdb = Fixture.directory(directory);
        answer = btrdb.version(uuid, SCOPE);
      }
      assertThat(answer).isEqualTo(model.version());
      assertThat(btrdb.version(uuid, SCOPE)).isEqualTo(model.version());
    }

    private List<Point> batch() {
      int size = random.nextInt(4) == 0 ? random.nextInt(4000) : random.nextInt(30);
      boolean sorted = random.nextBoolean();
      boolean narrow = random.nextInt(3) == 0;
      long start = time();
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        long time = sorted ? storable(start + i * (1L << Math.max(0, spreadBits - 12))) : time();
        double value = narrow ? random.nextInt(3) : random.nextGaussian() * 1e3 + 1e4;
        points.add(new Point(time, value));
      }
      return points;
    }

    private long time() {
      return switch (random.nextInt(40)) {
        case 0 -> TimeRange.MIN_NANOS;
        case 1 -> TimeRange.MAX_POINT_NANOS;
        case 2 -> center;
        default -> storable(center / 2 + (random.nextLong() >> (64 - spreadBits)) + center / 2);
      };
    }

    /** Cut to the domain; a sum that overflowed falls on its other end. */
    private static long storable(long time) {
      return Math.max(TimeRange.MIN_NANOS, Math.min(TimeRange.MAX_POINT_NANOS, time));
    }

    private TimeRange range() {
      if (random.nextInt(8) == 0) {
        return TimeRange.ALL;
      }
      long a = random.nextInt(20) == 0 ? Long.MIN_VALUE : time() + random.nextInt(3) - 1;
      long b = random.nextInt(20) == 0 ? Long.MAX_VALUE : time() + random.nextInt(3) - 1;
      return new TimeRange(Math.min(a, b), Math.max(a, b));
    }

    private long version() {
      long major = model.version().major();
      long oldest = StreamVersion.CREATED_MAJOR;
      return random.nextBoolean()
          ? StreamVersion.LATEST
          : oldest + random.nextInt((int) (major - oldest + 1));
    }

    private void compareSome() {
      for (int i = 0; i < 4; i++) {
        long version = version();
        TimeRange range = range();
        assertThat(Fixture.raw(btrdb, uuid, range.startNanos(), range.endNanos(), version))
            .isEqualTo(model.raw(version, range.startNanos(), range.endNanos()));
        long time = time() + random.nextInt(3) - 1;
        boolean backward = random.nextBoolean();
        assertThat(btrdb.nearest(uuid, time, backward, version, SCOPE))
            .isEqualTo(model.nearest(version, time, backward));
        compareWindows(version, range.clamped());
        compareAligned(version, range);
        compareChanges();
      }
    }

    private void compareWindows(long version, TimeRange range) {
      long length = Math.max(1, range.endNanos() - range.startNanos());
      long width =
          switch (random.nextInt(5)) {
            case 0 -> length;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 1L << 62;
            default -> Math.max(1, length / (1 + random.nextInt(300)) + random.nextInt(3) - 1);
          };
      long windows = range.isEmpty() ? 0 : length / width;
      long start = range.startNanos();
      check(
          Fixture.windows(btrdb.windows(uuid, range, width, version, SCOPE)),
          version,
          BigInteger.valueOf(start),
          BigInteger.valueOf(start + windows * width),
          width);
    }

    private void compareAligned(long version, TimeRange range) {
      int pointWidth = Math.min(62, Math.max(0, spreadBits - 8 + random.nextInt(14)));
      BigInteger width = BigInteger.ONE.shiftLeft(pointWidth);
      long start = Math.max(TimeRange.MIN_NANOS, range.startNanos());
      long end = Math.min(TimeRange.MAX_NANOS, range.endNanos());
      check(
          Fixture.windows(btrdb.alignedWindows(uuid, range, pointWidth, version, SCOPE)),
          version,
          BigInteger.valueOf(start).subtract(BigInteger.valueOf(start).mod(width)),
          BigInteger.valueOf(end).subtract(BigInteger.valueOf(end).mod(width)),
          1L << pointWidth);
    }

    private void compareChanges() {
      long a = version();
      long b = version();
      long to = a == StreamVersion.LATEST || b == StreamVersion.LATEST ? 0 : Math.max(a, b);
      long from = to == StreamVersion.LATEST ? Math.max(a, b) : Math.min(a, b);
      int resolution = random.nextBoolean() ? 0 : random.nextInt(64);
      List<TimeRange> ranges = Fixture.all(btrdb.changes(uuid, from, to, resolution, SCOPE));
      long lastEnd = Long.MIN_VALUE;
      for (TimeRange range : ranges) {
        assertThat(range.startNanos()).isGreaterThan(lastEnd);
        assertThat(range.endNanos()).isGreaterThan(range.startNanos());
        lastEnd = range.endNanos();
      }
      List<Point> before = from == 0 ? List.of() : model.at(from);
      Set<Long> changed = ModelStream.changedTimes(before, model.at(to));
      for (long time : changed) {
        assertThat(ranges)
            .as("changes from %s to %s at 2^%s ns hold %s", from, to, resolution, time)
            .anyMatch(r -> r.startNanos() <= time && time < r.endNanos());
      }
      if (from == to && from != 0) {
        assertThat(ranges).isEmpty();
      }
    }

    private void check(
        List<Window> answer, long version, BigInteger start, BigInteger end, long width) {
      TreeMap<BigInteger, List<Double>> expected = new TreeMap<>();
      BigInteger step = BigInteger.valueOf(width);
      for (Point point : model.at(version)) {
        BigInteger time = BigInteger.valueOf(point.timeNanos());
        if (time.compareTo(start) >= 0 && time.compareTo(end) < 0) {
          BigInteger window = start.add(time.subtract(start).divide(step).multiply(step));
          expected.computeIfAbsent(window, w -> new ArrayList<>()).add(point.value());
        }
      }
      assertThat(answer.stream().map(w -> BigInteger.valueOf(w.time())))
          .containsExactlyElementsOf(expected.keySet());
      int i = 0;
      for (Map.Entry<BigInteger, List<Double>> window : expected.entrySet()) {
        StatisticsCheck.check(answer.get(i++), window.getValue());
      }
    }
  }
}
