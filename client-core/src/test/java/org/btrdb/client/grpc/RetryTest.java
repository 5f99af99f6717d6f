package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.RetryClock;
import org.btrdb.client.grpc.call.RetryPolicy;
import org.btrdb.client.grpc.call.VirtualTime;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.ChangesResponse;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.DeleteResponse;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.ListCollectionsResponse;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are made again, and those that are not. */
@Timeout(60)
class RetryTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final Status WRONG_ENDPOINT =
      Status.newBuilder().setCode(405).setMsg("This is the wrong endpoint for this stream").build();

  private final VirtualTime time = new VirtualTime();
  private final RetryPolicy retries = new RetryPolicy(Duration.ofSeconds(20), time, new Random(1));

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  /** Answers 405 until some time has passed, as a server of 4.15.9 does after a restart. */
  private final class Waking extends ScriptedServer.V5 {
    private final Duration awake;
    private final AtomicInteger calls = new AtomicInteger();

    Waking(Duration awake) {
      this.awake = awake;
    }

    private Status stat() {
      calls.incrementAndGet();
      return time.passed().compareTo(awake) < 0 ? WRONG_ENDPOINT : Status.getDefaultInstance();
    }

    private static <R> void answer(StreamObserver<R> responses, R answer) {
      responses.onNext(answer);
      responses.onCompleted();
    }

    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      answer(
          responses,
          RawValuesResponse.newBuilder()
              .setStat(stat())
              .setVersionMajor(7)
              .addValues(RawPoint.newBuilder().setTime(1).setValue(2))
              .build());
    }

    @Override
    public void windows(WindowsParams request, StreamObserver<WindowsResponse> responses) {
      answer(
          responses,
          WindowsResponse.newBuilder()
              .setStat(stat())
              .setVersionMajor(7)
              .addValues(StatPoint.newBuilder().setCount(3))
              .build());
    }

    @Override
    public void changes(ChangesParams request, StreamObserver<ChangesResponse> responses) {
      answer(responses, ChangesResponse.newBuilder().setStat(stat()).setVersionMajor(7).build());
    }

    @Override
    public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
      answer(responses, StreamInfoResponse.newBuilder().setStat(stat()).setVersionMajor(7).build());
    }

    @Override
    public void listCollections(
        ListCollectionsParams request, StreamObserver<ListCollectionsResponse> responses) {
      answer(
          responses,
          ListCollectionsResponse.newBuilder().setStat(stat()).addCollections("a").build());
    }

    @Override
    public void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
      answer(responses, InsertResponse.newBuilder().setStat(stat()).setVersionMajor(7).build());
    }

    @Override
    public void delete(DeleteParams request, StreamObserver<DeleteResponse> responses) {
      answer(responses, DeleteResponse.newBuilder().setStat(stat()).setVersionMajor(7).build());
    }
  }

  private static void drain(DataCursor<?> cursor) {
    try (cursor) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.version().major()).isEqualTo(7);
      assertThat(cursor.next()).isFalse();
    }
  }

  private static void drainCollections(Cursor<List<String>> cursor) {
    try (cursor) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.current()).containsExactly("a");
      assertThat(cursor.next()).isFalse();
    }
  }

  private static long insert(Btrdb btrdb) {
    PointBatch point = PointBatch.of(new long[] {1}, new double[] {2});
    return btrdb.insert(STREAM, point, MergePolicy.NEVER, SCOPE).major();
  }

  @Test
  void tenSecondsOf405AreSurvivedByEveryCall() {
    TimeRange range = new TimeRange(0, 9);
    List<Consumer<Btrdb>> calls =
        List.of(
            btrdb -> assertThat(btrdb.version(STREAM, SCOPE).major()).isEqualTo(7),
            btrdb -> drain(btrdb.raw(STREAM, range, 0, SCOPE)),
            btrdb -> drain(btrdb.windows(STREAM, range, 3, 0, SCOPE)),
            btrdb -> drain(btrdb.changes(STREAM, 1, 7, 0, SCOPE)),
            btrdb -> drainCollections(btrdb.collections("", SCOPE)),
            btrdb -> assertThat(insert(btrdb)).isEqualTo(7),
            btrdb -> assertThat(btrdb.delete(STREAM, range, SCOPE).major()).isEqualTo(7));
    for (Consumer<Btrdb> call : calls) {
      Duration begun = time.passed();
      Waking script = new Waking(begun.plusSeconds(10));
      try (ScriptedServer server = ScriptedServer.start(script);
          Btrdb btrdb = server.connect(retries)) {
        call.accept(btrdb);
        assertThat(time.passed().minus(begun))
            .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
        assertThat(script.calls.get()).isBetween(8, 20);
      }
    }
  }

  @Test
  void attemptsAreBoundedAndCounted() {
    Waking script = new Waking(Duration.ofDays(1));
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect(retries)) {
      assertThatThrownBy(() -> btrdb.version(STREAM, SCOPE))
          .hasMessageMatching(
              "stream "
                  + STREAM
                  + ": \\[405] This is the wrong endpoint for this stream"
                  + " \\(\\d+ attempts in 20000 ms\\)")
          .hasMessageContaining("(" + script.calls.get() + " attempts")
          .extracting(RetryTest::codeOf)
          .isEqualTo(ErrorCode.CLUSTER_DEGRADED);
      assertThat(script.calls.get()).isBetween(15, 28);
      script.calls.set(0);
      try (DataCursor<?> cursor = btrdb.raw(STREAM, TimeRange.ALL, 0, SCOPE)) {
        assertThatThrownBy(cursor::next).hasMessageContaining("[405]");
        int calls = script.calls.get();
        assertThat(calls).isBetween(15, 28);
        assertThatThrownBy(cursor::next).hasMessageContaining("[405]");
        assertThat(script.calls.get()).as("a failed cursor calls again").isEqualTo(calls);
      }
    }
  }

  @Test
  void withoutRetryTimeoutACallIsMadeOnce() {
    Waking script = new Waking(Duration.ofDays(1));
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect(Map.of("retryTimeout", "0"))) {
      assertThatThrownBy(() -> btrdb.version(STREAM, SCOPE))
          .hasMessage("stream " + STREAM + ": [405] This is the wrong endpoint for this stream");
      assertThat(script.calls).hasValue(1);
    }
  }

  @Test
  void nothingIsRepeatedAfterTheFirstMessage() {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void rawValues(
              RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
            calls.incrementAndGet();
            responses.onNext(
                RawValuesResponse.newBuilder()
                    .setVersionMajor(7)
                    .addValues(RawPoint.newBuilder().setTime(1).setValue(2))
                    .build());
            if (request.getVersionMajor() == 0) {
              responses.onNext(RawValuesResponse.newBuilder().setStat(WRONG_ENDPOINT).build());
              responses.onCompleted();
            } else {
              responses.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
            }
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect(retries)) {
      for (long version = 0; version < 2; version++) {
        try (DataCursor<PointBatch> cursor = btrdb.raw(STREAM, TimeRange.ALL, version, SCOPE)) {
          assertThat(cursor.next()).isTrue();
          assertThatThrownBy(cursor::next)
              .extracting(RetryTest::codeOf)
              .isEqualTo(version == 0 ? ErrorCode.CLUSTER_DEGRADED : ErrorCode.UNAVAILABLE);
          assertThatThrownBy(cursor::next).isInstanceOf(BtrdbException.class);
        }
        assertThat(calls).hasValue((int) version + 1);
      }
      assertThat(time.passed()).isZero();
    }
  }

  @Test
  void aStreamThatEndsBeforeItsFirstMessageIsOpenedAgain() {
    AtomicInteger calls = new AtomicInteger();
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void rawValues(
              RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
            if (calls.incrementAndGet() < 3) {
              responses.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
            } else {
              responses.onNext(RawValuesResponse.newBuilder().setVersionMajor(7).build());
              responses.onCompleted();
            }
          }

          @Override
          public void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
            calls.incrementAndGet();
            responses.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect(retries)) {
      try (DataCursor<?> cursor = btrdb.raw(STREAM, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.version().major()).isEqualTo(7);
        assertThat(cursor.next()).isFalse();
      }
      assertThat(calls).hasValue(3);
      assertThatThrownBy(() -> insert(btrdb))
          .extracting(RetryTest::codeOf)
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(calls).as("a write that may have been taken").hasValue(4);
    }
  }

  @Test
  void aDeadServerIsToldOfWithinThreeSeconds() {
    try (ScriptedServer server = ScriptedServer.start(new Waking(Duration.ZERO));
        Btrdb btrdb = server.connect(retries)) {
      server.kill();
      assertThatThrownBy(() -> btrdb.version(STREAM, SCOPE))
          .hasMessageContaining(" attempts in 3000 ms)")
          .hasMessageNotContaining("\n")
          .extracting(RetryTest::codeOf)
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThat(time.passed()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  /** Sooner than gRPC by itself connects again, which is after 800 ms at the earliest. */
  @Test
  void aServerThatComesBackIsReadAgain() {
    AtomicReference<ScriptedServer> second = new AtomicReference<>();
    AtomicInteger port = new AtomicInteger();
    AtomicInteger pauses = new AtomicInteger();
    RetryClock restarting =
        new RetryClock() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          @SuppressWarnings("WaitNotInLoop") // the caller loops
          public long await(Condition condition, long nanos) throws InterruptedException {
            if (pauses.incrementAndGet() == 2) {
              second.set(ScriptedServer.startAt(port.get(), new Waking(Duration.ZERO)));
            }
            return condition.awaitNanos(nanos);
          }
        };
    try (ScriptedServer first = ScriptedServer.start(new Waking(Duration.ZERO));
        Btrdb btrdb =
            first.connect(new RetryPolicy(Duration.ofMillis(700), restarting, new Random(1)))) {
      port.set(first.port());
      first.kill();
      assertThat(btrdb.version(STREAM, SCOPE).major()).isEqualTo(7);
      assertThat(second.get()).isNotNull();
    } finally {
      if (second.get() != null) {
        second.get().close();
      }
    }
  }

  /** Ends what waits between two attempts, in real time, and tells how it failed. */
  private static BtrdbException failureWhileWaiting(
      Btrdb btrdb, CallScope scope, CountDownLatch waiting, Runnable event, boolean interrupt)
      throws InterruptedException {
    AtomicReference<BtrdbException> failure = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try (DataCursor<?> cursor = btrdb.raw(STREAM, TimeRange.ALL, 0, scope)) {
                cursor.next();
              } catch (BtrdbException e) {
                failure.set(e);
              }
            });
    reader.start();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    while (reader.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    event.run();
    if (interrupt) {
      reader.interrupt();
    }
    reader.join(5_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(100));
    return Objects.requireNonNull(failure.get());
  }

  @Test
  void cancelInterruptAndCloseEndAPauseAtOnce() throws InterruptedException {
    for (int kind = 0; kind < 3; kind++) {
      CountDownLatch waiting = new CountDownLatch(1);
      RetryClock slow =
          new RetryClock() {
            @Override
            public long nanoTime() {
              return System.nanoTime();
            }

            @Override
            @SuppressWarnings("WaitNotInLoop") // the caller loops
            public long await(Condition condition, long nanos) throws InterruptedException {
              waiting.countDown();
              return condition.awaitNanos(TimeUnit.SECONDS.toNanos(30)) > 0 ? nanos : 0;
            }
          };
      Waking script = new Waking(Duration.ofDays(1));
      CallScope scope = CallScope.unbounded();
      try (ScriptedServer server = ScriptedServer.start(script);
          Btrdb btrdb =
              server.connect(new RetryPolicy(Duration.ofSeconds(20), slow, new Random(1)))) {
        Runnable event =
            switch (kind) {
              case 0 -> scope::cancel;
              case 1 -> btrdb::close;
              default -> () -> {};
            };
        BtrdbException failure = failureWhileWaiting(btrdb, scope, waiting, event, kind == 2);
        assertThat(failure.code()).isEqualTo(kind == 1 ? ErrorCode.CLOSED : ErrorCode.CANCELLED);
        assertThat(script.calls).hasValue(1);
      }
    }
  }

  @Test
  void aDeadlineBeforeTheNextAttemptEndsTheCallWithWhatWentWrong() {
    Waking script = new Waking(Duration.ofDays(1));
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect(RetryPolicy.of(Duration.ofSeconds(20)))) {
      long begun = System.nanoTime();
      CallScope scope = CallScope.withTimeout(Duration.ofSeconds(1));
      assertThatThrownBy(() -> btrdb.version(STREAM, scope)).hasMessageContaining("[405]");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
      assertThat(script.calls.get()).isBetween(2, 10);
    }
  }
}
