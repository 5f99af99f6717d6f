package org.btrdb.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The life of a group of calls: a common deadline, and cancellation from any thread.
 *
 * <p>One SQL statement has one scope. Cancelling runs the actions registered by open calls; nothing
 * is locked while they run, so a cancel never waits for a call.
 */
public final class CallScope {
  private static final AtomicLong LAST_ID = new AtomicLong();

  private final long id = LAST_ID.incrementAndGet();
  private final long deadlineNanoTime;
  private final boolean hasDeadline;
  private final List<Runnable> actions = new ArrayList<>();
  private volatile boolean cancelled;

  private CallScope(boolean hasDeadline, long deadlineNanoTime) {
    this.hasDeadline = hasDeadline;
    this.deadlineNanoTime = deadlineNanoTime;
  }

  /** A scope that ends only by being cancelled. */
  public static CallScope unbounded() {
    return new CallScope(false, 0);
  }

  /** A scope whose calls fail with {@link ErrorCode#DEADLINE_EXCEEDED} after some time from now. */
  public static CallScope withTimeout(Duration timeout) {
    return new CallScope(true, System.nanoTime() + timeout.toNanos());
  }

  /** A number that no other scope of this process has; later scopes have larger ones. */
  public long id() {
    return id;
  }

  /** Whether calls of this scope have a deadline. */
  public boolean hasDeadline() {
    return hasDeadline;
  }

  /**
   * Nanoseconds left, zero or negative when the deadline has passed; Long.MAX_VALUE without one.
   */
  public long remainingNanos() {
    return hasDeadline ? deadlineNanoTime - System.nanoTime() : Long.MAX_VALUE;
  }

  /** Whether {@link #cancel()} was called. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Ends all calls of this scope, now and later; idempotent. */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (actions) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /**
   * Registers what ends a call; runs it at once if the scope is cancelled already.
   *
   * @return removes the registration; call it when the call has ended
   */
  public Registration onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return () -> {
          synchronized (actions) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** Fails if the scope is cancelled, its deadline has passed or the thread is interrupted. */
  public void check() {
    @Nullable ErrorCode code =
        cancelled
            ? ErrorCode.CANCELLED
            : Thread.currentThread().isInterrupted()
                ? ErrorCode.CANCELLED
                : remainingNanos() <= 0 ? ErrorCode.DEADLINE_EXCEEDED : null;
    if (code != null) {
      throw new BtrdbException(code, code == ErrorCode.CANCELLED ? "cancelled" : "deadline passed");
    }
  }

  /** A registered cancel action. */
  @FunctionalInterface
  public interface Registration {
    /** Forgets the action; idempotent. */
    void remove();
  }
}
