package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;

/** What is promised of raw points. */
interface RawPromises extends Endpoint {

  @Test
  default void rangesIncludeTheirStartAndExcludeTheirEnd() {
    UUID uuid = bench().streamAt(LongStream.range(0, 1000).map(i -> 10_000 + 10 * i).toArray());
    List<Long> times = bench().times(uuid, 10_000, 19_990);
    assertThat(times).hasSize(999).first().isEqualTo(10_000L);
    assertThat(bench().times(uuid, 12_001, 12_010)).isEmpty();
    assertThat(bench().times(uuid, 12_000, 12_010)).containsExactly(12_000L);
  }

  @Test
  default void pointsOfAnyOrderComeInOrderBeforeAndAfterTheirCommit() {
    UUID uuid = bench().streamAt(100, 200, 300, 400, 500);
    bench().insert(uuid, 450, 50, 350, 600, 150, 50);
    List<Long> expected = List.of(50L, 50L, 100L, 150L, 200L, 300L, 350L, 400L, 450L, 500L, 600L);
    assertThat(bench().times(uuid, 0, 1000)).isEqualTo(expected);
    assertThat(bench().times(uuid, 60, 460)).isEqualTo(expected.subList(2, 9));
    bench().btrdb().flush(uuid, SCOPE);
    assertThat(bench().times(uuid, 0, 1000)).isEqualTo(expected);
  }

  @Test
  default void answersOfManyMessagesAreWhole() {
    long[] times = LongStream.range(0, 30_000).map(i -> 1_000_000_000L * i).toArray();
    UUID uuid = bench().streamAt(times);
    bench().insert(uuid, 40_000_000_000_000L, 7, 20_000_000_000_001L);
    assertThat(bench().times(uuid, Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(30_003);
    assertThat(bench().times(uuid, 0, 5_000_000_000_000L)).hasSize(5001);
  }

  @Test
  default void rangesOutsideTheDomainAreCutAndEmptyOnesAreEmpty() {
    UUID uuid = bench().streamAt(TimeRange.MIN_NANOS, 0, TimeRange.MAX_POINT_NANOS);
    assertThat(bench().times(uuid, Long.MIN_VALUE, Long.MAX_VALUE))
        .containsExactly(TimeRange.MIN_NANOS, 0L, TimeRange.MAX_POINT_NANOS);
    assertThat(bench().times(uuid, 7, 7)).isEmpty();
    assertThat(bench().times(uuid, 7, -7)).isEmpty();
    assertThat(bench().times(uuid, Long.MAX_VALUE - 1, Long.MAX_VALUE)).isEmpty();
    try (DataCursor<PointBatch> none =
        bench().btrdb().raw(uuid, new TimeRange(7, 7), StreamVersion.LATEST, SCOPE)) {
      assertThat(none.next()).isFalse();
      assertThat(none.version()).isEqualTo(bench().btrdb().version(uuid, SCOPE));
    }
  }

  @Test
  default void valuesKeepTheirBits() {
    UUID uuid = bench().stream();
    List<Point> points =
        List.of(
            new Point(1, -0.0),
            new Point(2, Double.MIN_VALUE),
            new Point(3, -Double.MAX_VALUE),
            new Point(4, Math.nextUp(60.0)));
    bench().insert(uuid, points);
    assertThat(bench().raw(uuid, 0, 10, StreamVersion.LATEST)).isEqualTo(points);
    bench().btrdb().flush(uuid, SCOPE);
    assertThat(bench().raw(uuid, 0, 10, StreamVersion.LATEST)).isEqualTo(points);
  }

  @Test
  default void whatCannotBeStoredIsRefusedWhole() {
    UUID uuid = bench().stream();
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> bench().insert(uuid, List.of(new Point(1, 1), new Point(2, value))))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.INVALID_VALUE);
    }
    for (long time : new long[] {TimeRange.MIN_NANOS - 1, TimeRange.MAX_NANOS - 1}) {
      assertThatThrownBy(() -> bench().insert(uuid, 1, time))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.INVALID_TIME_RANGE);
    }
    assertThat(bench().times(uuid, Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  default void aStreamThatDoesNotExistIsNamed() {
    UUID unknown = UUID.randomUUID();
    assertThatThrownBy(() -> bench().times(unknown, 0, 10))
        .hasMessageContaining(unknown.toString())
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    assertThatThrownBy(() -> bench().insert(unknown, 1))
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> bench().btrdb().delete(unknown, TimeRange.ALL, SCOPE))
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    }
    assertThat(bench().btrdb().stream(unknown, SCOPE)).isEmpty();
  }
}
