package org.btrdb.client.grpc.call;

import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.btrdb.client.grpc.wire.WireMessage;
import org.jspecify.annotations.Nullable;

/**
 * One making of a call. gRPC's thread only queues what arrives, and no more is asked for than a few
 * messages ahead of the reader, as {@link ReadAhead} allows. Its state is guarded by the lock of
 * the {@link OpenCall} that makes it; the answer's headers say nothing to us.
 */
final class Attempt<Q, R> extends ClientCall.Listener<R> {
  /** Of calls whose answer is one message, or whose reader waits for many calls at once. */
  private static final int UNCOUNTED = 2;

  private final ClientCall<Q, R> call;
  private final ReentrantLock lock;
  private final Condition changed;
  private final Runnable onChange;
  private final Deque<R> arrived = new ArrayDeque<>(UNCOUNTED);

  /** Messages of {@link ReadAhead} that are ours until the end, or 0 if we take part in none. */
  private int claimed;

  private final int ahead;

  /** Messages asked for that have not arrived. */
  private int coming;

  private @Nullable Status end;
  private boolean stopped;
  private boolean halfClosed;

  private Attempt(
      ClientCall<Q, R> call,
      boolean isCounted,
      ReentrantLock lock,
      Condition changed,
      Runnable onChange) {
    this.call = call;
    this.claimed = isCounted ? ReadAhead.OF_PROCESS.claim() : 0;
    this.ahead = isCounted ? claimed : UNCOUNTED;
    this.coming = ahead;
    this.lock = lock;
    this.changed = changed;
    this.onChange = onChange;
  }

  /**
   * Sends the question.
   *
   * @param changed signalled when something arrives
   * @param onChange run then, without the lock
   */
  static <Q, R> Attempt<Q, R> start(
      Question<Q, R> question,
      Channel channel,
      ReentrantLock lock,
      Condition changed,
      Runnable onChange) {
    ClientCall<Q, R> call = channel.newCall(question.method(), question.options());
    boolean isCounted = question.method().getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
    Attempt<Q, R> attempt = new Attempt<>(call, isCounted, lock, changed, onChange);
    try {
      call.start(attempt, new Metadata());
      if (attempt.ahead > 0) {
        call.request(attempt.ahead);
      }
      call.sendMessage(question.request());
      if (!question.isFirst()) {
        call.halfClose();
      }
    } catch (RuntimeException e) {
      attempt.stop("the call cannot be made");
      throw e;
    }
    return attempt;
  }

  @Override
  public void onMessage(R message) {
    lock.lock();
    try {
      coming--;
      if (!stopped) {
        arrived.add(message);
        changed.signal();
      } else {
        discard(message);
      }
    } finally {
      lock.unlock();
    }
    onChange.run();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    lock.lock();
    try {
      end = status;
      giveBack();
      changed.signal();
    } finally {
      lock.unlock();
    }
    onChange.run();
  }

  /** Sends one more request, unless the call has ended. */
  void send(Q request) {
    lock.lock();
    try {
      if (!stopped && !halfClosed) {
        call.sendMessage(request);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that no request follows. */
  void halfClose() {
    lock.lock();
    try {
      if (!stopped && !halfClosed) {
        halfClosed = true;
        call.halfClose();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether something can be taken, or the call has ended; with the lock held. */
  boolean hasNews() {
    return end != null || !arrived.isEmpty();
  }

  /** Takes what has arrived first, null if nothing has; with the lock held. */
  @Nullable R poll() {
    return arrived.poll();
  }

  /** How the server or gRPC ended it, null while it runs; with the lock held. */
  @Nullable Status end() {
    return end;
  }

  /** Asks for one message more in place of one taken; with the lock held. */
  void request() {
    if (ahead > 0) {
      coming++;
      call.request(1);
    }
  }

  /** Asks for a message that is waited for, if none is on its way; with the lock held. */
  void want() {
    if (coming == 0) {
      coming++;
      call.request(1);
    }
  }

  private void giveBack() {
    ReadAhead.OF_PROCESS.giveBack(claimed);
    claimed = 0;
  }

  /** A message that nobody will take gives its buffers back. */
  private static void discard(Object message) {
    if (message instanceof WireMessage buffers) {
      buffers.close();
    }
  }

  /** Ends it, from any thread, and drops what has arrived. */
  void stop(@Nullable String reason) {
    lock.lock();
    try {
      stopped = true;
      giveBack();
      arrived.forEach(Attempt::discard);
      arrived.clear();
    } finally {
      lock.unlock();
    }
    call.cancel(reason, null);
  }
}
