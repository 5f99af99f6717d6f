package org.btrdb.sql.validate;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/** Keeps Calcite from compiling Java with Janino while it plans: that costs a third of a second. */
final class LeanPlanning {
  private LeanPlanning() {}

  /**
   * Metadata by reflection; constants are left as they are, to be computed by what runs the plan.
   */
  static void set(RelOptCluster cluster) {
    cluster.setMetadataQuerySupplier(
        () ->
            new RelMetadataQuery(
                new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)));
    cluster.getPlanner().setExecutor((rex, constants, reduced) -> reduced.addAll(constants));
  }
}
