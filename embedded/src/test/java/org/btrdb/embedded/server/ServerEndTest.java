package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.InfoParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends: what is under way, what comes then, and what its health says. */
@Timeout(120)
class ServerEndTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int POINTS = 2_000_000;

  @TempDir Path directory;

  private static BtrdbServer start(Btrdb btrdb, Duration grace) {
    return BtrdbServer.start(
        btrdb,
        ServerOptions.at(BtrdbServer.LOOPBACK, 0)
            .withLimits(ServerLimits.DEFAULT.withGrace(grace)));
  }

  private static Btrdb impatient(BtrdbServer server) {
    return ServedBtrdb.connect(server, Map.of("retryTimeout", "0"));
  }

  private static ManagedChannel channel(BtrdbServer server) {
    return NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, server.port())
        .usePlaintext()
        .build();
  }

  private static PointBatch point(long timeNanos) {
    return PointBatch.of(new long[] {timeNanos}, new double[] {1});
  }

  /** Runs something that is expected to last, on a thread of its own. */
  private static <T> CompletableFuture<T> begin(java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task, "under-way").start());
  }

  private static CompletableFuture<Duration> closing(BtrdbServer server) {
    return begin(
        () -> {
          long begun = System.nanoTime();
          server.close();
          return Duration.ofNanos(System.nanoTime() - begun);
        });
  }

  @Test
  void aWriteUnderWayIsAcknowledgedAndNewCallsAreRefused() throws Exception {
    SlowBtrdb slow = new SlowBtrdb();
    try (ServedBtrdb both = ServedBtrdb.start();
        BtrdbServer server = start(slow.over(both.embedded()), LONG);
        Btrdb client = impatient(server)) {
      UUID stream = both.stream("end", "s");
      ManagedChannel channel = channel(server);
      HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
      Iterator<HealthCheckResponse> watched =
          health.watch(HealthCheckRequest.newBuilder().setService("v5api.BTrDB").build());
      assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(ServingStatus.SERVING);

      CompletableFuture<StreamVersion> insert =
          begin(() -> client.insert(stream, point(1), MergePolicy.NEVER, SCOPE));
      slow.begun().await();
      CompletableFuture<Duration> closing = closing(server);

      assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      // Who looks now sees it too, also by a new connection.
      ManagedChannel late = channel(server);
      for (String service : List.of("", "v5api.BTrDB")) {
        assertThat(
                HealthGrpc.newBlockingStub(late)
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus())
            .isEqualTo(ServingStatus.NOT_SERVING);
      }
      awaitRefused(late);
      assertThatThrownBy(() -> client.version(stream, SCOPE))
          .hasMessageContaining("the server stops")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(insert).isNotDone();
      assertThat(closing).isNotDone();

      slow.letGo();
      assertThat(insert.get(20, TimeUnit.SECONDS).minor()).isEqualTo(1);
      assertThat(closing.get(20, TimeUnit.SECONDS)).isLessThan(LONG.dividedBy(2));
      assertThat(both.embedded().version(stream, SCOPE).minor()).isEqualTo(1);
      channel.shutdownNow();
      late.shutdownNow();
    }
  }

  /** Health changes before the gate closes. */
  private static void awaitRefused(ManagedChannel channel) {
    while (true) {
      try {
        BTrDBGrpc.newBlockingStub(channel).info(InfoParams.getDefaultInstance());
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        return;
      }
    }
  }

  @Test
  void aWriteThatOutlastsTheGraceIsNotAcknowledged() throws Exception {
    SlowBtrdb slow = new SlowBtrdb();
    try (ServedBtrdb both = ServedBtrdb.start();
        BtrdbServer server = start(slow.over(both.embedded()), Duration.ofMillis(1500));
        Btrdb client = impatient(server)) {
      UUID stream = both.stream("end", "s");
      CompletableFuture<StreamVersion> insert =
          begin(() -> client.insert(stream, point(1), MergePolicy.NEVER, SCOPE));
      slow.begun().await();
      Duration took = closing(server).get(20, TimeUnit.SECONDS);
      assertThat(took).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(6));
      assertThatThrownBy(() -> insert.get(20, TimeUnit.SECONDS))
          .cause()
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.UNAVAILABLE);
      slow.letGo();
    }
  }

  @Test
  void aReaderWhoTakesNothingIsNotWaitedFor() throws Exception {
    try (ServedBtrdb both = ServedBtrdb.start();
        BtrdbServer server = start(both.embedded(), LONG);
        Btrdb client = impatient(server)) {
      UUID stream = longStream(both);
      try (DataCursor<PointBatch> cursor = client.raw(stream, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
        assertThat(closing(server).get(30, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(5));
        assertThatThrownBy(
                () -> {
                  while (cursor.next()) {
                    assertThat(cursor.current().size()).isPositive();
                  }
                })
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.UNAVAILABLE);
      }
    }
  }

  @Test
  void aReaderWhoReadsOnGetsEverything() throws Exception {
    try (ServedBtrdb both = ServedBtrdb.start();
        BtrdbServer server = start(both.embedded(), LONG);
        Btrdb client = impatient(server)) {
      UUID stream = longStream(both);
      try (DataCursor<PointBatch> cursor = client.raw(stream, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
        long points = cursor.current().size();
        CompletableFuture<Duration> closing = closing(server);
        while (cursor.next()) {
          points += cursor.current().size();
        }
        assertThat(points).isEqualTo(POINTS);
        assertThat(closing.get(20, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  private static UUID longStream(ServedBtrdb both) {
    UUID stream = both.stream("end", "long");
    long[] times = new long[POINTS];
    for (int i = 0; i < POINTS; i++) {
      times[i] = i;
    }
    both.embedded()
        .insert(stream, PointBatch.of(times, new double[POINTS]), MergePolicy.NEVER, SCOPE);
    return stream;
  }

  @Test
  void whatWritersWereToldIsWhatAReopenedDirectoryHas() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path data = directory.resolve("data" + round);
      List<CompletableFuture<Integer>> writers = new ArrayList<>();
      List<UUID> streams = new ArrayList<>();
      CountDownLatch enough = new CountDownLatch(100 + 50 * round);
      Btrdb embedded = BtrdbConnector.open("file", data.toString(), Map.of());
      BtrdbServer server = start(embedded, LONG);
      for (int i = 0; i < 4; i++) {
        UUID uuid = UUID.randomUUID();
        embedded.create(new NewStream(uuid, "end", Map.of("name", "s" + i), Map.of()), SCOPE);
        streams.add(uuid);
        writers.add(begin(() -> writeUntilRefused(server, uuid, enough)));
      }
      enough.await();
      server.close();
      embedded.close();
      try (Btrdb again = BtrdbConnector.open("file", data.toString(), Map.of())) {
        for (int i = 0; i < streams.size(); i++) {
          // Each write that was let in was also acknowledged: none is lost, and none is a surprise.
          assertThat(count(again, streams.get(i)))
              .as("round %s stream %s", round, i)
              .isEqualTo(writers.get(i).get(20, TimeUnit.SECONDS));
        }
      }
    }
  }

  /** Writes point after point; how many were acknowledged. */
  private static int writeUntilRefused(BtrdbServer server, UUID uuid, CountDownLatch enough) {
    try (Btrdb client = impatient(server)) {
      for (int acknowledged = 0; ; acknowledged++) {
        try {
          client.insert(uuid, point(acknowledged), MergePolicy.NEVER, SCOPE);
          enough.countDown();
        } catch (BtrdbException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
          return acknowledged;
        }
      }
    }
  }

  private static int count(Btrdb btrdb, UUID uuid) {
    int points = 0;
    try (DataCursor<PointBatch> cursor = btrdb.raw(uuid, TimeRange.ALL, 0, SCOPE)) {
      while (cursor.next()) {
        points += cursor.current().size();
      }
    }
    return points;
  }
}
