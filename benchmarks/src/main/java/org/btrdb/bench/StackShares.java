package org.btrdb.bench;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * How the time of one thread divides into Calcite's part and ours, found by looking at its stack
 * about every millisecond: a sample belongs to the innermost frame that is Calcite's (its parser,
 * its planner, the compiler of its generated code) or ours.
 */
final class StackShares implements AutoCloseable {
  private static final long PERIOD_NANOS = 700_000;

  private final Thread watched;
  private final AtomicLongArray calcite;
  private final AtomicLongArray all;
  private final Thread sampler = new Thread(this::sample, "stack-shares");
  private volatile int kind = -1;
  private volatile boolean closed;

  private StackShares(Thread watched, int kinds) {
    this.watched = watched;
    this.calcite = new AtomicLongArray(kinds);
    this.all = new AtomicLongArray(kinds);
  }

  static StackShares of(Thread watched, int kinds) {
    StackShares shares = new StackShares(watched, kinds);
    shares.sampler.setDaemon(true);
    shares.sampler.start();
    return shares;
  }

  /** From now on samples count for this kind of work. */
  void countFor(int newKind) {
    kind = newKind;
  }

  void pause() {
    kind = -1;
  }

  void forget() {
    for (int i = 0; i < all.length(); i++) {
      all.set(i, 0);
      calcite.set(i, 0);
    }
  }

  /** The part, 0 to 1, of that kind's samples that were inside Calcite; 0 without samples. */
  double ofCalcite(int ofKind) {
    return all.get(ofKind) == 0 ? 0 : (double) calcite.get(ofKind) / all.get(ofKind);
  }

  private void sample() {
    while (!closed) {
      LockSupport.parkNanos(PERIOD_NANOS);
      int at = kind;
      if (at < 0) {
        continue;
      }
      StackTraceElement[] stack = watched.getStackTrace();
      if (kind != at) {
        continue;
      }
      for (StackTraceElement frame : stack) {
        String name = frame.getClassName();
        if (name.startsWith("org.btrdb.")) {
          all.incrementAndGet(at);
          break;
        }
        if (name.startsWith("org.apache.calcite.") || name.startsWith("org.codehaus.")) {
          all.incrementAndGet(at);
          calcite.incrementAndGet(at);
          break;
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(sampler);
  }
}
