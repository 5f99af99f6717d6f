package org.btrdb.sql.plan;

import java.util.BitSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.read.ReadRequest;

/** Finds out which columns of each read a plan looks at, and tells the read. */
final class UsedColumns {
  private UsedColumns() {}

  /** The plan with reads of no more than it uses. */
  static RelNode used(RelNode root) {
    return used(root, all(root));
  }

  private static BitSet all(RelNode node) {
    BitSet all = new BitSet();
    all.set(0, node.getRowType().getFieldCount());
    return all;
  }

  private static RelNode used(RelNode node, BitSet needed) {
    if (node instanceof StreamRead leaf) {
      ReadRequest request = leaf.request().using(needed);
      return request.equals(leaf.request()) ? leaf : leaf.with(request);
    }
    if (node instanceof Project project) {
      BitSet below = new BitSet();
      needed.stream().forEach(i -> add(below, project.getProjects().get(i)));
      return copy(project, below);
    }
    if (node instanceof Filter filter) {
      BitSet below = (BitSet) needed.clone();
      add(below, filter.getCondition());
      return copy(filter, below);
    }
    if (node instanceof Sort sort) {
      BitSet below = (BitSet) needed.clone();
      sort.getCollation().getFieldCollations().forEach(key -> below.set(key.getFieldIndex()));
      return copy(sort, below);
    }
    if (node instanceof Aggregate aggregate) {
      BitSet below = new BitSet();
      aggregate.getGroupSet().forEach(below::set);
      for (AggregateCall call : aggregate.getAggCallList()) {
        call.getArgList().forEach(below::set);
        if (call.filterArg >= 0) {
          below.set(call.filterArg);
        }
        call.getCollation().getFieldCollations().forEach(key -> below.set(key.getFieldIndex()));
      }
      return copy(aggregate, below);
    }
    if (node instanceof Join join) {
      BitSet both = (BitSet) needed.clone();
      add(both, join.getCondition());
      if (join instanceof AsofJoin asof) {
        add(both, asof.getMatchCondition());
      }
      return usedBySides(join, both);
    }
    if (node instanceof LateralJoin join) {
      BitSet both = (BitSet) needed.clone();
      join.calledWith().forEach(both::set);
      return usedBySides(join, both);
    }
    if (node instanceof HopWindows hop) {
      BitSet below = needed.get(0, hop.getInput().getRowType().getFieldCount());
      below.set(hop.time());
      return copy(hop, below);
    }
    return PlanInputs.rewritten(node, UsedColumns::used);
  }

  private static RelNode usedBySides(RelNode join, BitSet needed) {
    RelNode left = join.getInput(0);
    RelNode right = join.getInput(1);
    int width = left.getRowType().getFieldCount();
    return PlanInputs.replaced(
        join,
        List.of(
            used(left, needed.get(0, width)),
            used(right, needed.get(width, width + right.getRowType().getFieldCount()))));
  }

  private static RelNode copy(RelNode node, BitSet needed) {
    return PlanInputs.rewritten(node, input -> used(input, needed));
  }

  private static void add(BitSet columns, RexNode expression) {
    RelOptUtil.InputFinder.bits(expression).forEach(columns::set);
  }
}
