package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.Fixture.Window;
import org.junit.jupiter.api.Test;

/** Windows over leaves and parts of leaves whose values lie close together and far from 0. */
class DeviationTest {
  private static final int POINTS = 20_000;

  private static double[] insert(Btrdb btrdb, UUID uuid, IntToDoubleFunction value) {
    double[] values = new double[POINTS];
    Arrays.setAll(values, value);
    btrdb.insert(
        uuid,
        PointBatch.of(LongStream.range(0, POINTS).toArray(), values),
        MergePolicy.NEVER,
        SCOPE);
    btrdb.flush(uuid, SCOPE);
    return values;
  }

  private static List<Window> windows(Btrdb btrdb, UUID uuid, long width) {
    return Fixture.windows(
        btrdb.windows(
            uuid, new TimeRange(0, POINTS / width * width), width, StreamVersion.LATEST, SCOPE));
  }

  @Test
  void deviationOfLargeValuesIsThatOfTheirDifferences() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID far = Fixture.create(btrdb, "deviation", "far");
      UUID near = Fixture.create(btrdb, "deviation", "near");
      insert(btrdb, far, i -> 1e15 + 0.125 * (i % 4));
      insert(btrdb, near, i -> 0.125 * (i % 4));
      for (long width : new long[] {1024, 4096, 16_384}) { // whole buckets, rounded alike
        List<Window> expected = windows(btrdb, near, width);
        List<Window> found = windows(btrdb, far, width);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          double stddev = expected.get(i).stddev();
          assertThat(stddev).isCloseTo(0.125 * Math.sqrt(1.25), within(1e-7));
          assertThat(found.get(i).stddev()).isCloseTo(stddev, within(1e-6 * stddev));
        }
      }
    }
  }

  @Test
  void randomWindowsAgreeWithExactStatistics() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Btrdb btrdb = Fixture.memory()) {
      for (int exponent = 0; exponent <= 15; exponent++) {
        double offset = Math.pow(10, exponent) * (random.nextBoolean() ? 1 : -1);
        double step = Math.ulp(offset) * Math.pow(10, random.nextInt(4));
        UUID uuid = Fixture.create(btrdb, "deviation", "offset " + offset);
        double[] values = insert(btrdb, uuid, i -> offset + step * random.nextInt(4));
        for (long width : new long[] {1 + random.nextInt(2000), 1024, 4096, POINTS}) {
          for (Window window : windows(btrdb, uuid, width)) {
            int from = (int) window.time();
            List<Double> inside = new ArrayList<>();
            Arrays.stream(values, from, from + (int) width).forEach(inside::add);
            StatisticsCheck.check(window, inside);
          }
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
