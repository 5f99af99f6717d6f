package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;
import static org.btrdb.client.acceptance.Workbench.all;
import static org.btrdb.client.acceptance.Workbench.ifSupported;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What is promised of versions, of writes that make them, and of changes between them. */
interface VersionPromises extends Endpoint {

  private long committed(UUID uuid, long... times) {
    bench().insert(uuid, times);
    return bench().btrdb().flush(uuid, SCOPE).major();
  }

  @Test
  default void versionsCountCommits() {
    UUID uuid = bench().stream();
    assertThat(bench().btrdb().version(uuid, SCOPE)).isEqualTo(new StreamVersion(10, 0));
    assertThat(bench().insert(uuid)).isEqualTo(new StreamVersion(10, 0));
    assertThat(bench().insert(uuid, 1, 2)).isEqualTo(new StreamVersion(10, 2));
    assertThat(bench().btrdb().version(uuid, SCOPE)).isEqualTo(new StreamVersion(10, 2));
    assertThat(bench().btrdb().flush(uuid, SCOPE)).isEqualTo(new StreamVersion(11, 0));
    assertThat(bench().btrdb().flush(uuid, SCOPE)).isEqualTo(new StreamVersion(11, 0));
    bench().insert(uuid, 3);
    assertThat(bench().raw(uuid, 0, 9, 11)).hasSize(2);
    assertThat(bench().windows(uuid, 0, 9, 9, 11).get(0).count()).isEqualTo(2);
    assertThat(bench().raw(uuid, 0, 9, StreamVersion.LATEST)).hasSize(3);
    assertThatThrownBy(() -> bench().raw(uuid, 0, 9, 12))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_VERSION);
  }

  @Test
  default void aDeleteMakesAVersionAndKeepsOlderOnes() {
    UUID uuid = bench().stream();
    long full = committed(uuid, 10, 20, 30);
    bench().insert(uuid, 25);
    StreamVersion less = bench().btrdb().delete(uuid, new TimeRange(20, 30), SCOPE);
    assertThat(less.major()).isGreaterThan(full);
    assertThat(bench().btrdb().version(uuid, SCOPE)).isEqualTo(less);
    assertThat(bench().times(uuid, 0, 100)).containsExactly(10L, 30L);
    assertThat(bench().raw(uuid, 0, 100, full)).hasSize(3);
    assertThat(bench().raw(uuid, 0, 100, less.major())).hasSize(2);
    StreamVersion again = bench().btrdb().delete(uuid, new TimeRange(20, 30), SCOPE);
    assertThat(again.major()).isGreaterThan(less.major());
    bench().insert(uuid, 40);
    assertThat(bench().times(uuid, 0, 100)).containsExactly(10L, 30L, 40L);
    assertThat(bench().btrdb().delete(uuid, new TimeRange(9, 9), SCOPE).minor()).isEqualTo(1);
  }

  @Test
  default void longInsertsAreStoredInSteps() {
    UUID uuid = bench().stream();
    bench().insert(uuid, LongStream.range(0, 60_001).map(i -> i * 1000).toArray());
    assertThat(bench().windows(uuid, 0, 60_001_000, 60_001_000, 0).get(0).count())
        .isEqualTo(60_001);
    assertThat(bench().nearest(uuid, Long.MAX_VALUE, true)).contains(60_000_000L);
  }

  @Test
  default void mergePoliciesAreKeptOrRefused() {
    UUID uuid = bench().streamAt(100);
    PointBatch again = PointBatch.of(new long[] {100}, new double[] {7});
    if (bench().btrdb().capabilities().mergePolicies()) {
      bench().btrdb().insert(uuid, again, MergePolicy.REPLACE, SCOPE);
      assertThat(bench().raw(uuid, 0, 200, 0)).singleElement().extracting("value").isEqualTo(7.0);
    } else {
      assertThatThrownBy(() -> bench().btrdb().insert(uuid, again, MergePolicy.REPLACE, SCOPE))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.UNSUPPORTED);
      assertThat(bench().raw(uuid, 0, 200, 0)).hasSize(1);
    }
  }

  private List<TimeRange> changes(UUID uuid, long from, long to) {
    return all(bench().btrdb().changes(uuid, from, to, 0, SCOPE));
  }

  private static boolean covers(List<TimeRange> ranges, long time) {
    return ranges.stream().anyMatch(r -> r.startNanos() <= time && time < r.endNanos());
  }

  @Test
  default void changesAreToldBetweenVersionsAndOfBufferedPoints() {
    UUID uuid = bench().stream();
    long first = committed(uuid, 1000, 1L << 57);
    long second = committed(uuid, 1L << 58);
    ifSupported(() -> changes(uuid, first, second));
    assertThat(changes(uuid, second, second)).isEmpty();
    assertThat(changes(uuid, second, StreamVersion.LATEST)).isEmpty();
    assertThat(covers(changes(uuid, first, second), 1L << 58)).isTrue();
    assertThat(covers(changes(uuid, first, StreamVersion.LATEST), 1L << 58)).isTrue();
    assertThat(covers(changes(uuid, first, second), 1000)).isFalse();
    bench().insert(uuid, -5000, 1L << 59, -6000);
    List<TimeRange> buffered = changes(uuid, second, StreamVersion.LATEST);
    assertThat(covers(buffered, -5000)).isTrue();
    assertThat(covers(buffered, 1L << 59)).isTrue();
    assertThat(covers(buffered, 1000)).isFalse();
    for (int i = 1; i < buffered.size(); i++) {
      assertThat(buffered.get(i).startNanos()).isGreaterThan(buffered.get(i - 1).endNanos());
    }
    assertThatThrownBy(() -> changes(uuid, second, first))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  default void aChangeThatChangesNothingIsToldAtOnce() {
    UUID uuid = bench().stream();
    long first = committed(uuid, 1000);
    bench().btrdb().delete(uuid, new TimeRange(1L << 57, 1L << 58), SCOPE);
    ifSupported(() -> changes(uuid, first, StreamVersion.LATEST));
    bench().btrdb().delete(uuid, TimeRange.ALL, SCOPE);
    assertThat(covers(changes(uuid, first, StreamVersion.LATEST), 1000)).isTrue();
  }
}
