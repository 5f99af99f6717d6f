package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server does not bear, and how it says so. */
@Timeout(60)
class ServerLimitsTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final int POINTS = 1_000_000;

  private static ServedBtrdb start(ServerLimits limits) {
    return ServedBtrdb.start(
        ServerOptions.at(BtrdbServer.LOOPBACK, 0).withLimits(limits), Map.of());
  }

  private static UUID longStream(ServedBtrdb both) {
    long[] times = new long[POINTS];
    for (int i = 0; i < POINTS; i++) {
      times[i] = i;
    }
    return both.streamOf("long", times, new double[POINTS]);
  }

  @Test
  void callsBeyondTheLimitAreRefusedAndOthersGoOn() throws Exception {
    try (ServedBtrdb both = start(ServerLimits.DEFAULT.withMaxCalls(2))) {
      UUID stream = longStream(both);
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
      DataCursor<PointBatch> first = both.served().raw(stream, TimeRange.ALL, 0, SCOPE);
      try (DataCursor<PointBatch> second = both.served().raw(stream, TimeRange.ALL, 0, SCOPE)) {
        assertThat(first.next()).isTrue();
        assertThat(second.next()).isTrue();
        assertThatThrownBy(() -> both.served().version(stream, SCOPE))
            .hasMessageContaining("[426] the server answers 2 calls now")
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.OVERLOADED);
        assertThatThrownBy(
                () ->
                    both.served()
                        .insert(
                            stream,
                            PointBatch.of(new long[100_000], new double[100_000]),
                            MergePolicy.NEVER,
                            SCOPE))
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.OVERLOADED);
        try (DataCursor<PointBatch> third = both.served().raw(stream, TimeRange.ALL, 0, SCOPE)) {
          assertThatThrownBy(third::next)
              .extracting(e -> ((BtrdbException) e).code())
              .isEqualTo(ErrorCode.OVERLOADED);
        }
        assertThat(
                BTrDBGrpc.newBlockingStub(channel)
                    .info(InfoParams.getDefaultInstance())
                    .getStat()
                    .getCode())
            .isEqualTo(426);
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
        first.close();
        long points = second.current().size();
        while (second.next()) {
          points += second.current().size();
        }
        assertThat(points).isEqualTo(POINTS);
      }
      awaitRoom(both, stream);
      channel.shutdownNow();
    }
  }

  /** The server hears of a closed cursor a little later. */
  private static void awaitRoom(ServedBtrdb both, UUID stream) {
    while (true) {
      try {
        assertThat(both.served().version(stream, SCOPE).major()).isPositive();
        return;
      } catch (BtrdbException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
      }
    }
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedAndTheConnectionGoesOn() {
    try (ServedBtrdb both = start(ServerLimits.DEFAULT.withMaxMessageBytes(10_000))) {
      UUID stream = both.stream("tests", "s");
      assertThatThrownBy(
              () ->
                  both.served()
                      .insert(
                          stream,
                          PointBatch.of(new long[1000], new double[1000]),
                          MergePolicy.NEVER,
                          SCOPE))
          .hasMessageContaining("10000")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.TOO_LARGE);
      both.served()
          .insert(stream, PointBatch.of(new long[400], new double[400]), MergePolicy.NEVER, SCOPE);
      assertThat(both.embedded().version(stream, SCOPE).minor()).isEqualTo(400);
    }
  }

  @Test
  void aClientHoldsBackWhatOneConnectionMayNotHave() {
    ServerLimits one =
        new ServerLimits(
            1 << 20, 10, 1, ServerLimits.DEFAULT.maxIdle(), ServerLimits.DEFAULT.grace());
    try (ServedBtrdb both = start(one);
        Btrdb other = ServedBtrdb.connect(both.server(), Map.of("connectTimeout", "9999"))) {
      UUID stream = longStream(both);
      try (DataCursor<PointBatch> cursor = both.served().raw(stream, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
        assertThatThrownBy(
                () ->
                    both.served()
                        .version(stream, CallScope.withTimeout(java.time.Duration.ofMillis(300))))
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        // Other options are another connection.
        assertThat(other.version(stream, SCOPE).major()).isPositive();
      }
      assertThat(both.served().version(stream, SCOPE).major()).isPositive();
    }
  }
}
