package org.btrdb.sql.plan;

import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression.OfDouble;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.ValueBounds.Bound;
import org.btrdb.sql.read.ValueSet;

/** Conditions on the value column alone: comparisons of it with expressions without columns. */
final class ValuePredicate extends ColumnPredicate<ValueSet> {
  private final RexBuilder rex;
  private final int valueColumn;

  private ValuePredicate(RexBuilder rex, int valueColumn) {
    this.rex = rex;
    this.valueColumn = valueColumn;
  }

  /**
   * The values for which a condition is true, exactly; empty if it asks for more than the value.
   */
  static Optional<ValueSet> of(RexNode condition, int valueColumn, RexBuilder rex) {
    return valueColumn < 0
        ? Optional.empty()
        : new ValuePredicate(rex, valueColumn)
            .set(RexUtil.expandSearch(rex, null, condition), false);
  }

  /** Whether an expression is a column, whatever casts say of its being NULL. */
  static boolean isColumn(RexNode node, int column) {
    if (node.getKind() == SqlKind.CAST && node.getType().getSqlTypeName() == SqlTypeName.DOUBLE) {
      return isColumn(((RexCall) node).getOperands().get(0), column);
    }
    return node instanceof RexInputRef ref
        && ref.getIndex() == column
        && ref.getType().getSqlTypeName() == SqlTypeName.DOUBLE;
  }

  @Override
  ValueSet all() {
    return ValueSet.ALL;
  }

  @Override
  ValueSet none() {
    return ValueSet.NONE;
  }

  @Override
  Optional<ValueSet> and(ValueSet one, ValueSet other) {
    return one.and(other);
  }

  @Override
  Optional<ValueSet> or(ValueSet one, ValueSet other) {
    return one.or(other);
  }

  @Override
  Optional<ValueSet> other(RexCall call, boolean negated) {
    return switch (call.getKind()) {
      case IS_TRUE -> negated ? Optional.empty() : set(call.getOperands().get(0), false);
      case IS_NULL -> nullness(call, negated);
      case IS_NOT_NULL -> nullness(call, !negated);
      default -> Optional.empty();
    };
  }

  private Optional<ValueSet> nullness(RexCall call, boolean all) {
    return isColumn(call.getOperands().get(0), valueColumn)
        ? Optional.of(all ? ValueSet.ALL : ValueSet.NONE)
        : Optional.empty();
  }

  @Override
  Optional<ValueSet> compared(RexNode side, SqlKind kind, RexNode other) {
    return isColumn(side, valueColumn)
        ? scalar(other).flatMap(bound -> compared(kind, bound))
        : Optional.empty();
  }

  private static Optional<ValueSet> compared(SqlKind kind, Scalar bound) {
    return switch (kind) {
      case GREATER_THAN_OR_EQUAL -> Optional.of(ValueSet.from(new Bound(bound, true)));
      case GREATER_THAN -> Optional.of(ValueSet.from(new Bound(bound, false)));
      case LESS_THAN -> Optional.of(ValueSet.upTo(new Bound(bound, false)));
      case LESS_THAN_OR_EQUAL -> Optional.of(ValueSet.upTo(new Bound(bound, true)));
      case EQUALS -> Optional.of(ValueSet.equalTo(bound));
      case NOT_EQUALS ->
          ValueSet.upTo(new Bound(bound, false)).or(ValueSet.from(new Bound(bound, false)));
      default -> Optional.empty();
    };
  }

  /** A double that is known before any row is. */
  private Optional<Scalar> scalar(RexNode node) {
    if (!RelOptUtil.InputFinder.bits(node).isEmpty()) {
      return Optional.empty();
    }
    return new ExpressionCompiler(rex)
        .compile(node)
        .filter(e -> e.type() == ValueType.DOUBLE)
        .map(e -> new Scalar(node.toString(), body(e.doubles())));
  }

  private static Scalar.Body body(OfDouble expression) {
    return parameters -> {
      Evaluation evaluation = new Evaluation(NoRow.INSTANCE, parameters);
      double value = expression.value(evaluation);
      return evaluation.wasNull() ? null : (Object) value;
    };
  }
}
