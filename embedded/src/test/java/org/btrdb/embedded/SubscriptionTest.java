package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.spi.BtrdbConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions in this process: their limits, and what ends them. */
@Timeout(120)
class SubscriptionTest {
  private static final int INSERT_POINTS = 65_536;

  @TempDir Path temporary;

  private static void insert(Btrdb btrdb, UUID uuid, int points) {
    long[] times = LongStream.range(0, points).toArray();
    btrdb.insert(uuid, PointBatch.of(times, new double[points]), MergePolicy.REPLACE, SCOPE);
  }

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  @Test
  void aReaderThatDoesNotReadIsEndedAndHoldsNeitherInsertsNorMemory() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      try (Subscription slow = btrdb.subscribe(List.of(uuid), SCOPE);
          Subscription fast = btrdb.subscribe(List.of(uuid), SCOPE)) {
        long most = EmbeddedSubscription.MAX_WAITING_BYTES / (16L * INSERT_POINTS);
        for (int i = 0; i < most; i++) {
          assertThat(((EmbeddedSubscription) slow).hasEnded()).as("after %s inserts", i).isFalse();
          insert(btrdb, uuid, INSERT_POINTS);
        }
        assertThat(((EmbeddedSubscription) slow).hasEnded()).isTrue();
        assertThat(((EmbeddedSubscription) slow).waitingBytes()).isZero();
        assertThatThrownBy(slow::next)
            .hasMessageContaining("too slow")
            .hasMessageContaining(uuid.toString())
            .extracting(SubscriptionTest::codeOf)
            .isEqualTo(ErrorCode.OVERLOADED);
        assertThatThrownBy(() -> slow.add(List.of(uuid)))
            .extracting(SubscriptionTest::codeOf)
            .isEqualTo(ErrorCode.OVERLOADED);
        assertThatThrownBy(fast::next)
            .extracting(SubscriptionTest::codeOf)
            .isEqualTo(ErrorCode.OVERLOADED);
      }
      insert(btrdb, uuid, 1);
    }
  }

  @Test
  void oneInsertOfAnySizeIsTold() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      try (Subscription subscription = btrdb.subscribe(List.of(uuid), SCOPE)) {
        assertThat(subscription.next()).isTrue();
        int points = InsertRequest.MAX_POINTS + 200_000;
        insert(btrdb, uuid, InsertRequest.MAX_POINTS);
        assertThat(subscription.next()).isTrue();
        int told = subscription.current().points().size();
        insert(btrdb, uuid, points - InsertRequest.MAX_POINTS);
        assertThat(subscription.next()).isTrue();
        assertThat(told + subscription.current().points().size()).isEqualTo(points);
      }
    }
  }

  @Test
  void aSubscriptionHasALimitOfStreams() {
    try (Btrdb btrdb = Fixture.memory();
        Subscription subscription = btrdb.subscribe(List.of(), SCOPE)) {
      List<UUID> many =
          Stream.generate(UUID::randomUUID).limit(EmbeddedSubscription.MAX_STREAMS + 1L).toList();
      assertThatThrownBy(() -> subscription.add(many))
          .extracting(SubscriptionTest::codeOf)
          .isEqualTo(ErrorCode.TOO_LARGE);
    }
  }

  @Test
  void closingOneConnectionEndsItsSubscriptionsAndNoOthers() throws Exception {
    String name = UUID.randomUUID().toString();
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (Btrdb stays = BtrdbConnector.open("mem", name, Map.of())) {
      UUID uuid = Fixture.create(stays, "c", "n");
      Btrdb goes = BtrdbConnector.open("mem", name, Map.of());
      Subscription ended = goes.subscribe(List.of(uuid), SCOPE);
      assertThat(ended.next()).isTrue();
      try (Subscription other = stays.subscribe(List.of(uuid), SCOPE)) {
        Future<Boolean> waiting = one.submit(ended::next);
        goes.close();
        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
            .cause()
            .extracting(SubscriptionTest::codeOf)
            .isEqualTo(ErrorCode.CLOSED);
        insert(stays, uuid, 3);
        assertThat(other.next()).isTrue();
        assertThat(other.next()).isTrue();
        assertThat(other.current().points().size()).isEqualTo(3);
      }
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void theReadyActionRunsForEveryPartThatCanBeTaken() {
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      try (Subscription subscription = btrdb.subscribe(List.of(), SCOPE)) {
        AtomicInteger runs = new AtomicInteger();
        subscription.onReady(runs::incrementAndGet);
        assertThat(subscription.isReady()).isFalse();
        subscription.add(List.of(uuid));
        assertThat(subscription.isReady()).isTrue();
        assertThat(runs.get()).isEqualTo(1);
        subscription.next();
        insert(btrdb, uuid, 1);
        assertThat(runs.get()).isEqualTo(2);
        subscription.next();
        assertThat(subscription.isReady()).isFalse();
        subscription.finish();
        assertThat(subscription.isReady()).isTrue();
        assertThat(subscription.next()).isFalse();
      }
    }
  }

  /**
   * Every acknowledged insert is told, and when the store takes no more the subscriber learns it.
   */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs ulimit")
  void aFullDiskEndsSubscriptions() throws Exception {
    String directory = temporary.resolve("data").toString();
    try (ChildJvm child = ChildJvm.startWithFileLimit(4096, FollowedFullDisk.class, directory)) {
      List<String> lines = child.remainingLines();
      assertThat(child.exitStatus()).isZero();
      assertThat(lines).hasSize(4).first().asString().startsWith("acknowledged ");
      String acknowledged = lines.get(0).split(" ", -1)[1];
      assertThat(lines.get(1)).isEqualTo("told " + acknowledged);
      assertThat(lines.get(2)).isEqualTo("tellings " + acknowledged);
      assertThat(lines.get(3)).startsWith("ended STORE_IO").contains("takes no more writes");
    }
  }
}
