package org.btrdb.embedded.server;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.proto.v5api.Status;
import org.jspecify.annotations.Nullable;

/**
 * Sends a streamed answer as fast as its reader takes it: makes a message only when the transport
 * has room, and holds no thread while it has none. Cancelling the call cancels the read behind it.
 *
 * @param <M> the message
 */
final class AnswerPump<M> {
  /** About three messages: enough to keep the transport busy while the next one is made. */
  private static final int READY_BYTES = 1 << 20;

  private final ServerCallStreamObserver<M> call;
  private final CallScope scope;
  private final Function<CallScope, Answers<M>> opener;
  private final Function<Status, M> failure;
  private @Nullable Answers<M> answers;
  private boolean done;

  private AnswerPump(
      ServerCallStreamObserver<M> call,
      CallScope scope,
      Function<CallScope, Answers<M>> opener,
      Function<Status, M> failure) {
    this.call = call;
    this.scope = scope;
    this.opener = opener;
    this.failure = failure;
  }

  /**
   * Begins to answer the call being handled.
   *
   * @param opener checks the request and begins to read
   * @param failure the message that carries a status
   */
  static <M> void answer(
      StreamObserver<M> responses,
      Function<CallScope, Answers<M>> opener,
      Function<Status, M> failure) {
    ServerCallStreamObserver<M> call = (ServerCallStreamObserver<M>) responses;
    AnswerPump<M> pump = new AnswerPump<>(call, scopeOfCall(), opener, failure);
    call.setOnReadyThreshold(READY_BYTES);
    call.setOnReadyHandler(pump::advance);
    call.setOnCancelHandler(pump::end);
  }

  /** A scope that ends with the call being handled, even while a worker is busy with it. */
  static CallScope scopeOfCall() {
    CallScope scope = CallScope.unbounded();
    Context.current().addListener(context -> scope.cancel(), Runnable::run);
    return scope;
  }

  /** gRPC runs this and {@link #end} one after the other, never at once. */
  private void advance() {
    if (done) {
      return;
    }
    try {
      if (answers == null) {
        answers = opener.apply(scope);
      }
      while (call.isReady() && !scope.isCancelled()) {
        M message = answers.next();
        if (message == null) {
          end();
          call.onCompleted();
          return;
        }
        call.onNext(message);
      }
    } catch (RuntimeException e) {
      end();
      if (!scope.isCancelled()) {
        StatusCodes.fail(call, e, failure);
      }
    }
  }

  private void end() {
    done = true;
    if (answers != null) {
      answers.close();
    }
  }
}
