package org.btrdb.client.grpc.call;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * A call whose messages are pulled by the caller's thread. gRPC's thread only queues what arrives,
 * and no more is asked for than {@value #READ_AHEAD} messages ahead of the reader.
 *
 * @param <Q> the request
 * @param <R> the message
 */
public final class OpenCall<Q, R> implements AutoCloseable {
  private static final int READ_AHEAD = 2;

  private final ClientCall<Q, R> call;
  private final CallTarget target;
  private final Consumer<OpenCall<Q, R>> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<R> arrived = new ArrayDeque<>(READ_AHEAD);
  private CallScope.@Nullable Registration registration;
  private @Nullable Status end;
  private @Nullable BtrdbException abandoned;

  /**
   * A call not yet made.
   *
   * @param onClose told when the caller has closed the call
   */
  OpenCall(ClientCall<Q, R> call, CallTarget target, Consumer<OpenCall<Q, R>> onClose) {
    this.call = call;
    this.target = target;
    this.onClose = onClose;
  }

  /** Sends the one request. */
  void start(Q request) {
    try {
      call.start(new Arrivals(), new Metadata());
      call.request(READ_AHEAD);
      call.sendMessage(request);
      call.halfClose();
    } catch (RuntimeException e) {
      close();
      throw new BtrdbException(
          ErrorCode.INTERNAL, target.subject() + ": the call cannot be made", e);
    }
    registration =
        target
            .scope()
            .onCancel(
                () ->
                    abandon(
                        new BtrdbException(ErrorCode.CANCELLED, target.subject() + ": cancelled")));
  }

  /** Takes what gRPC brings, on its thread; the answer's headers say nothing to us. */
  private final class Arrivals extends ClientCall.Listener<R> {
    @Override
    public void onMessage(R message) {
      lock.lock();
      try {
        if (abandoned == null) {
          arrived.add(message);
          changed.signal();
        } else {
          discard(message);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      lock.lock();
      try {
        end = status;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The next message, null after the last one. */
  public @Nullable R next() {
    R message;
    try {
      ErrorMapper.check(target);
      message = await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandon(new BtrdbException(ErrorCode.CANCELLED, target.subject() + ": interrupted", e));
    } catch (BtrdbException e) {
      throw abandon(e);
    }
    if (message != null) {
      call.request(1);
    }
    return message;
  }

  private @Nullable R await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (abandoned == null) {
        R message = arrived.poll();
        if (message != null) {
          return message;
        }
        if (end != null) {
          if (end.isOk()) {
            return null;
          }
          throw ErrorMapper.of(end, target.subject());
        }
        // The call's own deadline ends this wait: gRPC then closes the call.
        changed.await();
      }
      throw abandoned;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the call, from any thread; whoever reads it fails.
   *
   * @return with what it fails: the first such failure
   */
  public BtrdbException abandon(BtrdbException failure) {
    BtrdbException first;
    lock.lock();
    try {
      first = abandoned == null ? failure : abandoned;
      abandoned = first;
      arrived.forEach(OpenCall::discard);
      arrived.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    call.cancel(failure.getMessage(), null);
    return first;
  }

  /** A message that nobody will take gives its buffers back. */
  private static void discard(Object message) {
    if (message instanceof WireMessage buffers) {
      buffers.close();
    }
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.remove();
    }
    abandon(new BtrdbException(ErrorCode.CLOSED, target.subject() + ": the cursor is closed"));
    onClose.accept(this);
  }
}
