package org.btrdb.sql.plan;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.validate.PlanInputs;

/**
 * The order in which inner joins are made. The order of the statement stays wherever each of its
 * joins has an equality of columns to go by. If one has none, as in {@code FROM a, b, c WHERE
 * a.time = c.time AND b.time = c.time}, all pairs of rows would be made first; then an order along
 * the equalities is looked for, beginning at an input with a condition of its own.
 */
final class JoinOrder {
  /** What is joined, in the order of the statement. */
  private final List<RelNode> inputs = new ArrayList<>();

  /** The first column of each input among those of the whole join. */
  private final List<Integer> firstColumns = new ArrayList<>();

  /** Conditions over the columns of the whole join. */
  private final List<RexNode> conditions = new ArrayList<>();

  private boolean hasProduct;

  private JoinOrder() {}

  /** The plan with its inner joins in a good order. */
  static RelNode chosen(RelNode node) {
    if (node instanceof Join join && isPlain(join)) {
      JoinOrder order = new JoinOrder();
      order.collect(join, 0);
      if (order.hasProduct && order.inputs.size() > 2) {
        return order.join(join, order.order());
      }
    }
    return PlanInputs.rewritten(node, JoinOrder::chosen);
  }

  private static boolean isPlain(Join join) {
    return join.getJoinType() == JoinRelType.INNER && join.getVariablesSet().isEmpty();
  }

  private void collect(RelNode node, int firstColumn) {
    if (!(node instanceof Join join) || !isPlain(join)) {
      inputs.add(chosen(node));
      firstColumns.add(firstColumn);
      return;
    }
    int width = join.getLeft().getRowType().getFieldCount();
    collect(join.getLeft(), firstColumn);
    collect(join.getRight(), firstColumn + width);
    boolean hasEquality = false;
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      RexNode shifted = RexUtil.shift(condition, firstColumn);
      conditions.add(shifted);
      hasEquality |= isEquality(shifted);
    }
    hasProduct |= !hasEquality;
  }

  /** Whether a condition is an equality of columns of two inputs. */
  private boolean isEquality(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
        && ((RexCall) condition).getOperands().stream().allMatch(RexInputRef.class::isInstance)
        && inputsOf(condition).cardinality() == 2;
  }

  private BitSet inputsOf(RexNode condition) {
    BitSet used = new BitSet();
    RelOptUtil.InputFinder.bits(condition).forEach(column -> used.set(inputOf(column)));
    return used;
  }

  private int inputOf(int column) {
    int input = firstColumns.size() - 1;
    while (firstColumns.get(input) > column) {
      input--;
    }
    return input;
  }

  private RelNode join(Join written, List<Integer> order) {
    int[] places = new int[written.getRowType().getFieldCount()];
    BitSet joined = new BitSet();
    List<RexNode> left = new ArrayList<>(conditions);
    RelNode result = null;
    int width = 0;
    for (int input : order) {
      RelNode next = inputs.get(input);
      for (int i = 0; i < next.getRowType().getFieldCount(); i++) {
        places[firstColumns.get(input) + i] = width++;
      }
      joined.set(input);
      if (result == null) {
        result = next;
        continue;
      }
      List<RexNode> ready = left.stream().filter(c -> isWithin(inputsOf(c), joined)).toList();
      left.removeAll(ready);
      result =
          LogicalJoin.create(
              result,
              next,
              List.of(),
              moved(
                  RexUtil.composeConjunction(written.getCluster().getRexBuilder(), ready), places),
              ImmutableSet.of(),
              JoinRelType.INNER);
    }
    return asWritten(java.util.Objects.requireNonNull(result), places, written);
  }

  private static RelNode asWritten(RelNode joined, int[] places, Join written) {
    List<RexInputRef> columns = new ArrayList<>();
    for (int place : places) {
      columns.add(RexInputRef.of(place, joined.getRowType()));
    }
    return LogicalProject.create(
        joined, List.of(), columns, written.getRowType().getFieldNames(), ImmutableSet.of());
  }

  private static RexNode moved(RexNode condition, int[] places) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef column) {
            return new RexInputRef(places[column.getIndex()], column.getType());
          }
        });
  }

  private static boolean isWithin(BitSet part, BitSet whole) {
    BitSet outside = (BitSet) part.clone();
    outside.andNot(whole);
    return outside.isEmpty();
  }

  /** The inputs, each if possible after one that it has an equality with. */
  private List<Integer> order() {
    List<BitSet> equalities =
        conditions.stream().filter(this::isEquality).map(this::inputsOf).toList();
    BitSet joined = new BitSet();
    List<Integer> order = new ArrayList<>();
    while (order.size() < inputs.size()) {
      int best = -1;
      int bestScore = -1;
      for (int i = 0; i < inputs.size(); i++) {
        if (joined.get(i)) {
          continue;
        }
        int input = i;
        boolean isConnected =
            equalities.stream().anyMatch(e -> e.get(input) && e.intersects(joined));
        int score = (isConnected ? 4 : 0) + restriction(inputs.get(i));
        if (score > bestScore) {
          best = i;
          bestScore = score;
        }
      }
      joined.set(best);
      order.add(best);
    }
    return order;
  }

  /** 2 for an input that is compared for equality with something fixed, 1 for other filters. */
  private static int restriction(RelNode input) {
    int restriction = 0;
    RelNode node = input;
    while (node instanceof Filter || node instanceof Project) {
      if (node instanceof Filter filter) {
        boolean isFixed =
            RelOptUtil.conjunctions(filter.getCondition()).stream()
                .anyMatch(condition -> condition.getKind() == SqlKind.EQUALS);
        restriction = Math.max(restriction, isFixed ? 2 : 1);
      }
      node = node.getInput(0);
    }
    return restriction;
  }
}
