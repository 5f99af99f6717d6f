package org.btrdb.sql.validate;

import java.util.BitSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** A pass over a plan that finds out which columns of each leaf it looks at. */
public abstract class UsedColumns {

  /**
   * What stands for a leaf, or for a node of a kind that not all plans have.
   *
   * @param used the columns of it that are looked at
   */
  protected abstract RelNode other(RelNode node, BitSet used);

  /** A plan, all of whose columns are looked at, with other leaves. */
  public final RelNode passed(RelNode root) {
    BitSet all = new BitSet();
    all.set(0, root.getRowType().getFieldCount());
    return passed(root, all);
  }

  private RelNode passed(RelNode node, BitSet used) {
    if (node instanceof Project project) {
      BitSet below = new BitSet();
      used.stream().forEach(i -> add(below, node, project.getProjects().get(i)));
      return below(project, below);
    }
    if (node instanceof Filter filter) {
      BitSet below = (BitSet) used.clone();
      add(below, node, filter.getCondition());
      return below(filter, below);
    }
    if (node instanceof Sort sort) {
      BitSet below = (BitSet) used.clone();
      sort.getCollation().getFieldCollations().forEach(key -> below.set(key.getFieldIndex()));
      return below(sort, below);
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
      return below(aggregate, below);
    }
    if (node instanceof Join join) {
      BitSet both = (BitSet) used.clone();
      add(both, node, join.getCondition());
      if (join instanceof AsofJoin asof) {
        add(both, node, asof.getMatchCondition());
      }
      return sides(join, both);
    }
    return other(node, used);
  }

  /** A node of one input, with the columns of that which are looked at. */
  protected final RelNode below(RelNode node, BitSet used) {
    return PlanInputs.rewritten(node, input -> passed(input, used));
  }

  /** A node of two inputs, with the columns that are looked at, those of the right behind. */
  protected final RelNode sides(RelNode join, BitSet used) {
    RelNode left = join.getInput(0);
    RelNode right = join.getInput(1);
    int width = left.getRowType().getFieldCount();
    return PlanInputs.replaced(
        join,
        List.of(
            passed(left, used.get(0, width)),
            passed(right, used.get(width, width + right.getRowType().getFieldCount()))));
  }

  /** Adds the columns that an expression of a node looks at, in its sub-queries too. */
  protected static void add(BitSet columns, RelNode node, RexNode expression) {
    RelOptUtil.InputFinder.bits(expression).forEach(columns::set);
    if (node.getVariablesSet().isEmpty()) {
      return;
    }
    expression.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitSubQuery(RexSubQuery query) {
            for (CorrelationId id : node.getVariablesSet()) {
              RelOptUtil.correlationColumns(id, query.rel).forEach(columns::set);
            }
            return super.visitSubQuery(query);
          }
        });
  }
}
