package org.btrdb.embedded.server;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.proto.v5api.Status;

/** Answers calls that have one answer; a failure travels inside it, unless it is a denial. */
final class UnaryAnswer {

  private UnaryAnswer() {}

  static <M> void answer(
      StreamObserver<M> responses, Function<CallScope, M> work, Function<Status, M> failure) {
    // With a handler set, gRPC ignores an answer that nobody waits for any more.
    ((ServerCallStreamObserver<M>) responses).setOnCancelHandler(() -> {});
    M message;
    try {
      message = work.apply(AnswerPump.scopeOfCall());
    } catch (RuntimeException e) {
      StatusCodes.fail(responses, e, failure);
      return;
    }
    responses.onNext(message);
    responses.onCompleted();
  }
}
