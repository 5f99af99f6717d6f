package org.btrdb.embedded.server;

import io.grpc.ForwardingServerCall;
import io.grpc.ForwardingServerCallListener;
import io.grpc.ServerCall;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One call that is being answered, and whether anything goes on in it. */
final class CallInFlight<Q, R> extends ForwardingServerCall.SimpleForwardingServerCall<Q, R> {
  /** How long nothing may go on until a call counts as stalled. */
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final boolean answersOnce;
  private final Consumer<CallInFlight<?, ?>> end;
  private volatile boolean asked;
  private volatile boolean answered;
  private volatile long lastMoveNanos = System.nanoTime();

  /**
   * A call that begins.
   *
   * @param end told when nothing of it is left: all is sent, or the client is gone
   */
  CallInFlight(ServerCall<Q, R> call, Consumer<CallInFlight<?, ?>> end) {
    super(call);
    this.answersOnce = call.getMethodDescriptor().getType().serverSendsOneMessage();
    this.end = end;
  }

  /**
   * Whether it would go on if it were let: what was asked is being done, or its client takes what
   * it is sent. Not so if the client neither asks nor takes.
   */
  boolean isBusy() {
    return System.nanoTime() - lastMoveNanos < STALLED_NANOS
        || (asked && (answersOnce ? !answered : isReady()));
  }

  @Override
  public void sendMessage(R message) {
    super.sendMessage(message);
    answered = true;
    lastMoveNanos = System.nanoTime();
  }

  /** Follows what its client does. */
  ServerCall.Listener<Q> follow(ServerCall.Listener<Q> listener) {
    return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        lastMoveNanos = System.nanoTime();
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        asked = true;
        super.onHalfClose();
      }

      @Override
      public void onComplete() {
        end.accept(CallInFlight.this);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        end.accept(CallInFlight.this);
        super.onCancel();
      }
    };
  }
}
