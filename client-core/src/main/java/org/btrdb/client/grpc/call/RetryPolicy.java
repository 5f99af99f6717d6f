package org.btrdb.client.grpc.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * For how long a call is made again whose failure may pass (reference 4.6).
 *
 * <p>Such are: the node does not hold the stream (405), no node does (419), and, for calls that may
 * be repeated, no connection. A server that answers 405 or 419 has looked at nothing but the uuid
 * (4.15.9 tests it first in Insert, Delete, Flush and Obliterate), so writes are repeated then too;
 * after a lost connection nobody knows whether they were taken, so they are not.
 *
 * @param patience from the first failure to the last attempt; zero for one attempt only. Servers of
 *     4.x answer 405 for about 10 s after a restart. Without a connection it is 3 s at most
 * @param clock what time it is
 * @param random spreads the attempts of many clients
 */
public record RetryPolicy(Duration patience, RetryClock clock, RandomGenerator random) {
  /** Every call is made once. */
  public static final RetryPolicy NEVER = of(Duration.ZERO);

  /** A policy for real time. */
  public static RetryPolicy of(Duration patience) {
    return new RetryPolicy(
        patience, RetryClock.SYSTEM, () -> ThreadLocalRandom.current().nextLong());
  }
}
