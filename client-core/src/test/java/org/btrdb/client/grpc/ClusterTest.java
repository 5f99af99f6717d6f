package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.RetryPolicy;
import org.btrdb.client.grpc.call.VirtualTime;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.ProxyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls in a cluster of three nodes that are reached directly, while its map changes. */
@Timeout(60)
class ClusterTest {
  private static final CallScope SCOPE = CallScope.unbounded();

  private final VirtualTime time = new VirtualTime();
  private final RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(20), time, new Random(1));

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  private static int nearest(Btrdb btrdb, UUID stream) {
    return (int) btrdb.nearest(stream, 0, false, StreamVersion.LATEST, SCOPE).orElseThrow().value();
  }

  private static void insert(Btrdb btrdb, UUID stream) {
    PointBatch point = PointBatch.of(new long[] {1}, new double[] {2});
    btrdb.insert(stream, point, MergePolicy.NEVER, SCOPE);
  }

  /** Which node answered each point. */
  private static List<Double> raw(Btrdb btrdb, UUID stream) {
    List<Double> values = new ArrayList<>();
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(stream, TimeRange.ALL, StreamVersion.LATEST, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          values.add(batch.value(i));
        }
      }
    }
    return values;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void everyCallGoesToTheNodeThatHoldsItsStream() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(1).server.connect(retries)) {
      for (int i = 0; i < 200; i++) {
        UUID stream = UUID.randomUUID();
        int owner = cluster.owner(stream);
        assertThat(nearest(btrdb, stream)).as("stream %s", stream).isEqualTo(owner);
        insert(btrdb, stream);
        assertThat(cluster.node(owner).inserted).contains(stream);
      }
      assertThat(cluster.asked()).isEqualTo(400);
      assertThat(cluster.refused()).isZero();
      assertThat(cluster.infos()).isEqualTo(1);
      assertThat(btrdb.cluster(SCOPE).members()).hasSize(3);
      assertThat(cluster.connections()).as("one channel to each node").isEqualTo(3);
    }
  }

  @Test
  void aRangeThatMovedIsFoundAtTheSecondAttempt() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(2).server.connect(retries)) {
      UUID stream = cluster.streamOf(0);
      assertThat(raw(btrdb, stream)).containsExactly(0.0, 0.0);
      cluster.node(0).holds(0, 0);
      cluster.node(1).holds(0, ScriptedCluster.HASHES * 2 / 3);
      cluster.tell();
      assertThat(raw(btrdb, stream)).containsExactly(1.0, 1.0);
      assertThat(cluster.node(0).asked).hasValue(2);
      assertThat(cluster.node(1).asked).hasValue(1);
      insert(btrdb, stream);
      assertThat(nearest(btrdb, stream)).isEqualTo(1);
      assertThat(cluster.refused()).isEqualTo(1);
      assertThat(cluster.node(1).inserted).containsExactly(stream);
    }
  }

  @Test
  void aServerThatIsNoLongerAloneIsNoticed() {
    try (ScriptedCluster cluster = new ScriptedCluster(2)) {
      UUID stays = cluster.streamOf(0);
      UUID leaves = cluster.streamOf(1);
      cluster.node(0).holds(0, ScriptedCluster.HASHES);
      cluster.node(1).holds(0, 0);
      cluster.tellOnly(0);
      Btrdb btrdb = cluster.node(0).server.connect(retries);
      assertThat(nearest(btrdb, leaves)).isEqualTo(0);
      assertThat(cluster.infos()).isEqualTo(1);
      cluster.node(0).holds(0, ScriptedCluster.HASHES / 2);
      cluster.node(1).holds(ScriptedCluster.HASHES / 2, ScriptedCluster.HASHES);
      cluster.tell();
      assertThat(raw(btrdb, leaves)).containsExactly(1.0, 1.0);
      insert(btrdb, leaves);
      assertThat(nearest(btrdb, stays)).isEqualTo(0);
      assertThat(cluster.refused()).isEqualTo(1);
      assertThat(cluster.infos()).isEqualTo(2);
      assertThat(cluster.connections()).isEqualTo(2);
      btrdb.close();
      await("connections after close", () -> cluster.connections() == 0);
    }
  }

  /** As after a restart of a single server of 4.x. */
  @Test
  void aLoneServerThatHoldsNothingForAWhileIsWaitedFor() {
    try (ScriptedCluster cluster = new ScriptedCluster(1);
        Btrdb btrdb = cluster.node(0).server.connect(retries)) {
      cluster.node(0).holds(0, 0);
      assertThatThrownBy(() -> nearest(btrdb, UUID.randomUUID()))
          .extracting(ClusterTest::codeOf)
          .isEqualTo(ErrorCode.CLUSTER_DEGRADED);
      assertThat(time.passed()).isEqualTo(Duration.ofSeconds(20));
      cluster.node(0).holds(0, ScriptedCluster.HASHES);
      assertThat(nearest(btrdb, UUID.randomUUID())).isEqualTo(0);
      assertThat(cluster.connections()).isEqualTo(1);
    }
  }

  @Test
  void aWriteThatANodeRefusedIsStoredOnceByTheOther() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(2).server.connect(retries)) {
      UUID stream = cluster.streamOf(0);
      cluster.node(0).holds(0, 0);
      cluster.node(1).holds(0, ScriptedCluster.HASHES * 2 / 3);
      cluster.tell();
      insert(btrdb, stream);
      assertThat(cluster.node(0).inserted).isEmpty();
      assertThat(cluster.node(1).inserted).containsExactly(stream);
      assertThat(cluster.asked()).isEqualTo(2);
    }
  }

  @Test
  void theChannelOfANodeThatLeftIsGivenBackButItsOpenReadsEnd() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(2).server.connect(retries)) {
      UUID stream = cluster.streamOf(0);
      cluster.node(0).hold();
      try (DataCursor<PointBatch> open =
          btrdb.raw(stream, TimeRange.ALL, StreamVersion.LATEST, SCOPE)) {
        assertThat(open.next()).isTrue();
        assertThat(cluster.node(0).server.connections()).isEqualTo(1);
        cluster.node(0).holds(0, 0);
        cluster.node(1).holds(0, ScriptedCluster.HASHES * 2 / 3);
        cluster.tell();
        assertThat(nearest(btrdb, stream)).isEqualTo(1);
        cluster.node(0).release();
        assertThat(open.next()).as("points after the node left").isTrue();
        assertThat(open.current().value(0)).isEqualTo(0.0);
        assertThat(open.next()).isFalse();
      }
      await("still connected to node 0", () -> cluster.node(0).server.connections() == 0);
      assertThat(cluster.connections()).isEqualTo(2);
    }
  }

  @Test
  void readsSurviveAKilledNodeAndWritesAreNotRepeated() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(0).server.connect(retries)) {
      UUID stream = cluster.streamOf(0);
      UUID other = cluster.streamOf(2);
      assertThat(nearest(btrdb, stream)).isEqualTo(0);
      cluster.node(0).server.kill();
      cluster.node(0).holds(0, 0);
      cluster.node(1).holds(0, ScriptedCluster.HASHES * 2 / 3);
      cluster.tell();
      assertThatThrownBy(() -> insert(btrdb, stream))
          .hasMessageContaining(stream.toString())
          .extracting(ClusterTest::codeOf)
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(cluster.node(1).asked).as("a write that may have been taken").hasValue(0);
      assertThat(time.passed()).isZero();
      insert(btrdb, stream);
      assertThat(cluster.node(1).inserted).containsExactly(stream);
      assertThat(raw(btrdb, stream)).containsExactly(1.0, 1.0);
      assertThat(nearest(btrdb, other)).isEqualTo(2);
      assertThat(btrdb.cluster(SCOPE).members().get(0).up()).isFalse();
    }
  }

  @Test
  void aReadFindsTheNewNodeOfAKilledOne() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(0).server.connect(retries)) {
      UUID stream = cluster.streamOf(0);
      assertThat(nearest(btrdb, stream)).isEqualTo(0);
      cluster.node(0).server.kill();
      cluster.node(0).holds(0, 0);
      cluster.node(1).holds(0, ScriptedCluster.HASHES * 2 / 3);
      cluster.tell();
      assertThat(raw(btrdb, stream)).containsExactly(1.0, 1.0);
      assertThat(cluster.node(1).asked).hasValue(1);
    }
  }

  @Test
  void aHoleInTheMapIsToldAndMended() {
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(0).server.connect(retries)) {
      UUID stream = cluster.streamOf(1);
      cluster.node(1).holds(0, 0);
      cluster.tell();
      assertThatThrownBy(() -> nearest(btrdb, stream))
          .hasMessageContaining("stream " + stream + ": [419] no node holds hash ")
          .hasMessageMatching(".* \\(\\d+ attempts in 20000 ms\\)")
          .hasMessageNotContaining("\n")
          .extracting(ClusterTest::codeOf)
          .isEqualTo(ErrorCode.CLUSTER_DEGRADED);
      assertThat(time.passed()).isEqualTo(Duration.ofSeconds(20));
      assertThat(cluster.asked()).as("only the node that held it was asked").isEqualTo(1);
      assertThat(cluster.infos()).isBetween(15, 30);
      cluster.node(2).holds(ScriptedCluster.HASHES / 3, ScriptedCluster.HASHES);
      cluster.tell();
      assertThat(nearest(btrdb, stream)).isEqualTo(2);
      insert(btrdb, stream);
      assertThat(cluster.asked()).isEqualTo(3);
    }
  }

  @Test
  void theSecondAddressOfANodeIsTakenWhenTheFirstIsDead() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    try (ScriptedCluster cluster = new ScriptedCluster(2)) {
      cluster.node(1).alsoAt("127.0.0.1:" + closedPort);
      cluster.tell();
      try (Btrdb btrdb = cluster.node(0).server.connect(retries)) {
        assertThat(nearest(btrdb, cluster.streamOf(1))).isEqualTo(1);
        insert(btrdb, cluster.streamOf(1));
        assertThat(cluster.node(1).asked).hasValue(2);
      }
    }
  }

  @Test
  void cancelAndCloseEndTheSearchForTheMap() throws InterruptedException {
    for (boolean close : new boolean[] {false, true}) {
      try (ScriptedCluster cluster = new ScriptedCluster(3)) {
        Btrdb btrdb = cluster.node(0).server.connect(retries);
        UUID stream = cluster.streamOf(1);
        cluster.node(1).holds(0, 0);
        for (int i = 0; i < 3; i++) {
          cluster.node(i).silence();
        }
        CallScope scope = CallScope.unbounded();
        AtomicReference<BtrdbException> failure = new AtomicReference<>();
        Thread reader =
            new Thread(
                () -> {
                  try {
                    btrdb.version(stream, scope);
                  } catch (BtrdbException e) {
                    failure.set(e);
                  }
                });
        reader.start();
        await("nobody is asked for the map", () -> cluster.infos() == 2);
        long begun = System.nanoTime();
        if (close) {
          btrdb.close();
        } else {
          scope.cancel();
        }
        reader.join(5_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(100));
        assertThat(Objects.requireNonNull(failure.get()).code())
            .isEqualTo(close ? ErrorCode.CLOSED : ErrorCode.CANCELLED);
        assertThat(cluster.infos()).isEqualTo(2);
        btrdb.close();
        await("connections after close", () -> cluster.connections() == 0);
      }
    }
  }

  /**
   * Ranges move between nodes while four threads read and write: nothing fails, nothing is lost.
   */
  @Test
  void readsAndWritesSurviveAMapThatChangesAllTheTime() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RetryPolicy real = RetryPolicy.of(Duration.ofSeconds(20));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ScriptedCluster cluster = new ScriptedCluster(3);
        Btrdb btrdb = cluster.node(0).server.connect(real)) {
      AtomicBoolean done = new AtomicBoolean();
      Queue<UUID> written = new ConcurrentLinkedQueue<>();
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            threads.submit(
                () -> {
                  int made = 0;
                  while (!done.get()) {
                    UUID stream = UUID.randomUUID();
                    insert(btrdb, stream);
                    written.add(stream);
                    List<Double> values = raw(btrdb, stream);
                    assertThat(values).hasSize(2);
                    assertThat(values.get(0)).isEqualTo(values.get(1));
                    made++;
                  }
                  return made;
                }));
      }
      for (int round = 0; round < 12; round++) {
        // Every node leaves at some time: an empty part makes its channel go.
        long low = random.nextInt(4) == 0 ? 0 : random.nextLong(ScriptedCluster.HASHES);
        long high = random.nextInt(4) == 0 ? low : random.nextLong(low, ScriptedCluster.HASHES);
        cluster.node(0).holds(0, low);
        cluster.node(1).holds(low, high);
        cluster.node(2).holds(high, ScriptedCluster.HASHES);
        cluster.tell();
        int before = cluster.asked();
        await("calls after a change, seed " + seed, () -> cluster.asked() > before + 200);
      }
      done.set(true);
      int made = 0;
      for (Future<Integer> call : calls) {
        made += call.get(20, TimeUnit.SECONDS);
      }
      assertThat(made).as("seed %d", seed).isPositive();
      List<UUID> stored = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        stored.addAll(cluster.node(i).inserted);
      }
      assertThat(stored.stream().sorted().toList())
          .as("seed %d", seed)
          .isEqualTo(written.stream().sorted().toList());
      assertThat(cluster.asked() - cluster.refused()).as("seed %d", seed).isEqualTo(2 * made);
      assertThat(cluster.refused()).isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void behindAProxyEverythingGoesToTheEndpointOfTheUrl() {
    try (ScriptedCluster cluster = new ScriptedCluster(2)) {
      ScriptedCluster.Node behind = cluster.node(0);
      behind.holds(0, ScriptedCluster.HASHES);
      var proxy =
          new ScriptedServer.V5() {
            @Override
            public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
              responses.onNext(
                  InfoResponse.newBuilder()
                      .setMajorVersion(5)
                      .setMash(cluster.told())
                      .setProxy(ProxyInfo.newBuilder().addProxyEndpoints("elsewhere.invalid:4410"))
                      .build());
              responses.onCompleted();
            }

            @Override
            public void nearest(
                org.btrdb.proto.v5api.NearestParams request,
                StreamObserver<org.btrdb.proto.v5api.NearestResponse> responses) {
              behind.nearest(request, responses);
            }
          };
      try (ScriptedServer server = ScriptedServer.start(proxy);
          Btrdb btrdb = server.connect(retries)) {
        for (int i = 0; i < 20; i++) {
          assertThat(nearest(btrdb, UUID.randomUUID())).isEqualTo(0);
        }
        assertThat(server.connections()).isEqualTo(1);
        assertThat(cluster.connections()).isZero();
      }
    }
  }

  @Test
  void closingGivesEveryChannelBack() {
    try (ScriptedCluster cluster = new ScriptedCluster(3)) {
      try (Btrdb btrdb = cluster.node(0).server.connect(retries)) {
        for (int i = 0; i < 3; i++) {
          assertThat(nearest(btrdb, cluster.streamOf(i))).isEqualTo(i);
        }
        assertThat(cluster.connections()).isEqualTo(3);
      }
      await("connections after close", () -> cluster.connections() == 0);
    }
    await(
        "a gRPC thread survives",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("grpc-")));
  }
}
