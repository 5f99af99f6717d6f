package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.store.DiskEvent;
import org.btrdb.embedded.store.PowerCut;
import org.btrdb.embedded.store.RecordingDisk;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.PointWalk;
import org.btrdb.embedded.tree.Points;
import org.junit.jupiter.api.Test;

/** A store whose buffers are larger than those of the heap it is opened with. */
class JournalReplayTest {
  private static final int STREAMS = 3;
  private static final List<MergePolicy> POLICIES = List.of(MergePolicy.values());

  /** Some leaves; what is written below needs some hundred. */
  private static final long SMALL = 300_000;

  private static UUID uuid(int stream) {
    return new UUID(7, stream);
  }

  /** Buffers of points far apart, some by large inserts, some by small ones; then a power cut. */
  private static byte[] written(Random random) {
    RecordingDisk disk = new RecordingDisk(new byte[0]);
    Engine engine = Engine.open(disk.open(false));
    for (int stream = 0; stream < STREAMS; stream++) {
      engine.create(new NewStream(uuid(stream), "r", Map.of("name", "n" + stream), Map.of()));
      engine.insert(uuid(stream), spread(random, 8_000), MergePolicy.NEVER);
      engine.flush(uuid(stream));
      for (int size : new int[] {1, 600, 40, 1}) {
        MergePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
        engine.insert(uuid(stream), spread(random, size), policy);
      }
    }
    engine.store().closeImmediately();
    return disk.bytes();
  }

  private static Points spread(Random random, int size) {
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = random.nextInt(100_000) * 1_000_003_000L;
      values[i] = random.nextInt(5);
    }
    Arrays.sort(times);
    return new Points(times, values, 0, size);
  }

  private static List<String> points(Engine engine) {
    List<String> found = new ArrayList<>();
    for (int stream = 0; stream < STREAMS; stream++) {
      StreamState state = engine.stream(uuid(stream)).published();
      PointWalk walk = new PointWalk(engine.store(), state.root(), TimeRange.ALL);
      for (var batch = walk.next(); batch != null; batch = walk.next()) {
        for (int i = 0; i < batch.size(); i++) {
          found.add(stream + " " + batch.time(i) + " " + batch.value(i));
        }
      }
    }
    return found;
  }

  @Test
  void whatDoesNotFitBecomesVersionsAndAPowerCutInBetweenLosesNothing() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] image = written(random);
    Engine plenty = Engine.open(new RecordingDisk(image).open(true));
    List<String> expected = points(plenty);
    assertThat(version(plenty)).isEqualTo(new StreamVersion(11, 642));

    RecordingDisk disk = new RecordingDisk(image);
    Engine small = Engine.open(disk.open(true), new BufferBudget(SMALL));
    assertThat(points(small)).as("seed %d", seed).isEqualTo(expected);
    assertThat(version(small).major()).as("seed %d", seed).isGreaterThan(11);
    for (int stream = 0; stream < STREAMS; stream++) {
      assertThat(small.stream(uuid(stream)).freshBytes()).isLessThanOrEqualTo(SMALL / 2);
    }
    small.insert(uuid(0), spread(random, 1), MergePolicy.NEVER);
    List<String> oneMore = points(small);

    List<DiskEvent> events = disk.events();
    for (int count = 0; count <= events.size(); count++) {
      byte[] left = PowerCut.after(image, events, count, random);
      try (Store store = new RecordingDisk(left).open(true)) {
        assertThat(StoreCheck.of(store).faults()).isEmpty();
        // Begun anew with little heap or with plenty.
        BufferBudget budget = new BufferBudget(random.nextBoolean() ? SMALL : 1L << 40);
        assertThat(points(Engine.open(store, budget)))
            .as("seed %d cut after event %d of %d", seed, count, events.size())
            .satisfiesAnyOf(
                found -> assertThat(found).isEqualTo(expected),
                found -> assertThat(found).isEqualTo(oneMore));
      }
    }
  }

  private static StreamVersion version(Engine engine) {
    return Objects.requireNonNull(engine.stream(uuid(0)).published()).version();
  }

  /** What fits one by one may be too much together. */
  @Test
  void buffersOfAllStreamsAreBounded() {
    Random random = new Random(5);
    RecordingDisk disk = new RecordingDisk(written(random));
    Engine engine = Engine.open(disk.open(true));
    long largest = 0;
    long all = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      largest = Math.max(largest, engine.stream(uuid(stream)).freshBytes());
      all += engine.stream(uuid(stream)).freshBytes();
    }
    long budget = 2 * largest + 1;
    assertThat(all).isGreaterThan(budget);
    Engine bounded =
        Engine.open(new RecordingDisk(disk.bytes()).open(true), new BufferBudget(budget));
    long kept = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      kept += bounded.stream(uuid(stream)).freshBytes();
    }
    assertThat(kept).isBetween(1L, budget);
    assertThat(points(bounded)).isEqualTo(points(engine));
  }
}
