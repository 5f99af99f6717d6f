package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.client.acceptance.Workbench.SCOPE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is promised of subscriptions, where there are any. */
@Timeout(120)
interface SubscriptionPromises extends Endpoint {

  /** A subscription that all streams have joined. */
  private Subscription subscribed(List<UUID> uuids, CallScope scope) {
    Assumptions.assumeTrue(bench().btrdb().capabilities().subscriptions());
    Subscription subscription = bench().btrdb().subscribe(uuids, scope);
    joined(subscription, uuids);
    return subscription;
  }

  private Subscription subscribed(UUID... uuids) {
    return subscribed(List.of(uuids), SCOPE);
  }

  /** Takes the parts that say that streams have joined; skips where there are none. */
  private void joined(Subscription subscription, Collection<UUID> uuids) {
    Set<UUID> awaited = new HashSet<>(uuids);
    Workbench.ifSupported(
        () -> {
          while (!awaited.isEmpty()) {
            assertThat(subscription.next()).isTrue();
            if (subscription.current().points().size() == 0) {
              awaited.remove(subscription.current().uuid());
            }
          }
        });
  }

  /** Takes points until there are some number of them. */
  private static List<String> told(Subscription subscription, int count) {
    List<String> told = new ArrayList<>();
    while (told.size() < count) {
      assertThat(subscription.next()).isTrue();
      StreamPoints part = subscription.current();
      for (int i = 0; i < part.points().size(); i++) {
        told.add(said(part.uuid(), part.points().time(i), part.points().value(i)));
      }
    }
    return told;
  }

  private static String said(UUID uuid, long time, double value) {
    return uuid + " " + time + " " + value;
  }

  @Test
  default void aServerWithoutSubscriptionsSaysSo() {
    Assumptions.assumeFalse(bench().btrdb().capabilities().subscriptions());
    UUID uuid = bench().stream();
    assertThatThrownBy(() -> bench().btrdb().subscribe(List.of(uuid), SCOPE).next())
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  @Test
  default void insertsAreToldInTheirOrderFromTheSubscriptionOn() {
    UUID a = bench().stream();
    UUID b = bench().stream();
    UUID other = bench().stream();
    bench().insert(a, 1, 2);
    try (Subscription subscription = subscribed(a, b)) {
      bench().insert(other, 7);
      bench().insert(a, 30, 10, 20);
      bench().insert(a);
      bench().insert(b, 5);
      bench().btrdb().flush(a, SCOPE);
      bench().btrdb().delete(a, new TimeRange(0, 15), SCOPE);
      bench().insert(a, 4);
      assertThat(told(subscription, 5))
          .containsExactly(
              said(a, 10, 2), said(a, 20, 3), said(a, 30, 1), said(b, 5, 1), said(a, 4, 1));
    }
  }

  @Test
  default void pointsAreToldAsTheyCameWhateverTheMergePolicyAdmits() {
    UUID uuid = bench().streamAt(10, 20);
    try (Subscription subscription = subscribed(uuid)) {
      Assumptions.assumeTrue(bench().btrdb().capabilities().mergePolicies());
      PointBatch batch = PointBatch.of(new long[] {10, 30}, new double[] {8, 9});
      for (int i = 0; i < 2; i++) {
        bench().btrdb().insert(uuid, batch, MergePolicy.RETAIN, SCOPE);
      }
      assertThat(told(subscription, 4))
          .containsExactly(
              said(uuid, 10, 8), said(uuid, 30, 9), said(uuid, 10, 8), said(uuid, 30, 9));
    }
    assertThat(bench().times(uuid, 0, 100)).containsExactly(10L, 20L, 30L);
  }

  @Test
  default void whatIsToldIsTheSubscribersOwn() {
    UUID uuid = bench().stream();
    try (Subscription subscription = subscribed(uuid)) {
      long[] times = {1, 2};
      double[] values = {3, 4};
      bench().btrdb().insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
      times[0] = 99;
      values[1] = 99;
      assertThat(told(subscription, 2)).containsExactly(said(uuid, 1, 3), said(uuid, 2, 4));
    }
  }

  @Test
  default void largeInsertsAreToldWhole() {
    UUID uuid = bench().stream();
    try (Subscription subscription = subscribed(uuid)) {
      long[] times = new long[45_001];
      for (int i = 0; i < times.length; i++) {
        times[i] = i;
      }
      bench().insert(uuid, times);
      List<String> told = told(subscription, times.length);
      assertThat(told).hasSize(times.length);
      assertThat(told.get(45_000)).isEqualTo(said(uuid, 45_000, 45_001));
    }
  }

  @Test
  default void streamsComeAndGo() {
    UUID a = bench().stream();
    UUID b = bench().stream();
    try (Subscription subscription = subscribed(List.of(), SCOPE)) {
      subscription.add(List.of(a));
      joined(subscription, List.of(a));
      bench().insert(b, 1);
      bench().insert(a, 2);
      assertThat(told(subscription, 1)).containsExactly(said(a, 2, 1));
      subscription.remove(List.of(a, UUID.randomUUID()));
      subscription.add(List.of(b, b));
      joined(subscription, List.of(b));
      bench().insert(a, 3);
      bench().insert(b, 4);
      assertThat(told(subscription, 1)).containsExactly(said(b, 4, 1));
    }
  }

  @Test
  default void afterTheFinishComesWhatWasInsertedBeforeAndThenTheEnd() {
    UUID uuid = bench().stream();
    try (Subscription subscription = subscribed(uuid)) {
      bench().insert(uuid, 1);
      bench().insert(uuid, 2);
      assertThat(told(subscription, 1)).containsExactly(said(uuid, 1, 1));
      subscription.finish();
      assertThat(told(subscription, 1)).containsExactly(said(uuid, 2, 1));
      assertThat(subscription.next()).isFalse();
      bench().insert(uuid, 3);
      assertThat(subscription.next()).isFalse();
    }
  }

  @Test
  default void streamsThatDoNotExistAreNamed() {
    UUID uuid = bench().stream();
    UUID unknown = UUID.randomUUID();
    subscribed(uuid).close();
    assertThatThrownBy(
            () -> {
              try (Subscription subscription =
                  bench().btrdb().subscribe(List.of(uuid, unknown), SCOPE)) {
                subscription.next();
              }
            })
        .hasMessageContaining(unknown.toString())
        .extracting(Workbench::codeOf)
        .isEqualTo(ErrorCode.NO_SUCH_STREAM);
  }

  @Test
  default void obliteratedStreamsLeaveAndTheLastOneEndsIt() {
    UUID a = bench().stream();
    UUID b = bench().stream();
    try (Subscription subscription = subscribed(a, b)) {
      bench().insert(a, 1);
      Workbench.ifSupported(() -> bench().btrdb().obliterate(a, SCOPE));
      bench().insert(b, 2);
      bench().btrdb().obliterate(b, SCOPE);
      assertThat(told(subscription, 2)).containsExactly(said(a, 1, 1), said(b, 2, 1));
      assertThatThrownBy(subscription::next)
          .hasMessageContaining(b.toString())
          .extracting(Workbench::codeOf)
          .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    }
  }

  @Test
  default void aWaitingReaderIsEndedByCancelDeadlineInterruptAndClose() throws Exception {
    UUID uuid = bench().stream();
    CallScope scope = CallScope.unbounded();
    try (Subscription subscription = subscribed(List.of(uuid), scope)) {
      endsWaiting(subscription, ErrorCode.CANCELLED, reader -> scope.cancel());
    }
    Subscription closed = subscribed(uuid);
    endsWaiting(closed, ErrorCode.CLOSED, reader -> closed.close());
    closed.close();
    try (Subscription subscription = subscribed(uuid)) {
      endsWaiting(subscription, ErrorCode.CANCELLED, Thread::interrupt);
    }
    try (Subscription subscription =
        subscribed(List.of(uuid), CallScope.withTimeout(Duration.ofMillis(500)))) {
      endsWaiting(subscription, ErrorCode.DEADLINE_EXCEEDED, reader -> {});
    }
    bench().insert(uuid, 1);
  }

  private static void endsWaiting(
      Subscription subscription, ErrorCode expected, Consumer<Thread> end) throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      CountDownLatch begun = new CountDownLatch(1);
      Thread[] reader = new Thread[1];
      Future<?> waiting =
          one.submit(
              () -> {
                reader[0] = Thread.currentThread();
                begun.countDown();
                subscription.next();
              });
      begun.await();
      end.accept(reader[0]);
      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .cause()
          .extracting(Workbench::codeOf)
          .isEqualTo(expected);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  default void amongManyWritersEveryInsertIsToldOnceAndInOrder() throws Exception {
    subscribed(bench().stream()).close();
    FollowedWriters.run(bench(), new Random().nextLong());
  }
}
