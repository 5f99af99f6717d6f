package org.btrdb.client.grpc.connect;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that says once when it has ended, however it does. */
final class CountedCall<Q, R> extends SimpleForwardingClientCall<Q, R> {
  private final Runnable onEnd;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean started;

  CountedCall(ClientCall<Q, R> call, Runnable onEnd) {
    super(call);
    this.onEnd = onEnd;
  }

  @Override
  public void start(Listener<R> listener, Metadata headers) {
    try {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              end();
              super.onClose(status, trailers);
            }
          },
          headers);
      started = true;
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    super.cancel(message, cause);
    if (!started) {
      end(); // gRPC tells nobody of the end of a call that was not started
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      onEnd.run();
    }
  }
}
