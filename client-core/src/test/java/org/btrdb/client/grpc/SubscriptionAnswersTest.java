package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.SubscriptionResp;
import org.btrdb.proto.v5api.SubscriptionUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What servers other than ours may say to a subscription. */
@Timeout(30)
class SubscriptionAnswersTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
  private static final CallScope SCOPE = CallScope.unbounded();

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  private static SubscriptionResp points(long... times) {
    return SubscriptionResp.newBuilder()
        .setUuid(UuidBytes.of(STREAM))
        .setArrowBytes(
            ByteString.copyFrom(ArrowPoints.write(PointBatch.of(times, new double[times.length]))))
        .build();
  }

  private static SubscriptionResp status(int code, String message) {
    return SubscriptionResp.newBuilder()
        .setStat(Status.newBuilder().setCode(code).setMsg(message))
        .build();
  }

  /** Sends its answers to the first update and then ends, or not. */
  private static final class Script extends ScriptedServer.V5 {
    private final AtomicInteger calls = new AtomicInteger();
    private final List<SubscriptionResp> answers;
    private final io.grpc.Status end;

    Script(io.grpc.Status end, SubscriptionResp... answers) {
      this.end = end;
      this.answers = List.of(answers);
    }

    @Override
    public StreamObserver<SubscriptionUpdate> subscribe(
        StreamObserver<SubscriptionResp> responses) {
      calls.incrementAndGet();
      return new StreamObserver<>() {
        @Override
        public void onNext(SubscriptionUpdate update) {
          answers.forEach(responses::onNext);
          if (end.isOk()) {
            responses.onCompleted();
          } else {
            responses.onError(end.asRuntimeException());
          }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
      };
    }
  }

  private static void refused(ScriptedServer.V5 script, ErrorCode code, String said) {
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        Subscription subscription = btrdb.subscribe(List.of(STREAM), SCOPE)) {
      assertThatThrownBy(subscription::next)
          .hasMessageContaining(said)
          .extracting(SubscriptionAnswersTest::codeOf)
          .isEqualTo(code);
    }
  }

  @Test
  void serversWithoutTheCallAreUnsupported() {
    refused(new ScriptedServer.V5(), ErrorCode.UNSUPPORTED, "not supported by this server");
    refused(
        new Script(io.grpc.Status.OK, status(501, "Subscribe is not supported")),
        ErrorCode.UNSUPPORTED,
        "Subscribe is not supported");
  }

  @Test
  void theServersTextSaysWhichStreamDoesNotExist() {
    refused(
        new Script(io.grpc.Status.OK, status(404, "stream 17 does not exist")),
        ErrorCode.NO_SUCH_STREAM,
        "subscription: stream 17 does not exist");
  }

  @Test
  void whatIsNoAnswerIsAViolation() {
    refused(
        new Script(io.grpc.Status.OK, SubscriptionResp.getDefaultInstance()),
        ErrorCode.PROTOCOL_VIOLATION,
        "points of no stream");
    SubscriptionResp noColumns =
        points(1).toBuilder().setArrowBytes(ByteString.copyFromUtf8("no columns")).build();
    refused(
        new Script(io.grpc.Status.OK, noColumns), ErrorCode.PROTOCOL_VIOLATION, STREAM.toString());
  }

  @Test
  void aLostConnectionIsToldAndNotMadeAgain() {
    Script script = new Script(io.grpc.Status.UNAVAILABLE, points(1, 2));
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        Subscription subscription = btrdb.subscribe(List.of(STREAM), SCOPE)) {
      assertThat(subscription.next()).isTrue();
      assertThat(subscription.current().uuid()).isEqualTo(STREAM);
      assertThat(subscription.current().points().size()).isEqualTo(2);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(subscription::next)
            .extracting(SubscriptionAnswersTest::codeOf)
            .isEqualTo(ErrorCode.UNAVAILABLE);
      }
      assertThat(script.calls.get()).isEqualTo(1);
    }
    refused(new Script(io.grpc.Status.UNAVAILABLE), ErrorCode.UNAVAILABLE, "subscription");
  }

  @Test
  void theEndStaysTheEnd() {
    try (ScriptedServer server = ScriptedServer.start(new Script(io.grpc.Status.OK, points()));
        Btrdb btrdb = server.connect();
        Subscription subscription = btrdb.subscribe(List.of(STREAM), SCOPE)) {
      assertThat(subscription.next()).isTrue();
      assertThat(subscription.next()).isFalse();
      subscription.add(List.of(STREAM));
      subscription.remove(List.of(STREAM));
      subscription.finish();
      assertThat(subscription.next()).isFalse();
    }
  }
}
