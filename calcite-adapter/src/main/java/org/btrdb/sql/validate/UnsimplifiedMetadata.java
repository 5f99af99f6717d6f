package org.btrdb.sql.validate;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Metadata, by reflection, of plans that nobody simplified: a condition may compare with NULL,
 * which Calcite takes for impossible and fails on when it infers what holds of the rows.
 */
final class UnsimplifiedMetadata extends RelMetadataQuery {

  UnsimplifiedMetadata() {
    super(new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE));
  }

  @Override
  public RelOptPredicateList getPulledUpPredicates(RelNode node) {
    return (node instanceof Filter filter && comparesWithNull(filter.getCondition()))
            || (node instanceof Join join && comparesWithNull(join.getCondition()))
        ? RelOptPredicateList.EMPTY
        : super.getPulledUpPredicates(node);
  }

  private static boolean comparesWithNull(RexNode condition) {
    return RelOptUtil.conjunctions(condition).stream()
        .anyMatch(
            part ->
                part.isA(SqlKind.COMPARISON)
                    && ((RexCall) part)
                        .getOperands().stream()
                            .anyMatch(operand -> RexUtil.isNullLiteral(operand, false)));
  }
}
