package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.AsofMatch;
import org.jspecify.annotations.Nullable;

/** Chooses how a join is run. */
final class JoinBuilder {
  private final ExpressionCompiler expressions;
  private final Operator left;
  private final Operator right;

  JoinBuilder(ExpressionCompiler expressions, Operator left, Operator right) {
    this.expressions = expressions;
    this.left = left;
    this.right = right;
  }

  /** An equality of a left and a right column. */
  private record Equality(int left, int right, RexNode condition) {}

  @Nullable Operator build(Join join) {
    if (join instanceof AsofJoin asof) {
      return asof(asof);
    }
    Optional<JoinKind> kind = JoinKind.of(join.getJoinType());
    if (kind.isEmpty()) {
      return null;
    }
    List<Equality> equalities = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      Equality equality = equality(condition);
      if (equality == null) {
        rest.add(condition);
      } else {
        equalities.add(equality);
      }
    }
    for (Equality merged : equalities) {
      if (isOrdered(left, merged.left()) && isOrdered(right, merged.right())) {
        equalities.stream()
            .filter(e -> !e.equals(merged))
            .forEach(other -> rest.add(other.condition()));
        return spec(join, kind.get(), List.of(merged), rest)
            .map(MergeJoinOperator::new)
            .orElse(null);
      }
    }
    return spec(join, kind.get(), equalities, rest).map(ProbeJoinOperator::of).orElse(null);
  }

  private @Nullable Operator asof(AsofJoin join) {
    Optional<AsofMatch> match = AsofMatch.of(join);
    if (match.isEmpty() || !isComparable(match.get().leftColumn(), match.get().rightColumn())) {
      return null;
    }
    List<Equality> equalities = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      Equality equality = equality(condition);
      if (equality == null) {
        return null;
      }
      equalities.add(equality);
    }
    return new AsofJoinOperator(
        left,
        right,
        match.get(),
        join.getJoinType() == JoinRelType.LEFT_ASOF,
        equalities.stream().map(Equality::left).toList(),
        equalities.stream().map(Equality::right).toList(),
        join.getMatchCondition() + ", " + join.getCondition(),
        JoinSpec.types(JoinKind.LEFT, left, right));
  }

  private static boolean isOrdered(Operator side, int column) {
    return !side.isAtMostOneRow() && side.isOrderedBy(List.of(SortKey.ascending(column)));
  }

  private Optional<JoinSpec> spec(
      Join join, JoinKind kind, List<Equality> equalities, List<RexNode> rest) {
    OfLong residual = null;
    if (!rest.isEmpty()) {
      Optional<OfLong> compiled =
          expressions.condition(
              RexUtil.composeConjunction(join.getCluster().getRexBuilder(), rest));
      if (compiled.isEmpty()) {
        return Optional.empty();
      }
      residual = compiled.get();
    }
    return Optional.of(
        new JoinSpec(
            kind,
            left,
            right,
            equalities.stream().map(Equality::left).toList(),
            equalities.stream().map(Equality::right).toList(),
            residual,
            join.getCondition().toString(),
            JoinSpec.types(kind, left, right)));
  }

  private @Nullable Equality equality(RexNode condition) {
    if (condition.getKind() != SqlKind.EQUALS
        || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef a)
        || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef b)) {
      return null;
    }
    int columns = left.types().size();
    int x = Math.min(a.getIndex(), b.getIndex());
    int y = Math.max(a.getIndex(), b.getIndex()) - columns;
    if (x >= columns || y < 0) {
      return null;
    }
    return isComparable(x, y) ? new Equality(x, y, condition) : null;
  }

  private boolean isComparable(int leftColumn, int rightColumn) {
    ValueType leftType = left.types().get(leftColumn);
    ValueType rightType = right.types().get(rightColumn);
    boolean isAlike = leftType == rightType || (leftType.isInteger() && rightType.isInteger());
    return isAlike && leftType.isOrdered();
  }
}
