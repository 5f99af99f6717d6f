package org.btrdb.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that keeps its caller waiting longer than the connection's network timeout, and the
 * connection with it. Planning a statement counts as waiting, as the look-ups of its names are part
 * of it.
 *
 * <p>Without a timeout it does nothing. With one, a check that renews itself while the result is
 * open runs on the JDK's timer, not on a thread of ours; each wait costs two writes. Finishing
 * takes the check off the timer, which would hold the connection for as long as the timeout.
 */
final class NetworkWatch {
  private final BtrdbConnection connection;
  private final CallScope scope;
  private final long timeoutNanos;
  private volatile boolean waiting;
  private volatile long sinceNanoTime;
  private volatile @Nullable CompletableFuture<Void> timer;
  private volatile boolean finished;
  private volatile boolean expired;

  private NetworkWatch(BtrdbConnection connection, CallScope scope, long timeoutNanos) {
    this.connection = connection;
    this.scope = scope;
    this.timeoutNanos = timeoutNanos;
  }

  /** A watch over the calls of one execution; 0 milliseconds watch nothing. */
  static NetworkWatch over(BtrdbConnection connection, CallScope scope, int timeoutMillis) {
    NetworkWatch watch =
        new NetworkWatch(connection, scope, TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    if (timeoutMillis > 0) {
      watch.begin();
      watch.checkIn(watch.timeoutNanos);
    }
    return watch;
  }

  /** The caller starts to wait. */
  void begin() {
    if (timeoutNanos > 0) {
      sinceNanoTime = System.nanoTime();
      waiting = true;
    }
  }

  /** The caller has its answer. */
  void end() {
    if (timeoutNanos > 0) {
      waiting = false;
    }
  }

  /** Nothing will be waited for any more. */
  void finish() {
    finished = true;
    stopTimer();
  }

  private void stopTimer() {
    CompletableFuture<Void> running = timer;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** What a failed call is to be reported as. */
  SQLException explain(RuntimeException failure) {
    return expired
        ? SqlErrors.networkTimeout(TimeUnit.NANOSECONDS.toMillis(timeoutNanos), failure)
        : SqlErrors.of(failure);
  }

  private void check() {
    if (finished || scope.isCancelled()) {
      return;
    }
    long waitedNanos = waiting ? System.nanoTime() - sinceNanoTime : 0;
    if (waitedNanos >= timeoutNanos) {
      expired = true;
      // In this order: the caller must not find the connection open once its call has failed.
      connection.markDead();
      scope.cancel();
      connection.endCalls(); // those of other statements, which are of a closed connection now
    } else {
      checkIn(timeoutNanos - waitedNanos);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it reports through the scope
  private void checkIn(long delayNanos) {
    CompletableFuture<Void> next = new CompletableFuture<>();
    next.thenRun(this::check);
    timer = next;
    next.completeOnTimeout(null, delayNanos, TimeUnit.NANOSECONDS);
    if (finished) {
      stopTimer(); // it was set while another thread finished
    }
  }
}
