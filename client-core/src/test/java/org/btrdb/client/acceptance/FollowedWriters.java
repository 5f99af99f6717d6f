package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Streams with a writer each, and subscribers that come and go meanwhile. The time and value of a
 * point are its number in its stream, so whatever is missing or told twice is seen.
 */
final class FollowedWriters {
  private static final int WRITERS = 4;
  private static final int INSERTS = 150;
  private static final int MOST_POINTS = 40;
  private static final int FOLLOWERS = 6;

  private final Workbench bench;
  private final long seed;
  private final List<UUID> streams = new ArrayList<>();

  /** Points of each stream whose insert has returned. */
  private final AtomicLongArray acknowledged = new AtomicLongArray(WRITERS);

  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private volatile boolean written;

  private FollowedWriters(Workbench bench, long seed) {
    this.bench = bench;
    this.seed = seed;
    for (int i = 0; i < WRITERS; i++) {
      streams.add(bench.stream());
    }
  }

  static void run(Workbench bench, long seed) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      new FollowedWriters(bench, seed).run(threads);
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void run(ExecutorService threads)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<?>> followers = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      Random random = new Random(seed + i);
      boolean toTheEnd = i == 0;
      followers.add(threads.submit(() -> follow(toTheEnd, random)));
    }
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int stream = i;
      Random random = new Random(seed - 1 - i);
      writers.add(threads.submit(() -> write(stream, random)));
    }
    for (Future<?> writer : writers) {
      writer.get(60, TimeUnit.SECONDS);
    }
    written = true;
    open.forEach(Subscription::finish);
    for (Future<?> follower : followers) {
      follower.get(60, TimeUnit.SECONDS);
    }
  }

  private void write(int stream, Random random) {
    for (int n = 0; n < INSERTS; n++) {
      long first = acknowledged.get(stream);
      long[] times = new long[1 + random.nextInt(MOST_POINTS)];
      Arrays.setAll(times, i -> first + i);
      double[] values = Arrays.stream(times).asDoubleStream().toArray();
      bench
          .btrdb()
          .insert(streams.get(stream), PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
      acknowledged.set(stream, first + times.length);
    }
  }

  private void follow(boolean toTheEnd, Random random) {
    do {
      int wanted = toTheEnd ? Integer.MAX_VALUE : 1 + random.nextInt(1500);
      int atOnce = toTheEnd ? WRITERS : random.nextInt(WRITERS + 1);
      try (Subscription subscription = bench.btrdb().subscribe(streams.subList(0, atOnce), SCOPE)) {
        subscription.add(streams.subList(atOnce, WRITERS));
        open.add(subscription);
        if (written) {
          subscription.finish();
        }
        new Session(subscription, wanted).run();
        open.remove(subscription);
      }
    } while (!written);
  }

  private long[] acknowledgedNow() {
    long[] now = new long[WRITERS];
    Arrays.setAll(now, acknowledged::get);
    return now;
  }

  /** One subscription from its first part to its last. */
  private final class Session {
    private final Subscription subscription;
    private final int wanted;

    /** Inserts that begin at or after this number began when the stream had joined. */
    private final Map<Integer, Long> joined = new HashMap<>();

    /** The number that must come next. */
    private final Map<Integer, Long> next = new HashMap<>();

    private int points;
    private long @Nullable [] atTheEnd;

    Session(Subscription subscription, int wanted) {
      this.subscription = subscription;
      this.wanted = wanted;
    }

    void run() {
      while (subscription.next()) {
        take(streams.indexOf(subscription.current().uuid()), subscription.current().points());
        if (points >= wanted && atTheEnd == null) {
          atTheEnd = acknowledgedNow();
          subscription.finish();
        }
      }
      long[] expected = atTheEnd == null ? acknowledgedNow() : atTheEnd;
      joined.forEach(
          (stream, from) ->
              assertThat(next.getOrDefault(stream, from))
                  .as("stream %s, whose points count from %s", stream, from)
                  .isGreaterThanOrEqualTo(expected[stream]));
    }

    private void take(int stream, PointBatch batch) {
      if (batch.size() == 0) {
        joined.putIfAbsent(stream, acknowledged.get(stream) + MOST_POINTS);
        return;
      }
      long from = Math.round(batch.value(0));
      assertThat(joined).as("what is told before the stream has joined").containsKey(stream);
      if (!next.containsKey(stream)) {
        assertThat(from).as("first of stream %s", stream).isLessThanOrEqualTo(joined.get(stream));
      }
      for (int i = 0; i < batch.size(); i++) {
        long number = next.getOrDefault(stream, from);
        assertThat(batch.time(i)).as("time in stream %s", stream).isEqualTo(number);
        assertThat(batch.value(i)).isEqualTo((double) number);
        next.put(stream, number + 1);
        points++;
      }
    }
  }
}
