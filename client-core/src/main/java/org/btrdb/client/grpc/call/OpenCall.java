package org.btrdb.client.grpc.call;

import io.grpc.Status;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A call whose messages are pulled by the caller's thread. Until the first good message was handed
 * out it may be made again, as its {@link RetryPolicy} allows; afterwards never.
 *
 * @param <Q> the request
 * @param <R> the message
 */
public final class OpenCall<Q, R> implements AutoCloseable {
  private final Question<Q, R> question;
  private final CallTarget target;
  private final Channels channels;
  private final RetryClock clock;
  private final Retries retries;
  private final Consumer<OpenCall<Q, R>> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private CallScope.@Nullable Registration registration;
  private @Nullable Attempt<Q, R> attempt;
  private volatile @Nullable BtrdbException unreached;
  private volatile @Nullable BtrdbException abandoned;
  private final Runnable onReady = this::tellReady;
  private volatile Runnable readyAction = () -> {};
  private boolean handedOut;

  /**
   * A call not yet made.
   *
   * @param onClose told when the caller has closed the call
   */
  OpenCall(
      Question<Q, R> question,
      Channels channels,
      RetryPolicy policy,
      Consumer<OpenCall<Q, R>> onClose) {
    this.question = question;
    this.target = question.target();
    this.channels = channels;
    this.clock = policy.clock();
    this.retries = new Retries(policy, target);
    this.onClose = onClose;
  }

  /** Makes the first attempt; whatever is wrong with it is told by {@link #next}. */
  void open() {
    registration =
        target
            .scope()
            .onCancel(
                () ->
                    abandon(
                        new BtrdbException(ErrorCode.CANCELLED, target.subject() + ": cancelled")));
    attempt();
  }

  private void attempt() {
    Attempt<Q, R> fresh;
    try {
      fresh =
          channels.start(
              target.stream(), channel -> Attempt.start(question, channel, lock, changed, onReady));
    } catch (BtrdbException e) {
      unreached = e;
      return;
    } catch (RuntimeException e) {
      unreached =
          new BtrdbException(ErrorCode.INTERNAL, target.subject() + ": the call cannot be made", e);
      return;
    }
    unreached = null;
    lock.lock();
    try {
      attempt = fresh;
      if (abandoned == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    fresh.stop("abandoned");
  }

  /** The next message as it is, null after the last one. */
  public @Nullable R next() {
    return next(Function.identity());
  }

  /**
   * The next message, null after the last one.
   *
   * @param take what to make of the message, or throws what its in-band status says; told of more
   *     than one first message if the call had to be made again
   */
  public <T> @Nullable T next(Function<? super R, ? extends T> take) {
    while (true) {
      try {
        R message = message();
        if (message == null) {
          return null;
        }
        T taken = take.apply(message);
        handedOut = true;
        return taken;
      } catch (BtrdbException e) {
        repeat(e);
      }
    }
  }

  private @Nullable R message() {
    try {
      ErrorMapper.check(target);
    } catch (BtrdbException e) {
      throw abandon(e);
    }
    if (unreached != null) {
      throw abandoned == null ? unreached : abandoned;
    }
    try {
      lock.lockInterruptibly();
      try {
        return await();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private @Nullable R await() throws InterruptedException {
    while (abandoned == null) {
      Attempt<Q, R> current = attempt;
      if (current == null) {
        throw new IllegalStateException("the call was not opened");
      }
      R message = current.poll();
      if (message != null) {
        current.request();
        return message;
      }
      Status end = current.end();
      if (end != null) {
        if (end.isOk()) {
          return null;
        }
        throw ErrorMapper.of(end, target.subject());
      }
      current.want();
      // The call's own deadline ends this wait: gRPC then closes the call.
      changed.await();
    }
    throw abandoned;
  }

  /** Makes the call again after a while, or throws if that may not be or would be in vain. */
  private void repeat(BtrdbException failure) {
    if (failure == abandoned) {
      throw failure;
    }
    if (handedOut || !retries.mayRepeat(failure)) {
      if (Retries.isMisrouted(failure)) {
        // Too late for this call, but the next one shall find the right node.
        channels.resynchronise(Retries.isRefusedByNode(failure), target.scope());
      }
      throw failure;
    }
    long pause = retries.pauseNanos(failure, question.remainingNanos());
    if (pause == Retries.GIVE_UP) {
      throw retries.last(failure);
    }
    if (attempt != null) {
      attempt.stop("made again");
    }
    channels.resynchronise(Retries.isRefusedByNode(failure), target.scope());
    pause(pause);
    attempt();
  }

  private void pause(long nanos) {
    try {
      lock.lockInterruptibly();
      try {
        long left = nanos;
        while (abandoned == null && left > 0) {
          left = clock.await(changed, left);
        }
        if (abandoned != null) {
          throw abandoned;
        }
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private BtrdbException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return abandon(
        new BtrdbException(ErrorCode.CANCELLED, target.subject() + ": interrupted", cause));
  }

  /**
   * Ends the call, from any thread; whoever reads it fails.
   *
   * @return with what it fails: the first such failure
   */
  public BtrdbException abandon(BtrdbException failure) {
    BtrdbException first;
    Attempt<Q, R> current;
    lock.lock();
    try {
      first = abandoned == null ? failure : abandoned;
      abandoned = first;
      current = attempt;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (current != null) {
      current.stop(failure.getMessage());
    }
    tellReady();
    return first;
  }

  /** Sends one more request of a call begun with its first; nothing if the call has ended. */
  public void send(Q request) {
    Attempt<Q, R> current = current();
    if (current != null) {
      current.send(request);
    }
  }

  /** Says that no request follows. */
  public void halfClose() {
    Attempt<Q, R> current = current();
    if (current != null) {
      current.halfClose();
    }
  }

  private @Nullable Attempt<Q, R> current() {
    lock.lock();
    try {
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #next} would not wait, other than to make the call again. */
  public boolean isReady() {
    lock.lock();
    try {
      return abandoned != null || unreached != null || (attempt != null && attempt.hasNews());
    } finally {
      lock.unlock();
    }
  }

  /** Runs an action, without waiting, whenever {@link #isReady} may have become true. */
  public void onReady(Runnable action) {
    readyAction = action;
    if (isReady()) {
      action.run();
    }
  }

  private void tellReady() {
    readyAction.run();
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
