package org.btrdb.client.grpc.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** Time that passes when someone waits, or when told. */
public final class VirtualTime implements RetryClock {
  private final AtomicLong nanos = new AtomicLong(-5);

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public long await(Condition condition, long wait) {
    pass(wait);
    return 0;
  }

  /** Lets time pass. */
  public void pass(long wait) {
    nanos.addAndGet(wait);
  }

  /** How much has passed. */
  public Duration passed() {
    return Duration.ofNanos(nanos.get() + 5);
  }
}
