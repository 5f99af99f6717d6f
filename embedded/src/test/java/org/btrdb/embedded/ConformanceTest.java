package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cases of section 10 of the reference, by number, as far as the interface has the call. */
class ConformanceTest {
  private static final long LATEST = StreamVersion.LATEST;

  private final Btrdb btrdb = Fixture.memory();
  private final UUID uuid = Fixture.create(btrdb, "conformance", "stream");

  @AfterEach
  void close() {
    btrdb.close();
  }

  @Test
  void cases1And2RawRangesAreHalfOpen() {
    insert(LongStream.range(0, 1000).map(i -> 10_000 + 10 * i).toArray());
    List<Point> points = Fixture.raw(btrdb, uuid, 10_000, 19_990, LATEST);
    assertThat(points).hasSize(999).startsWith(new Point(10_000, 0));
    assertThat(Fixture.raw(btrdb, uuid, 12_001, 12_010, LATEST)).isEmpty();
    assertThat(Fixture.raw(btrdb, uuid, 12_000, 12_010, LATEST)).hasSize(1);
  }

  @Test
  void cases3To6WindowsDropTheIncompleteLastOne() {
    insert(LongStream.range(0, 1000).map(i -> 10_000 + 10 * i).toArray());
    long[] seven = LongStream.range(0, 7).map(i -> 11_136 + 64 * i).toArray();
    assertThat(windowTimes(11_136, 11_647, 64)).containsExactly(seven);
    assertThat(windowTimes(11_136, 11_584, 64)).containsExactly(seven);
    assertThat(windowTimes(11_137, 11_201, 64)).containsExactly(11_137);
  }

  @Test
  void case5WindowsOfNegativeTimes() {
    insert(LongStream.range(0, 1000).map(i -> -20_000 + 10 * i).toArray());
    long[] seven = LongStream.range(0, 7).map(i -> -18_864 + 64 * i).toArray();
    assertThat(windowTimes(-18_864, -18_353, 64)).containsExactly(seven);
    assertThat(windowTimes(-18_864, -18_416, 64)).containsExactly(seven);
  }

  @Test
  void cases7To10AlignedWindowsRoundBothEndsDown() {
    insert(LongStream.range(0, 1000).map(i -> 10_000 + 10 * i).toArray());
    long[] seven = LongStream.range(0, 7).map(i -> 11_136 + 64 * i).toArray();
    assertThat(alignedTimes(11_136, 11_647, 6)).containsExactly(seven);
    assertThat(alignedTimes(11_199, 11_584, 6)).containsExactly(seven);
    assertThat(alignedTimes(11_199, 11_200, 6)).containsExactly(11_136);
    assertThat(alignedTimes(11_136, 11_199, 6)).isEmpty(); // 413 on the wire
  }

  @Test
  void cases11To14BothEndsOfTime() {
    long min = TimeRange.MIN_NANOS;
    long max = TimeRange.MAX_NANOS;
    assertFails(ErrorCode.INVALID_TIME_RANGE, () -> insert(5, min - 1));
    assertFails(ErrorCode.INVALID_TIME_RANGE, () -> insert(5, max - 1));
    assertThat(Fixture.raw(btrdb, uuid, min, max, LATEST)).isEmpty();
    insert(min, max - 2);
    assertThat(windowTimes(min, min + 2, 2)).containsExactly(min);
    assertThat(btrdb.nearest(uuid, max - 1, true, LATEST, SCOPE))
        .map(Point::timeNanos)
        .contains(max - 2);
    assertThat(btrdb.nearest(uuid, Long.MIN_VALUE, false, LATEST, SCOPE))
        .map(Point::timeNanos)
        .contains(min);
    assertThat(btrdb.nearest(uuid, Long.MAX_VALUE, true, LATEST, SCOPE)).isPresent();
    assertThat(btrdb.nearest(uuid, Long.MAX_VALUE, false, LATEST, SCOPE)).isEmpty();
    assertThat(windowTimes(Long.MIN_VALUE, Long.MAX_VALUE, (1L << 62) - 1)).containsExactly(min);
    assertThat(windowTimes(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
    assertThat(alignedTimes(Long.MIN_VALUE, Long.MAX_VALUE, 60)).containsExactly(min, 2L << 60);
    assertThat(alignedTimes(Long.MIN_VALUE, Long.MAX_VALUE, 62)).containsExactly(-(1L << 62));
  }

  @Test
  void cases15And16NearestIsInclusiveForwardAndExclusiveBackward() {
    assertThat(btrdb.nearest(uuid, 0, false, LATEST, SCOPE)).isEmpty();
    assertThat(btrdb.version(uuid, SCOPE)).isEqualTo(new StreamVersion(10, 0));
    insert(100, 200);
    assertThat(btrdb.nearest(uuid, 200, false, LATEST, SCOPE)).contains(new Point(200, 1));
    assertThat(btrdb.nearest(uuid, 201, false, LATEST, SCOPE)).isEmpty();
    assertThat(btrdb.nearest(uuid, 100, true, LATEST, SCOPE)).isEmpty();
    assertThat(btrdb.nearest(uuid, 101, true, LATEST, SCOPE)).contains(new Point(100, 0));
  }

  @Test
  void cases17And18SenselessArguments() {
    insert(1, 2);
    assertThat(Fixture.raw(btrdb, uuid, 2, 1, LATEST)).isEmpty();
    assertThat(windowTimes(2, 1, 1)).isEmpty();
    assertThat(alignedTimes(2, 1, 0)).isEmpty();
    assertFails(ErrorCode.INVALID_WIDTH, () -> windowTimes(0, 10, 0));
    assertFails(ErrorCode.INVALID_WIDTH, () -> alignedTimes(0, 10, 64));
    assertFails(
        ErrorCode.NO_SUCH_STREAM, () -> Fixture.raw(btrdb, UUID.randomUUID(), 0, 1, LATEST));
  }

  @Test
  void cases19And20VersionsCountCommits() {
    assertThat(insert(1)).isEqualTo(new StreamVersion(10, 1));
    assertThat(btrdb.flush(uuid, SCOPE)).isEqualTo(new StreamVersion(11, 0));
    assertThat(btrdb.flush(uuid, SCOPE)).isEqualTo(new StreamVersion(11, 0));
    insert(2);
    assertThat(btrdb.flush(uuid, SCOPE)).isEqualTo(new StreamVersion(12, 0));
    assertThat(insert()).isEqualTo(new StreamVersion(12, 0));
    insert(3);
    assertThat(Fixture.raw(btrdb, uuid, 0, 9, 10)).isEmpty();
    assertThat(Fixture.raw(btrdb, uuid, 0, 9, 11)).hasSize(1);
    assertThat(Fixture.raw(btrdb, uuid, 0, 9, 12)).hasSize(2);
    assertThat(Fixture.raw(btrdb, uuid, 0, 9, LATEST)).hasSize(3);
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> Fixture.raw(btrdb, uuid, 0, 9, 13));
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> Fixture.raw(btrdb, uuid, 0, 9, 9));
  }

  @Test
  void fullBufferIsCommittedByItself() {
    assertThat(insert(LongStream.range(0, 32_767).toArray()))
        .isEqualTo(new StreamVersion(10, 32_767));
    assertThat(insert(40_000)).isEqualTo(new StreamVersion(11, 0));
    assertThat(insert(LongStream.range(50_000, 90_000).toArray()))
        .isEqualTo(new StreamVersion(12, 0));
  }

  @Test
  void case22DeleteTwiceAndInsertAgain() {
    insert(LongStream.range(0, 100).toArray());
    assertThat(btrdb.delete(uuid, TimeRange.ALL, SCOPE)).isEqualTo(new StreamVersion(12, 0));
    assertThat(btrdb.delete(uuid, TimeRange.ALL, SCOPE)).isEqualTo(new StreamVersion(13, 0));
    assertThat(Fixture.raw(btrdb, uuid, 0, 100, LATEST)).isEmpty();
    assertThat(Fixture.raw(btrdb, uuid, 0, 100, 11)).hasSize(100);
    insert(7);
    assertThat(Fixture.raw(btrdb, uuid, 0, 100, LATEST)).hasSize(1);
  }

  @Test
  void case23StreamsAreUniqueByUuidAndByCollectionWithTags() {
    assertFails(
        ErrorCode.STREAM_EXISTS,
        () -> btrdb.create(new NewStream(uuid, "other", Map.of("name", "x"), Map.of()), SCOPE));
    assertFails(ErrorCode.STREAM_EXISTS, () -> Fixture.create(btrdb, "conformance", "stream"));
    btrdb.create(
        new NewStream(
            UUID.randomUUID(), "conformance", Map.of("name", "stream", "unit", "V"), Map.of()),
        SCOPE);
  }

  @Test
  void case25AlignedWindowsStatistics() {
    insertTenSteps();
    TimeRange second = new TimeRange(1_500_000_000_000_000_000L, 1_500_000_001_000_000_000L);
    List<Fixture.Window> windows =
        Fixture.windows(btrdb.alignedWindows(uuid, second, 28, LATEST, SCOPE));
    assertThat(windows).hasSize(4);
    assertWindow(windows.get(0), 1499999999814008832L, 1, 1, 1, 1, 0);
    assertWindow(windows.get(1), 1500000000082444288L, 2, 3, 4, 3, 0.816496580927726);
    assertWindow(windows.get(2), 1500000000350879744L, 5, 6, 7, 3, 0.816496580927726);
    assertWindow(windows.get(3), 1500000000619315200L, 8, 8.5, 9, 2, 0.5);
  }

  @Test
  void case26WindowsStatistics() {
    insertTenSteps();
    TimeRange second = new TimeRange(1_500_000_000_000_000_000L, 1_500_000_001_000_000_000L);
    List<Fixture.Window> windows =
        Fixture.windows(btrdb.windows(uuid, second, 300_000_000, LATEST, SCOPE));
    assertThat(windows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      long start = 1_500_000_000_000_000_000L + i * 300_000_000L;
      assertWindow(windows.get(i), start, 3 * i + 1, 3 * i + 2, 3 * i + 3, 3, 0.816496580927726);
    }
  }

  @Test
  void case27WindowsOfMinutes() {
    long minute = 60_000_000_000L;
    long start = 1_500_000_000_000_000_000L;
    insert(LongStream.range(0, 100).map(i -> start + i * minute).toArray());
    TimeRange range = new TimeRange(start, start + 100 * minute + 1);
    List<Fixture.Window> windows =
        Fixture.windows(btrdb.windows(uuid, range, 5 * minute, LATEST, SCOPE));
    assertThat(windows).hasSize(20);
    for (int i = 0; i < 20; i++) {
      long first = start + 5L * i * minute;
      assertWindow(windows.get(i), first, 5 * i, 5 * i + 2, 5 * i + 4, 5, Math.sqrt(2));
    }
  }

  @Test
  void case31MergePoliciesInsideABatch() {
    long[] times = {100, 105, 110, 110, 120};
    double[] values = {1, 2, 3, 4, 5};
    assertThat(stored(MergePolicy.NEVER, times, values)).containsExactly(1d, 2d, 3d, 4d, 5d);
    assertThat(stored(MergePolicy.EQUAL, times, values)).containsExactly(1d, 2d, 3d, 4d, 5d);
    assertThat(stored(MergePolicy.RETAIN, times, values)).containsExactly(1d, 2d, 3d, 5d);
    assertThat(stored(MergePolicy.REPLACE, times, values)).containsExactly(1d, 2d, 4d, 5d);
  }

  @Test
  void cases33And34WindowsLeaveOutEmptyOnesBeforeAndAfterFlush() {
    insert(0, 1, 2, 1000, 1001);
    long[] before = windowTimes(0, 2000, 10);
    btrdb.flush(uuid, SCOPE);
    assertThat(before).containsExactly(0, 1000);
    assertThat(windowTimes(0, 2000, 10)).containsExactly(before);
  }

  @Test
  void case35LookupsByCollectionPrefixAndTags() {
    for (int collection = 0; collection < 20; collection++) {
      for (int name = 0; name < 50; name++) {
        btrdb.create(
            new NewStream(
                UUID.randomUUID(),
                "look/" + (collection < 10 ? "00" : "0") + collection,
                Map.of("name", Integer.toString(name), "unit", Integer.toString(collection)),
                Map.of("even", Boolean.toString(name % 2 == 0))),
            SCOPE);
      }
    }
    StreamQuery all = StreamQuery.underPrefix("look/");
    assertThat(found(all.withTag("name", "23"))).isEqualTo(20);
    assertThat(found(all.withTag("name", "16").withTag("unit", "13"))).isEqualTo(1);
    assertThat(found(StreamQuery.inCollection("look/000"))).isEqualTo(50);
    assertThat(found(StreamQuery.inCollection("look/000").withTag("name", "7"))).isEqualTo(1);
    assertThat(found(StreamQuery.inCollection("look/00"))).isZero();
    assertThat(
            found(
                new StreamQuery(
                    "look/00", true, Map.of(), Map.of("even", java.util.Optional.of("true")))))
        .isEqualTo(250);
    assertThat(
            found(
                new StreamQuery(
                    "look/00", true, Map.of(), Map.of("odd", java.util.Optional.empty()))))
        .isZero();
    assertThat(Fixture.all(btrdb.collections("look/01", SCOPE)))
        .containsExactlyElementsOf(IntStream.range(10, 20).mapToObj(i -> "look/0" + i).toList());
  }

  @Test
  void case36AlignedWindowsOfADay() {
    long width = 1L << 30;
    long first = 1_456_790_399_996_657_664L;
    insert(LongStream.range(-1, 80_467).map(i -> first + i * width + 7).toArray());
    long day = 1_456_790_400_000_000_000L;
    long[] times = alignedTimes(day, day + 86_400_000_000_000L, 30);
    assertThat(times).hasSize(80_466).startsWith(first).endsWith(1_456_876_798_632_525_824L);
  }

  @Test
  void collectionsComeInByteOrder() {
    List<String> names = List.of("a", "a/b", "a0", "a\uFF5E", "a\uD83D\uDE00");
    for (String name : names) {
      Fixture.create(btrdb, name, "x");
      Fixture.create(btrdb, name, "y");
    }
    assertThat(Fixture.all(btrdb.collections("a", SCOPE))).containsExactlyElementsOf(names);
  }

  @Test
  void namesOutsideTheRulesAreRefused() {
    assertFails(ErrorCode.INVALID_NAME, () -> Fixture.create(btrdb, "", "x"));
    assertFails(ErrorCode.INVALID_NAME, () -> Fixture.create(btrdb, "a\0b", "x"));
    assertFails(ErrorCode.INVALID_NAME, () -> Fixture.create(btrdb, "\u00e9".repeat(128), "x"));
    assertFails(ErrorCode.INVALID_NAME, () -> Fixture.create(btrdb, "\uD83D", "x"));
    assertFails(
        ErrorCode.INVALID_NAME,
        () ->
            btrdb.create(
                new NewStream(UUID.randomUUID(), "c", Map.of("colour", "x"), Map.of()), SCOPE));
  }

  @Test
  void batchWithOneBadValueIsRefusedWhole() {
    PointBatch batch =
        PointBatch.of(new long[] {1, 2, 3}, new double[] {1, Double.NEGATIVE_INFINITY, 3});
    assertThatThrownBy(() -> btrdb.insert(uuid, batch, MergePolicy.NEVER, SCOPE))
        .hasMessageContaining("point 1")
        .hasMessageContaining("at 2 ns")
        .hasMessageContaining(uuid.toString())
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.INVALID_VALUE);
    assertThat(Fixture.raw(btrdb, uuid, 0, 10, LATEST)).isEmpty();
  }

  @Test
  void extremeValuesSurviveBitByBit() {
    double[] values = {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
    btrdb.insert(uuid, PointBatch.of(new long[] {1, 2, 3, 4}, values), MergePolicy.NEVER, SCOPE);
    assertThat(Fixture.raw(btrdb, uuid, 0, 10, LATEST))
        .extracting(p -> Double.doubleToRawLongBits(p.value()))
        .containsExactly(
            Double.doubleToRawLongBits(values[0]),
            Double.doubleToRawLongBits(values[1]),
            Double.doubleToRawLongBits(values[2]),
            Double.doubleToRawLongBits(values[3]));
    Fixture.Window all =
        Fixture.windows(btrdb.windows(uuid, new TimeRange(0, 10), 10, LATEST, SCOPE)).get(0);
    assertThat(all.mean()).isFinite();
  }

  @Test
  void moreDuplicatesThanALeafHoldsAreAllKept() {
    insert(LongStream.range(0, 5000).map(i -> 42 + i % 2).toArray());
    assertThat(Fixture.raw(btrdb, uuid, 42, 43, LATEST)).hasSize(2500);
    btrdb.flush(uuid, SCOPE);
    assertThat(Fixture.raw(btrdb, uuid, 0, 100, LATEST)).hasSize(5000);
  }

  private List<Double> stored(MergePolicy policy, long[] times, double[] values) {
    UUID stream = Fixture.create(btrdb, "policy", policy.name());
    btrdb.insert(stream, PointBatch.of(times, values), policy, SCOPE);
    return Fixture.raw(btrdb, stream, 0, 1000, LATEST).stream().map(Point::value).toList();
  }

  private StreamVersion insert(long... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = i;
    }
    return btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }

  private void insertTenSteps() {
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < 10; i++) {
      times[i] = 1_500_000_000_000_000_000L + i * 100_000_000L;
      values[i] = i + 1;
    }
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }

  private long[] windowTimes(long start, long end, long width) {
    return times(btrdb.windows(uuid, new TimeRange(start, end), width, LATEST, SCOPE));
  }

  private long[] alignedTimes(long start, long end, int pointWidth) {
    return times(btrdb.alignedWindows(uuid, new TimeRange(start, end), pointWidth, LATEST, SCOPE));
  }

  private static long[] times(
      org.btrdb.client.DataCursor<org.btrdb.client.batch.StatBatch> answer) {
    return Fixture.windows(answer).stream().mapToLong(Fixture.Window::time).toArray();
  }

  private int found(StreamQuery query) {
    return Fixture.all(btrdb.lookup(query, SCOPE)).size();
  }

  private static void assertWindow(
      Fixture.Window window,
      long time,
      double min,
      double mean,
      double max,
      long count,
      double stddev) {
    assertThat(window.time()).isEqualTo(time);
    assertThat(window.min()).isEqualTo(min);
    assertThat(window.mean()).isCloseTo(mean, within(1e-12));
    assertThat(window.max()).isEqualTo(max);
    assertThat(window.count()).isEqualTo(count);
    assertThat(window.stddev()).isCloseTo(stddev, within(1e-12));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(code);
  }
}
