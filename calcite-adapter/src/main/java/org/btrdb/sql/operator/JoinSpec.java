package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What is joined, and how.
 *
 * @param kind which rows are answered
 * @param leftKeys columns of the left side
 * @param rightKeys columns of the right side that must be equal to them, held alike
 * @param residual what else must hold of a pair, over the columns of both sides; null for nothing
 * @param text the condition
 * @param types of the columns answered; kept, as joins of joins ask for them again and again
 */
record JoinSpec(
    JoinKind kind,
    Operator left,
    Operator right,
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    @Nullable OfLong residual,
    String text,
    List<ValueType> types) {

  /** The types that a join of two sides answers. */
  static List<ValueType> types(JoinKind kind, Operator left, Operator right) {
    List<ValueType> types = new ArrayList<>(left.types());
    if (!kind.isLeftOnly()) {
      types.addAll(right.types());
    }
    return List.copyOf(types);
  }
}
