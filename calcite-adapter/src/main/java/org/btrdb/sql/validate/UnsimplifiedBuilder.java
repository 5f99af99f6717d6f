package org.btrdb.sql.validate;

import com.google.common.collect.ImmutableSet;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
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
          (RelFactories.FilterFactory) UnsimplifiedBuilder::filter);

  private UnsimplifiedBuilder() {}

  /**
   * A filter of a condition that stood elsewhere: Calcite's filters refuse ORs within ORs, and a
   * cast to not null that the whole of a condition needed and a part of it does not.
   */
  public static RelNode filter(RelNode input, RexNode condition, Set<CorrelationId> variables) {
    RelOptCluster cluster = input.getCluster();
    RexNode needed = RexUtil.removeNullabilityCast(cluster.getTypeFactory(), condition);
    return LogicalFilter.create(
        input,
        needed.accept(new Flattening(cluster.getRexBuilder())),
        ImmutableSet.copyOf(variables));
  }

  /** At every depth, where RexUtil looks at the outermost operator only. */
  private static final class Flattening extends RexShuttle {
    private final RexBuilder rex;

    Flattening(RexBuilder rex) {
      this.rex = rex;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      return visited.isA(SqlKind.AND) || visited.isA(SqlKind.OR)
          ? RexUtil.flatten(rex, visited)
          : visited;
    }
  }
}
