package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which ranges of time changed between two versions (reference 2.13). */
class ChangesTest {
  private static final TimeRange DOMAIN = new TimeRange(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS);
  private static final long SECOND = 1_000_000_000L;

  private final Btrdb btrdb = Fixture.memory();
  private final UUID uuid = Fixture.create(btrdb, "changes", "stream");

  @AfterEach
  void close() {
    btrdb.close();
  }

  private void insert(long... times) {
    btrdb.insert(uuid, PointBatch.of(times, new double[times.length]), MergePolicy.NEVER, SCOPE);
  }

  private void commit(long... times) {
    insert(times);
    btrdb.flush(uuid, SCOPE);
  }

  private List<TimeRange> changes(long from, long to) {
    return Fixture.all(btrdb.changes(uuid, from, to, 0, SCOPE));
  }

  @Test
  void case20SinceIsStrict() {
    commit(1);
    commit(2);
    assertThat(changes(12, 12)).isEmpty();
    assertThat(changes(11, 12)).isNotEmpty();
    assertThat(changes(11, 0)).isEqualTo(changes(11, 12));
    assertThat(changes(12, 0)).isEmpty();
  }

  @Test
  void case21NewestIncludesTheBuffer() {
    commit(1);
    insert(2);
    assertThat(changes(11, 0)).isNotEmpty();
    assertThat(changes(11, 11)).isEmpty();
    try (DataCursor<List<TimeRange>> cursor = btrdb.changes(uuid, 11, 0, 0, SCOPE)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.version()).isEqualTo(new StreamVersion(11, 1));
    }
  }

  @Test
  void streamThatWasNeverWrittenChangedEverywhereSinceBeforeEverything() {
    assertThat(changes(0, 0)).containsExactly(DOMAIN);
    assertThat(changes(0, 10)).containsExactly(DOMAIN);
    assertThat(changes(1, 0)).containsExactly(DOMAIN);
    assertThat(changes(10, 0)).isEmpty();
    commit(5);
    assertThat(changes(0, 0)).isEqualTo(changes(10, 11)).doesNotContain(DOMAIN);
    btrdb.delete(uuid, TimeRange.ALL, SCOPE);
    assertThat(changes(0, 0)).containsExactly(DOMAIN);
    assertThat(changes(10, 12)).isEmpty();
  }

  @Test
  void onePointChangesOneLeaf() {
    commit(LongStream.range(0, 20_000).map(i -> i * SECOND / 120).toArray());
    long time = 77 * SECOND + 1;
    commit(time);
    List<TimeRange> ranges = changes(11, 12);
    assertThat(ranges).hasSize(1);
    TimeRange leaf = ranges.get(0);
    assertThat(time).isBetween(leaf.startNanos(), leaf.endNanos() - 1);
    assertThat(Fixture.raw(btrdb, uuid, leaf.startNanos(), leaf.endNanos(), 11))
        .hasSizeLessThanOrEqualTo(1024);
    for (int resolution : new int[] {30, 34, 40, 50, 63}) {
      TimeRange wide = Fixture.all(btrdb.changes(uuid, 11, 12, resolution, SCOPE)).get(0);
      long bits =
          Math.min(62, Math.max(resolution, 63 - Long.numberOfLeadingZeros(leaf.lengthNanos())));
      assertThat(wide.lengthNanos()).isEqualTo(1L << bits);
      assertThat(wide.startNanos()).isLessThanOrEqualTo(leaf.startNanos());
      assertThat(wide.endNanos()).isGreaterThanOrEqualTo(leaf.endNanos());
    }
  }

  @Test
  void deletionsOfLeavesSubtreesAndEverythingLeaveATrace() {
    long hour = 3600 * SECOND;
    commit(LongStream.range(0, 5000).map(i -> i * SECOND / 100).toArray());
    commit(LongStream.range(0, 5000).map(i -> 1000 * hour + i * SECOND / 100).toArray());
    commit(2000 * hour);
    btrdb.delete(uuid, new TimeRange(0, hour), SCOPE); // a whole subtree
    assertThat(changes(13, 14)).isNotEmpty().allMatch(r -> r.endNanos() < 500 * hour);
    assertThat(covered(changes(13, 14), 0)).isTrue();
    btrdb.delete(uuid, new TimeRange(2000 * hour, 2001 * hour), SCOPE); // a leaf
    assertThat(covered(changes(14, 15), 2000 * hour)).isTrue();
    assertThat(covered(changes(14, 15), 1000 * hour)).isFalse();
    btrdb.delete(uuid, TimeRange.ALL, SCOPE);
    assertThat(covered(changes(15, 0), 1000 * hour + 3 * SECOND)).isTrue();
    assertThat(covered(changes(15, 0), 0)).isFalse();
    btrdb.delete(uuid, TimeRange.ALL, SCOPE);
    assertThat(changes(16, 17)).isEmpty();
  }

  private static boolean covered(List<TimeRange> ranges, long time) {
    return ranges.stream().anyMatch(r -> r.startNanos() <= time && time < r.endNanos());
  }

  @Test
  void manyRangesComeInParts() {
    long[] times = LongStream.range(0, 10_000).map(i -> i * 1000 * SECOND).toArray();
    commit(times);
    commit(LongStream.range(0, 5_000).map(i -> 2 * i * 1000 * SECOND + 1).toArray());
    List<TimeRange> ranges = Fixture.all(btrdb.changes(uuid, 10, 0, 0, SCOPE));
    assertThat(LongStream.of(times).allMatch(time -> covered(ranges, time))).isTrue();
  }

  @Test
  void senselessQuestionsAreRefused() {
    commit(1);
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> changes(12, 11));
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> changes(11, 12));
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> changes(12, 0));
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> changes(0, 9));
    assertFails(ErrorCode.NO_SUCH_VERSION, () -> changes(-1, 0));
    assertFails(ErrorCode.INVALID_WIDTH, () -> btrdb.changes(uuid, 0, 0, 64, SCOPE));
    assertFails(ErrorCode.INVALID_WIDTH, () -> btrdb.changes(uuid, 0, 0, -1, SCOPE));
    assertFails(ErrorCode.NO_SUCH_STREAM, () -> btrdb.changes(UUID.randomUUID(), 0, 0, 0, SCOPE));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(code);
  }
}
