package org.btrdb.embedded.streamsql;

import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * What a statement costs while it runs: looks now and then whether anyone still waits, and refuses
 * to hold more than a limit.
 */
final class Work {
  /** Some 100,000 streams with all their metadata. */
  static final long MAX_HELD_BYTES = 64L << 20;

  private static final int STEPS_BETWEEN_CHECKS = 1 << 14;

  private final CallScope scope;
  private int steps;
  private long heldBytes;

  Work(CallScope scope) {
    this.scope = scope;
  }

  /** Counts steps: of expressions, or of characters looked at. */
  void spend(int more) {
    steps += more;
    if (steps >= STEPS_BETWEEN_CHECKS || steps < 0) {
      steps = 0;
      scope.check();
    }
  }

  /** Counts what is kept until the statement ends, or gives some back if negative. */
  void hold(long bytes) {
    heldBytes += bytes;
    if (heldBytes > MAX_HELD_BYTES) {
      throw new BtrdbException(
          ErrorCode.TOO_LARGE,
          "the statement would hold more than "
              + (MAX_HELD_BYTES >> 20)
              + " MiB of rows at once; ask for fewer streams, or do not sort");
    }
  }
}
