package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that end otherwise than by their answer's end. */
@Timeout(30)
class CallFaultsTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  /** Sends one message of a raw answer and leaves the call open. */
  private static final class Pausing extends ScriptedServer.V5 {
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      ((ServerCallStreamObserver<RawValuesResponse>) responses)
          .setOnCancelHandler(cancelled::countDown);
      responses.onNext(
          RawValuesResponse.newBuilder()
              .setVersionMajor(11)
              .addValues(RawPoint.newBuilder().setTime(1).setValue(2))
              .build());
    }

    boolean sawCancellation() throws InterruptedException {
      return cancelled.await(10, TimeUnit.SECONDS);
    }
  }

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  private static DataCursor<PointBatch> raw(Btrdb btrdb, CallScope scope) {
    return btrdb.raw(STREAM, TimeRange.ALL, StreamVersion.LATEST, scope);
  }

  @Test
  void closeCancelsOpenCall() throws InterruptedException {
    Pausing script = new Pausing();
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      DataCursor<PointBatch> cursor = raw(btrdb, CallScope.unbounded());
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.version()).isEqualTo(new StreamVersion(11, 0));
      cursor.close();
      cursor.close();
      assertThat(script.sawCancellation()).isTrue();
      assertThatThrownBy(cursor::next)
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.CLOSED);
    }
  }

  @Test
  void closingTheConnectionCancelsItsCalls() throws InterruptedException {
    Pausing script = new Pausing();
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb other = server.connect()) {
      Btrdb btrdb = server.connect();
      DataCursor<PointBatch> cursor = raw(btrdb, CallScope.unbounded());
      assertThat(cursor.next()).isTrue();
      btrdb.close();
      assertThat(script.sawCancellation()).isTrue();
      assertThatThrownBy(cursor::next)
          .hasMessageContaining("the connection is closed")
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.CLOSED);
      assertThat(other.info().majorVersion()).isEqualTo(5);
    }
  }

  /** Runs a next() that blocks, does something to it, and returns how it failed and how fast. */
  private static BtrdbException failureOfBlockedNext(
      DataCursor<PointBatch> cursor, Consumer<Thread> event) throws InterruptedException {
    AtomicReference<BtrdbException> failure = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
    Thread reader =
        new Thread(
            () -> {
              try {
                cursor.next();
              } catch (BtrdbException e) {
                failure.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    reader.start();
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    event.accept(reader);
    reader.join(1000);
    assertThat(reader.isAlive()).as("next() still blocks after a second").isFalse();
    BtrdbException e = Objects.requireNonNull(failure.get());
    assertThat(interrupted.get()).isEqualTo(String.valueOf(e.getMessage()).endsWith("interrupted"));
    return e;
  }

  @Test
  void cancelFromAnotherThreadEndsABlockedNext() throws InterruptedException {
    Pausing script = new Pausing();
    CallScope scope = CallScope.unbounded();
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        DataCursor<PointBatch> cursor = raw(btrdb, scope)) {
      assertThat(cursor.next()).isTrue();
      BtrdbException failure = failureOfBlockedNext(cursor, reader -> scope.cancel());
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(failure).hasMessage("stream " + STREAM + ": cancelled");
      assertThat(script.sawCancellation()).isTrue();
      assertThatThrownBy(() -> raw(btrdb, scope))
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void interruptEndsABlockedNextAndStaysSet() throws InterruptedException {
    Pausing script = new Pausing();
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        DataCursor<PointBatch> cursor = raw(btrdb, CallScope.unbounded())) {
      assertThat(cursor.next()).isTrue();
      BtrdbException failure = failureOfBlockedNext(cursor, Thread::interrupt);
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(failure).hasMessage("stream " + STREAM + ": interrupted");
      assertThat(script.sawCancellation()).isTrue();
    }
  }

  @Test
  void aDeadlineEndsAStreamThatStopsAndOneAnswerThatNeverComes() throws InterruptedException {
    Pausing script = new Pausing();
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      CallScope scope = CallScope.withTimeout(Duration.ofMillis(300));
      try (DataCursor<PointBatch> cursor = raw(btrdb, scope)) {
        assertThat(cursor.next()).isTrue();
        assertThatThrownBy(cursor::next)
            .hasMessageNotContaining("\n")
            .extracting(CallFaultsTest::codeOf)
            .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      }
      assertThat(script.sawCancellation()).isTrue();
    }
  }

  @Test
  void aCallOfAnInterruptedThreadOrAPassedDeadlineIsNotMade() {
    try (ScriptedServer server = ScriptedServer.start(new Pausing());
        Btrdb btrdb = server.connect()) {
      assertThatThrownBy(() -> raw(btrdb, CallScope.withTimeout(Duration.ZERO)))
          .hasMessage("stream " + STREAM + ": deadline passed")
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> raw(btrdb, CallScope.unbounded()))
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.CANCELLED);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aCallThatAnswersOnceHasADeadlineOfItsOwn() {
    ScriptedServer.V5 silent =
        new ScriptedServer.V5() {
          @Override
          public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {}
        };
    try (ScriptedServer server = ScriptedServer.start(silent);
        Btrdb btrdb = server.connect(Map.of("callTimeout", "300"))) {
      assertThatThrownBy(() -> btrdb.nearest(STREAM, 0, true, 0, CallScope.unbounded()))
          .hasMessage("stream " + STREAM + ": no answer within the deadline")
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void aServerKilledInMidStreamIsUnavailable() {
    try (ScriptedServer server = ScriptedServer.start(new Pausing());
        Btrdb btrdb = server.connect();
        DataCursor<PointBatch> cursor = raw(btrdb, CallScope.unbounded())) {
      assertThat(cursor.next()).isTrue();
      server.kill();
      assertThatThrownBy(cursor::next)
          .hasMessageStartingWith("stream " + STREAM)
          .hasMessageNotContaining("\n")
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.UNAVAILABLE);
      assertThatThrownBy(() -> btrdb.flush(STREAM, CallScope.unbounded()))
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  /** The message and how it fails: lengths that lie, a status that is none, groups in groups. */
  @ParameterizedTest
  @ValueSource(strings = {"2212", "22ffffffff0f", "0affffffff07", "0a02ffff", "23", "7a05", "10"})
  void hostileMessagesAreRefused(String hex) {
    try (ScriptedServer server = ScriptedServer.answeringRaw(HexFormat.of().parseHex(hex));
        Btrdb btrdb = server.connect();
        DataCursor<PointBatch> cursor = raw(btrdb, CallScope.unbounded())) {
      assertThatThrownBy(cursor::next)
          .extracting(CallFaultsTest::codeOf)
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }
  }
}
