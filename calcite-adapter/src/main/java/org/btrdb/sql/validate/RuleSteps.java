package org.btrdb.sql.validate;

import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;

/** Applies rules to a plan in a given order, until the statement is no longer wanted. */
public final class RuleSteps {
  private RuleSteps() {}

  /**
   * The plan after the rules of a program.
   *
   * @throws org.btrdb.client.error.BtrdbException if the statement was cancelled or its time is
   *     over
   */
  public static RelNode apply(HepProgram program, RelNode plan) {
    HepPlanner hep =
        new HepPlanner(program) {
          @Override
          public void checkCancel() {
            checkWanted(plan);
          }
        };
    hep.setRoot(plan);
    return hep.findBestExp();
  }

  /**
   * Nothing, for as long as the statement of a plan is wanted.
   *
   * @throws org.btrdb.client.error.BtrdbException if it was cancelled or its time is over
   */
  public static void checkWanted(RelNode plan) {
    ((StoppablePlanner) plan.getCluster().getPlanner()).checkCancel();
  }
}
