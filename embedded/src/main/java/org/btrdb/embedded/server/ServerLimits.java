package org.btrdb.embedded.server;

import java.time.Duration;

/**
 * What a server bears.
 *
 * @param maxMessageBytes the largest request taken; a larger one is refused with RESOURCE_EXHAUSTED
 * @param maxCalls calls answered at the same time; further ones are refused with 426
 * @param maxCallsOfConnection those of one connection; its client holds further ones back, so
 *     streams that are only read side by side need as many
 * @param maxIdle how long a connection without calls is kept
 * @param grace how long calls in flight may go on when the server is closed
 */
public record ServerLimits(
    int maxMessageBytes, int maxCalls, int maxCallsOfConnection, Duration maxIdle, Duration grace) {

  /** More than 4,096 calls, as many as our client makes to read streams side by side. */
  private static final int CALLS = 5_000;

  /** What is right for most. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(64 << 20, CALLS, CALLS, Duration.ofMinutes(30), Duration.ofSeconds(5));

  /** Refuses what is not positive; only the grace may be zero. */
  public ServerLimits {
    if (maxMessageBytes < 1
        || maxCalls < 1
        || maxCallsOfConnection < 1
        || maxIdle.isNegative()
        || maxIdle.isZero()
        || grace.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** These with another number of calls at the same time. */
  public ServerLimits withMaxCalls(int calls) {
    return new ServerLimits(maxMessageBytes, calls, maxCallsOfConnection, maxIdle, grace);
  }

  /** These with another size of requests. */
  public ServerLimits withMaxMessageBytes(int bytes) {
    return new ServerLimits(bytes, maxCalls, maxCallsOfConnection, maxIdle, grace);
  }

  /** These with another grace. */
  public ServerLimits withGrace(Duration time) {
    return new ServerLimits(maxMessageBytes, maxCalls, maxCallsOfConnection, maxIdle, time);
  }
}
