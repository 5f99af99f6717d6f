package org.btrdb.sql.validate;

import com.google.common.collect.ImmutableSet;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * The builder for rules that move conditions about. It simplifies nothing: that would make ranges
 * of comparisons that are pushed as they are, and would make the plan depend on literals, in whose
 * place other statements have others.
 */
public final class UnsimplifiedBuilder {
  /** Makes such builders. */
  public static final RelBuilderFactory FACTORY =
      RelBuilder.proto(
          RelBuilder.Config.DEFAULT.withSimplify(false).withSimplifyValues(false),
          (RelFactories.FilterFactory)
              (input, condition, variables) ->
                  LogicalFilter.create(
                      input,
                      RexUtil.flatten(
                          input.getCluster().getRexBuilder(),
                          RexUtil.removeNullabilityCast(
                              input.getCluster().getTypeFactory(), condition)),
                      ImmutableSet.copyOf(variables)));

  private UnsimplifiedBuilder() {}
}
