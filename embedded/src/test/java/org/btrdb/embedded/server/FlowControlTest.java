package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server reads its tree no faster than a client reads the answer, and no longer. */
@Timeout(60)
class FlowControlTest {
  private static final int POINTS = 2_000_000;
  private static final int STEP = 500_000;
  private static final CallScope SCOPE = CallScope.unbounded();

  /** Room of the transport (at most 8 MiB of window) and of both ends, in points of 20 bytes. */
  private static final int ON_THE_WAY = 600_000;

  @SuppressWarnings("NullAway.Init")
  private static ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private static UUID stream;

  @BeforeAll
  static void fill() {
    both = ServedBtrdb.start();
    stream = both.stream("flow", "long");
    long[] times = new long[STEP];
    for (int from = 0; from < POINTS; from += STEP) {
      for (int i = 0; i < STEP; i++) {
        times[i] = (long) from + i;
      }
      both.embedded()
          .insert(stream, PointBatch.of(times, new double[STEP]), MergePolicy.NEVER, SCOPE);
    }
  }

  @AfterAll
  static void stop() {
    both.close();
  }

  @Test
  void aSlowReaderHoldsTheServerBack() {
    CountingBtrdb counting = new CountingBtrdb();
    try (BtrdbServer server =
            BtrdbServer.start(counting.over(both.embedded()), BtrdbServer.LOOPBACK, 0);
        Btrdb client = ServedBtrdb.connect(server);
        DataCursor<PointBatch> cursor = client.raw(stream, TimeRange.ALL, 0, SCOPE)) {
      long taken = 0;
      while (cursor.next()) {
        taken += cursor.current().size();
        if (taken <= 5 * PointAnswers.POINTS) {
          watch(counting, taken, Duration.ofMillis(200));
        }
        assertThat(counting.pointsRead() - taken).isLessThan(ON_THE_WAY);
      }
      assertThat(taken).isEqualTo(POINTS);
      assertThat(counting.pointsRead()).isEqualTo(POINTS);
    }
  }

  /** Gives the server time to read too far. */
  private static void watch(CountingBtrdb counting, long taken, Duration howLong) {
    long end = System.nanoTime() + howLong.toNanos();
    while (System.nanoTime() < end) {
      assertThat(counting.pointsRead() - taken).isLessThan(ON_THE_WAY);
      Thread.onSpinWait();
    }
  }

  @Test
  void aClosedCursorEndsTheReadOfTheTree() throws InterruptedException {
    CountingBtrdb counting = new CountingBtrdb();
    try (BtrdbServer server =
            BtrdbServer.start(counting.over(both.embedded()), BtrdbServer.LOOPBACK, 0);
        Btrdb client = ServedBtrdb.connect(server)) {
      try (DataCursor<PointBatch> cursor = client.raw(stream, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
      }
      assertThat(counting.closed().await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(counting.pointsRead()).isLessThan(POINTS);
    }
  }

  @Test
  void anEndlessRunOfEmptyWindowsIsStreamedAndCanBeCancelled() {
    CallScope scope = CallScope.unbounded();
    // 2^62 windows of a nanosecond, of which the first two million hold a point each.
    TimeRange range = new TimeRange(0, TimeRange.MAX_NANOS - 1);
    try (DataCursor<StatBatch> cursor = both.served().windows(stream, range, 1, 0, scope)) {
      long windows = 0;
      while (windows < POINTS) {
        assertThat(cursor.next()).isTrue();
        windows += cursor.current().size();
      }
      for (int i = 0; i < 100; i++) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.current().size()).isZero();
      }
      scope.cancel();
      assertThatThrownBy(cursor::next)
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> BtrdbServer.start(both.embedded(), "no-such.invalid", 0).close())
        .hasMessage("no host is called 'no-such.invalid'");
  }

  @Test
  void aClosedServerIsGoneAndItsPortFree() {
    BtrdbServer server = BtrdbServer.start(both.embedded(), BtrdbServer.LOOPBACK, 0);
    int port = server.port();
    try (Btrdb client = ServedBtrdb.connect(server)) {
      assertThatThrownBy(
              () -> BtrdbServer.start(both.embedded(), BtrdbServer.LOOPBACK, port).close())
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port)
          .hasMessageNotContaining("\n");
      server.close();
      server.close();
      assertThatThrownBy(() -> client.version(stream, SCOPE))
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
    }
    BtrdbServer.start(both.embedded(), BtrdbServer.LOOPBACK, port).close();
  }
}
