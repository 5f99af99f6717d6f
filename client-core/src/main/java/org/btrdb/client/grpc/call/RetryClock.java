package org.btrdb.client.grpc.call;

import java.util.concurrent.locks.Condition;

/** The time that passes between attempts. */
public interface RetryClock {
  /** The machine's. */
  RetryClock SYSTEM =
      new RetryClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        public long await(Condition condition, long nanos) throws InterruptedException {
          return condition.awaitNanos(nanos);
        }
      };

  /** Nanoseconds since some moment, as {@link System#nanoTime()}. */
  long nanoTime();

  /**
   * Waits until signalled, at most for some time, as {@link Condition#awaitNanos}.
   *
   * @return nanoseconds of it that are left
   */
  long await(Condition condition, long nanos) throws InterruptedException;
}
