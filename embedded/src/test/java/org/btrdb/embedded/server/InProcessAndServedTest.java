package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same tree answers the same in this process and over loopback gRPC, to the last bit. */
class InProcessAndServedTest {
  private static final long SEED = System.nanoTime();
  private static final Random RANDOM = new Random(SEED);
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final int ROUNDS = 150;

  @SuppressWarnings("NullAway.Init")
  private static ServedBtrdb both;

  @BeforeAll
  static void serve() {
    both = ServedBtrdb.start();
  }

  @AfterAll
  static void stop() {
    both.close();
  }

  private record Window(
      long time, double min, double mean, double max, long count, double stddev) {}

  private record Sample(long time, double value) {}

  private static List<Sample> points(DataCursor<PointBatch> open) {
    List<Sample> all = new ArrayList<>();
    try (DataCursor<PointBatch> cursor = open) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          all.add(new Sample(batch.time(i), batch.value(i)));
        }
      }
    }
    return all;
  }

  private static List<Window> windows(DataCursor<StatBatch> open) {
    List<Window> all = new ArrayList<>();
    try (DataCursor<StatBatch> cursor = open) {
      while (cursor.next()) {
        StatBatch b = cursor.current();
        for (int i = 0; i < b.size(); i++) {
          all.add(new Window(b.time(i), b.min(i), b.mean(i), b.max(i), b.count(i), b.stddev(i)));
        }
      }
    }
    return all;
  }

  private static <T> List<T> parts(Cursor<List<T>> open) {
    List<T> all = new ArrayList<>();
    try (Cursor<List<T>> cursor = open) {
      while (cursor.next()) {
        all.addAll(cursor.current());
      }
    }
    return all;
  }

  /** Bursts and holes, zeros and duplicates, part of it still in the write buffer. */
  private static UUID randomStream(long base, long span) {
    UUID uuid = both.stream("random", UUID.randomUUID().toString());
    for (int batch = 0; batch < 3; batch++) {
      int size = 1 + RANDOM.nextInt(30_000);
      long[] times = new long[size];
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        times[i] = base + (long) (RANDOM.nextDouble() * RANDOM.nextDouble() * span);
        values[i] = RANDOM.nextInt(5) == 0 ? 0 : RANDOM.nextGaussian();
      }
      both.served().insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
    }
    return uuid;
  }

  private static TimeRange randomRange(long base, long span) {
    long a = base - span / 10 + (long) (RANDOM.nextDouble() * span * 1.2);
    long b = base - span / 10 + (long) (RANDOM.nextDouble() * span * 1.2);
    return new TimeRange(Math.min(a, b), Math.max(a, b));
  }

  @Test
  void readsAgreeOverRandomDataAndRanges() {
    for (int round = 0; round < ROUNDS / 10; round++) {
      long base = (long) (RANDOM.nextGaussian() * (1L << 58));
      long span = 1L << (20 + RANDOM.nextInt(35));
      UUID uuid = randomStream(base, span);
      for (int i = 0; i < 10; i++) {
        String what = "seed " + SEED + ", round " + round + "." + i;
        TimeRange range = randomRange(base, span);
        long width = Math.max(1, range.lengthNanos() / (1 + RANDOM.nextInt(3000)));
        int pointWidth = Math.max(0, 63 - Long.numberOfLeadingZeros(width));
        Btrdb near = both.embedded();
        Btrdb far = both.served();
        assertThat(points(far.raw(uuid, range, 0, SCOPE)))
            .as("raw %s %s", range, what)
            .isEqualTo(points(near.raw(uuid, range, 0, SCOPE)));
        assertThat(windows(far.windows(uuid, range, width, 0, SCOPE)))
            .as("windows %s %s %s", range, width, what)
            .isEqualTo(windows(near.windows(uuid, range, width, 0, SCOPE)));
        assertThat(windows(far.alignedWindows(uuid, range, pointWidth, 0, SCOPE)))
            .as("aligned %s %s %s", range, pointWidth, what)
            .isEqualTo(windows(near.alignedWindows(uuid, range, pointWidth, 0, SCOPE)));
        boolean backward = RANDOM.nextBoolean();
        assertThat(far.nearest(uuid, range.startNanos(), backward, 0, SCOPE))
            .as("nearest %s %s %s", range, backward, what)
            .isEqualTo(near.nearest(uuid, range.startNanos(), backward, 0, SCOPE));
      }
    }
  }

  @Test
  void rangesOutsideTheDomainAreCutAndNotRefused() {
    long[] times = {TimeRange.MIN_NANOS, 0, TimeRange.MAX_POINT_NANOS};
    UUID uuid = both.streamOf("edges", times, new double[] {1, 2, 3});
    TimeRange everything = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);
    Btrdb far = both.served();
    assertThat(points(far.raw(uuid, everything, 0, SCOPE)))
        .extracting(Sample::time)
        .containsExactly(times[0], times[1], times[2]);
    assertThat(windows(far.alignedWindows(uuid, everything, 60, 0, SCOPE)))
        .extracting(Window::count)
        .containsExactly(1L, 1L, 1L);
    assertThat(far.nearest(uuid, Long.MIN_VALUE, false, 0, SCOPE).orElseThrow().timeNanos())
        .isEqualTo(times[0]);
    assertThat(far.nearest(uuid, Long.MAX_VALUE, true, 0, SCOPE).orElseThrow().timeNanos())
        .isEqualTo(times[2]);
    assertThat(far.nearest(uuid, Long.MAX_VALUE, false, 0, SCOPE)).isEmpty();
    assertThat(far.nearest(uuid, Long.MIN_VALUE, true, 0, SCOPE)).isEmpty();
  }

  @Test
  void rangesThatHoldNoWholeWindowAreEmpty() {
    UUID uuid = both.streamOf("short", new long[] {5}, new double[] {5});
    Btrdb far = both.served();
    assertThat(windows(far.windows(uuid, new TimeRange(0, 9), 10, 0, SCOPE))).isEmpty();
    assertThat(windows(far.windows(uuid, new TimeRange(9, 0), 10, 0, SCOPE))).isEmpty();
    assertThat(windows(far.alignedWindows(uuid, new TimeRange(1, 7), 3, 0, SCOPE))).isEmpty();
    assertThat(points(far.raw(uuid, new TimeRange(7, 7), 0, SCOPE))).isEmpty();
    try (DataCursor<PointBatch> none = far.raw(uuid, new TimeRange(7, 7), 0, SCOPE)) {
      assertThat(none.next()).isFalse();
      assertThat(none.version()).isEqualTo(new StreamVersion(11, 0));
    }
  }

  @Test
  void theLastWindowOfTheDomainIsThere() {
    long last = TimeRange.MAX_POINT_NANOS;
    UUID uuid = both.streamOf("last", new long[] {last}, new double[] {7});
    TimeRange range = new TimeRange(last - 9, last + 1);
    assertThat(windows(both.served().windows(uuid, range, 5, 0, SCOPE)))
        .isEqualTo(windows(both.embedded().windows(uuid, range, 5, 0, SCOPE)))
        .hasSize(1);
  }

  @Test
  void catalogueAgrees() {
    Btrdb far = both.served();
    String prefix = "catalogue/" + UUID.randomUUID();
    Set<UUID> made = new HashSet<>();
    for (int i = 0; i < 2500; i++) {
      UUID uuid = UUID.randomUUID();
      far.create(
          new NewStream(
              uuid,
              prefix + "/" + i % 7,
              Map.of("name", "s" + i, "unit", i % 2 == 0 ? "volts" : "amps"),
              i % 3 == 0 ? Map.of("phase", "a") : Map.of()),
          SCOPE);
      made.add(uuid);
    }
    assertThat(parts(far.collections(prefix, SCOPE)))
        .hasSize(7)
        .isEqualTo(parts(both.embedded().collections(prefix, SCOPE)));
    assertThat(parts(far.lookup(StreamQuery.underPrefix(prefix), SCOPE)))
        .extracting(StreamDescriptor::uuid)
        .containsExactlyInAnyOrderElementsOf(made);
    StreamQuery narrow =
        new StreamQuery(
            prefix, true, Map.of("unit", Optional.of("volts")), Map.of("phase", Optional.empty()));
    List<UUID> found =
        parts(far.lookup(narrow, SCOPE)).stream().map(StreamDescriptor::uuid).toList();
    assertThat(found)
        .hasSize(417)
        .containsExactlyInAnyOrderElementsOf(
            parts(both.embedded().lookup(narrow, SCOPE)).stream()
                .map(StreamDescriptor::uuid)
                .toList());
    StreamDescriptor one = far.stream(found.get(0), SCOPE).orElseThrow();
    assertThat(one.unit()).isEqualTo("volts");
    assertThat(one.annotations()).isEqualTo(Map.of("phase", "a"));
    assertThat(one.tags()).containsKeys("name", "unit", "ingress", "distiller");
    assertThat(one.propertyVersion()).isEqualTo(1);
  }

  @Test
  void versionsAreReadAndMissingOnesNamed() {
    UUID uuid = both.streamOf("versions", new long[] {1}, new double[] {1});
    Btrdb far = both.served();
    long old = far.version(uuid, SCOPE).major();
    far.insert(uuid, PointBatch.of(new long[] {2}, new double[] {2}), MergePolicy.NEVER, SCOPE);
    assertThat(far.version(uuid, SCOPE)).isEqualTo(new StreamVersion(old, 1));
    assertThat(far.flush(uuid, SCOPE)).isEqualTo(new StreamVersion(old + 1, 0));
    assertThat(points(far.raw(uuid, TimeRange.ALL, old, SCOPE))).hasSize(1);
    assertThat(points(far.raw(uuid, TimeRange.ALL, 0, SCOPE))).hasSize(2);
    assertThat(far.delete(uuid, TimeRange.ALL, SCOPE)).isEqualTo(new StreamVersion(old + 2, 0));
    assertThat(points(far.raw(uuid, TimeRange.ALL, 0, SCOPE))).isEmpty();
    assertThatThrownBy(() -> points(far.raw(uuid, TimeRange.ALL, old + 3, SCOPE)))
        .hasMessage("stream %s has no version %s; its newest is %s", uuid, old + 3, old + 2)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.NO_SUCH_VERSION);
  }

  @Test
  void mergePoliciesReachTheTree() {
    for (MergePolicy policy : MergePolicy.values()) {
      UUID near = both.stream("merge", policy + " near");
      UUID far = both.stream("merge", policy + " far");
      PointBatch points = PointBatch.of(new long[] {100, 110, 110, 110}, new double[] {1, 2, 3, 3});
      both.embedded().insert(near, points, policy, SCOPE);
      both.served().insert(far, points, policy, SCOPE);
      assertThat(points(both.served().raw(far, TimeRange.ALL, 0, SCOPE)))
          .as("%s", policy)
          .isEqualTo(points(both.embedded().raw(near, TimeRange.ALL, 0, SCOPE)));
    }
  }

  @Test
  void unknownStreamsAreNamed() {
    UUID unknown = UUID.randomUUID();
    Btrdb far = both.served();
    assertThat(far.stream(unknown, SCOPE)).isEmpty();
    assertThatThrownBy(() -> points(far.raw(unknown, TimeRange.ALL, 0, SCOPE)))
        .hasMessage("stream %s does not exist", unknown)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    assertThatThrownBy(() -> far.flush(unknown, SCOPE))
        .hasMessage("stream %s does not exist", unknown);
  }

  @Test
  void aLongInsertThatFailsSaysHowMuchIsStored() {
    UUID uuid = both.stream("tests", "partial");
    int size = 120_000;
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = i;
    }
    values[110_000] = Double.NaN;
    assertThatThrownBy(
            () ->
                both.served().insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE))
        .hasMessageContaining("(100000 of 120000 points were stored)")
        .hasMessageNotContaining("\n")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(points(both.served().raw(uuid, TimeRange.ALL, 0, SCOPE))).hasSize(100_000);
  }

  @Test
  void changesAgreeOverRandomHistories() {
    for (int round = 0; round < 5; round++) {
      long span = 1L << (20 + RANDOM.nextInt(35));
      UUID uuid = randomStream(0, span);
      both.served().flush(uuid, SCOPE);
      both.served().delete(uuid, randomRange(0, span), SCOPE);
      both.served()
          .insert(uuid, PointBatch.of(new long[] {1}, new double[] {1}), MergePolicy.NEVER, SCOPE);
      long newest = both.embedded().version(uuid, SCOPE).major();
      for (long from = 10; from <= newest; from++) {
        for (int resolution : new int[] {0, 33, 63}) {
          assertThat(parts(both.served().changes(uuid, from, 0, resolution, SCOPE)))
              .as("seed %s, from %s, resolution %s", SEED, from, resolution)
              .isEqualTo(parts(both.embedded().changes(uuid, from, 0, resolution, SCOPE)));
        }
      }
      long tooNew = newest + 1;
      assertFails(
          ErrorCode.NO_SUCH_VERSION,
          () -> parts(both.served().changes(uuid, 10, tooNew, 0, SCOPE)));
    }
  }

  @Test
  void editsAndObliterationsReachTheCatalogue() {
    Btrdb far = both.served();
    UUID uuid = both.stream("edited", "before");
    far.setTags(uuid, 1, "edited/there", MetadataChange.setting(Map.of("unit", "volts")), SCOPE);
    far.setAnnotations(uuid, 2, MetadataChange.setting(Map.of("phase", "a")), SCOPE);
    StreamDescriptor edited = both.embedded().stream(uuid, SCOPE).orElseThrow();
    assertThat(edited.collection()).isEqualTo("edited/there");
    assertThat(edited.tags()).containsEntry("name", "before").containsEntry("unit", "volts");
    assertThat(edited.annotations()).isEqualTo(Map.of("phase", "a"));
    assertThat(edited.propertyVersion()).isEqualTo(3);
    assertThat(far.metadataUsage("edited", SCOPE))
        .isEqualTo(both.embedded().metadataUsage("edited", SCOPE));
    assertFails(
        ErrorCode.CONCURRENT_CHANGE,
        () -> far.setTags(uuid, 2, null, MetadataChange.setting(Map.of("unit", "x")), SCOPE));
    far.obliterate(uuid, SCOPE);
    assertThat(far.stream(uuid, SCOPE)).isEmpty();
    assertFails(ErrorCode.NO_SUCH_STREAM, () -> far.obliterate(uuid, SCOPE));
    assertFails(
        ErrorCode.UUID_REUSED,
        () -> far.create(new NewStream(uuid, "edited", Map.of(), Map.of()), SCOPE));
    assertThat(far.cluster(SCOPE).members()).hasSize(1);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(code);
  }
}
