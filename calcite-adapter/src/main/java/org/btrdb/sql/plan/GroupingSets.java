package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.sql.validate.PlanInputs;

/**
 * GROUPING SETS, ROLLUP and CUBE as the union of one aggregate for each set: each may be pushed by
 * itself, and the set of no keys has its row where there are no rows to group. No later step meets
 * an aggregate of several.
 */
public final class GroupingSets {
  private GroupingSets() {}

  /** A plan whose aggregates have one grouping set each. */
  public static RelNode apart(RelNode plan) {
    RelNode node = PlanInputs.rewritten(plan, GroupingSets::apart);
    if (!(node instanceof LogicalAggregate aggregate)
        || aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return node;
    }
    List<RelNode> parts =
        aggregate.getGroupSets().stream().map(keys -> part(aggregate, keys)).toList();
    return RelOptUtil.createCastRel(
        parts.size() == 1 ? parts.get(0) : LogicalUnion.create(parts, true),
        aggregate.getRowType(),
        true);
  }

  private static RelNode part(Aggregate aggregate, ImmutableBitSet keys) {
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream()
            .filter(call -> !isOfKeys(call))
            .map(
                call ->
                    call.adaptTo(
                        aggregate.getInput(),
                        call.getArgList(),
                        call.filterArg,
                        aggregate.hasEmptyGroup(),
                        keys.isEmpty()))
            .toList();
    RelNode simple =
        LogicalAggregate.create(aggregate.getInput(), aggregate.getHints(), keys, null, calls);
    RexBuilder rex = aggregate.getCluster().getRexBuilder();
    List<RexNode> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      RelDataType type = aggregate.getRowType().getFieldList().get(columns.size()).getType();
      columns.add(
          keys.get(key) ? rex.makeInputRef(simple, keys.indexOf(key)) : rex.makeNullLiteral(type));
    }
    int next = keys.cardinality();
    for (AggregateCall call : aggregate.getAggCallList()) {
      columns.add(
          isOfKeys(call)
              ? rex.makeLiteral(missing(call, keys), call.getType(), true)
              : rex.makeInputRef(simple, next++));
    }
    return LogicalProject.create(
        simple, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
  }

  private static boolean isOfKeys(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
  }

  /** A bit for each argument that is no key, the first argument's the highest. */
  private static long missing(AggregateCall call, ImmutableBitSet keys) {
    List<Integer> arguments = call.getArgList();
    return IntStream.range(0, arguments.size())
        .filter(i -> !keys.get(arguments.get(i)))
        .mapToLong(i -> 1L << (arguments.size() - 1 - i))
        .sum();
  }
}
