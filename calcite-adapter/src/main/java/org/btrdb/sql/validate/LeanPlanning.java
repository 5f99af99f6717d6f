package org.btrdb.sql.validate;

import org.apache.calcite.plan.RelOptCluster;

/** Keeps Calcite from compiling Java with Janino while it plans: that costs a third of a second. */
final class LeanPlanning {
  private LeanPlanning() {}

  /**
   * Metadata by reflection; constants are left as they are, to be computed by what runs the plan.
   */
  static void set(RelOptCluster cluster) {
    cluster.setMetadataQuerySupplier(UnsimplifiedMetadata::new);
    cluster.getPlanner().setExecutor((rex, constants, reduced) -> reduced.addAll(constants));
  }
}
