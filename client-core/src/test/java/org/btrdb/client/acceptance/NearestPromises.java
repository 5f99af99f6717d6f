package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What is promised of the nearest point. */
interface NearestPromises extends Endpoint {

  @Test
  default void forwardIncludesTheTimeAndBackwardDoesNot() {
    UUID uuid = bench().streamAt(100, 200);
    assertThat(bench().nearest(uuid, 200, false)).contains(200L);
    assertThat(bench().nearest(uuid, 201, false)).isEmpty();
    assertThat(bench().nearest(uuid, 100, true)).isEmpty();
    assertThat(bench().nearest(uuid, 101, true)).contains(100L);
    assertThat(bench().nearest(uuid, Long.MIN_VALUE, false)).contains(100L);
    assertThat(bench().nearest(uuid, Long.MAX_VALUE, true)).contains(200L);
    assertThat(bench().nearest(uuid, Long.MAX_VALUE, false)).isEmpty();
    assertThat(bench().nearest(uuid, Long.MIN_VALUE, true)).isEmpty();
  }

  @Test
  default void bufferedPointsAreFound() {
    UUID uuid = bench().stream();
    assertThat(bench().nearest(uuid, 0, false)).isEmpty();
    assertThat(bench().nearest(uuid, 0, true)).isEmpty();
    bench().insert(uuid, 500, 100, 300);
    assertThat(bench().nearest(uuid, 0, false)).contains(100L);
    assertThat(bench().nearest(uuid, 400, true)).contains(300L);
    assertThat(bench().nearest(uuid, 400, false)).contains(500L);
  }

  @Test
  default void theEndsOfTheDomainAreReached() {
    UUID uuid = bench().streamAt(TimeRange.MIN_NANOS, TimeRange.MAX_POINT_NANOS);
    assertThat(bench().nearest(uuid, TimeRange.MAX_NANOS, true))
        .contains(TimeRange.MAX_POINT_NANOS);
    assertThat(bench().nearest(uuid, 0, true)).contains(TimeRange.MIN_NANOS);
    assertThat(bench().nearest(uuid, 0, false)).contains(TimeRange.MAX_POINT_NANOS);
  }

  @Test
  default void pointsOfTheFirstBucketOfANodeAreFoundBackward() {
    UUID near = bench().streamAt(LongStream.range(0, 3000).toArray());
    for (long time : new long[] {1, 2, 3, 64, 1000, 2047, 3000, 5000, 1L << 40}) {
      assertThat(bench().nearest(near, time, true)).contains(Math.min(time, 3000) - 1);
    }
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long base = random.nextLong() >> 5;
    long[] times = LongStream.range(0, 20_000).map(i -> base + i * 1_000_003L).toArray();
    UUID dense = bench().streamAt(times);
    for (int i = 0; i < 60; i++) {
      int index = 1 + random.nextInt(times.length - 1);
      assertThat(bench().nearest(dense, times[index], true))
          .as("seed %s, point %s", seed, index)
          .contains(times[index - 1]);
    }
    bench().btrdb().delete(dense, new TimeRange(times[100], times[19_000]), SCOPE);
    assertThat(bench().nearest(dense, times[19_000], true)).contains(times[99]);
  }
}
