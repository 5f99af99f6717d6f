package org.btrdb.client.grpc.call;

import java.util.concurrent.TimeUnit;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** The failures of one call so far, and how long to wait before the next attempt. */
final class Retries {
  /** The answer when there is no next attempt. */
  static final long GIVE_UP = -1;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_DOUBLINGS = 4;

  /** Long enough for a lost connection to be made again; a dead server is told of soon. */
  private static final long UNAVAILABLE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final RetryPolicy policy;
  private final CallTarget target;
  private int failures;
  private long firstFailure;
  private int unavailable;
  private long firstUnavailable;

  Retries(RetryPolicy policy, CallTarget target) {
    this.policy = policy;
    this.target = target;
  }

  /** Whether a failure says that the server was not reached or is not the right one. */
  static boolean isMisrouted(BtrdbException failure) {
    return isRefusedByNode(failure) || failure.code() == ErrorCode.UNAVAILABLE;
  }

  /** Whether a node answered that the stream is not here, or that it is nowhere. */
  static boolean isRefusedByNode(BtrdbException failure) {
    int status = RemoteStatus.codeOf(failure);
    return status == RemoteStatus.WRONG_ENDPOINT || status == RemoteStatus.CLUSTER_DEGRADED;
  }

  /** Whether the same call may succeed later, and making it again does no harm. */
  boolean mayRepeat(BtrdbException failure) {
    return isRefusedByNode(failure)
        || (target.repeatable() && failure.code() == ErrorCode.UNAVAILABLE);
  }

  /**
   * Counts a failure that {@link #mayRepeat}.
   *
   * @param remainingNanos until the call's deadline
   * @return how long to wait, or {@link #GIVE_UP}
   */
  long pauseNanos(BtrdbException failure, long remainingNanos) {
    long now = policy.clock().nanoTime();
    if (failures++ == 0) {
      firstFailure = now;
    }
    long left = policy.patience().toNanos() - (now - firstFailure);
    if (isRefusedByNode(failure)) {
      unavailable = 0;
    } else {
      if (unavailable++ == 0) {
        firstUnavailable = now;
      }
      left = Math.min(left, UNAVAILABLE_PATIENCE_NANOS - (now - firstUnavailable));
    }
    long pause = Math.min(jittered(), left);
    return left <= 0 || pause >= remainingNanos ? GIVE_UP : pause;
  }

  /** Between half and all of a time that doubles with each failure. */
  private long jittered() {
    long longest = FIRST_PAUSE_NANOS << Math.min(failures - 1, MAX_DOUBLINGS);
    return longest / 2 + policy.random().nextLong(longest / 2 + 1);
  }

  /** The failure that is told after the last attempt. */
  BtrdbException last(BtrdbException failure) {
    if (failures < 2) {
      return failure;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(policy.clock().nanoTime() - firstFailure);
    String text = failure.getMessage() + " (" + failures + " attempts in " + millis + " ms)";
    return new BtrdbException(failure.code(), text, failure.getCause());
  }
}
