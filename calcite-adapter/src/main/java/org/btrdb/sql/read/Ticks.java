package org.btrdb.sql.read;

import org.btrdb.client.CallScope;

/**
 * Looks at first and then now and again whether the statement was cancelled, in loops that ask no
 * input.
 */
public final class Ticks {
  private static final int BETWEEN_CHECKS = 1024;

  private final CallScope scope;
  private int left = 1;

  /** For a loop of a statement. */
  public Ticks(CallScope scope) {
    this.scope = scope;
  }

  /** To be called in each round; fails if the statement was cancelled. */
  public void tick() {
    if (--left == 0) {
      left = BETWEEN_CHECKS;
      scope.check();
    }
  }
}
