package org.btrdb.sql.validate;

import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.btrdb.client.CallScope;

/**
 * Calcite's planner, which before each rule looks whether its statement is still wanted; {@link
 * RuleSteps} ask it too.
 */
final class StoppablePlanner extends VolcanoPlanner {
  private final CallScope scope;

  StoppablePlanner(CallScope scope) {
    this.scope = scope;
  }

  /**
   * Nothing, for as long as the statement is wanted.
   *
   * @throws org.btrdb.client.error.BtrdbException if it was cancelled or its time is over
   */
  @Override
  public void checkCancel() {
    scope.check();
  }
}
