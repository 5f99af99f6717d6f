package org.btrdb.sql.operator;

import org.btrdb.client.CallScope;

/** Looks now and then whether the statement was cancelled, in loops that ask no input. */
final class Ticks {
  private static final int BETWEEN_CHECKS = 4096;

  private final CallScope scope;
  private int left = BETWEEN_CHECKS;

  Ticks(CallScope scope) {
    this.scope = scope;
  }

  void tick() {
    if (--left == 0) {
      left = BETWEEN_CHECKS;
      scope.check();
    }
  }
}
