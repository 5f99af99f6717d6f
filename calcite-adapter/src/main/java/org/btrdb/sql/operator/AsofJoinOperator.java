package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.AsofMatch;
import org.btrdb.sql.row.RowCursor;

/**
 * ASOF JOIN: each left row with the nearest right row that matches; of equal ones the last if it is
 * before the left row, else the first. Two sides that come in order are merged and one right row is
 * held; otherwise the right side is held, sorted.
 *
 * @param isLeft whether a left row without a partner is answered, with NULLs
 * @param leftKeys columns of the left side
 * @param rightKeys columns of the right side that must be equal to them, held alike
 */
record AsofJoinOperator(
    Operator left,
    Operator right,
    AsofMatch match,
    boolean isLeft,
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    String condition,
    List<ValueType> types)
    implements Operator {

  /** Whether neither side needs to be held. */
  private boolean isMerge() {
    return leftKeys.isEmpty()
        && left.isOrderedBy(List.of(SortKey.ascending(match.leftColumn())))
        && right.isOrderedBy(List.of(SortKey.ascending(match.rightColumn())));
  }

  /** How the left rows are compared with those of the right side: by the keys, then the match. */
  List<SortKey> leftOrder() {
    return order(leftKeys, match.leftColumn());
  }

  /** The same of the right rows. */
  List<SortKey> rightOrder() {
    return order(rightKeys, match.rightColumn());
  }

  private static List<SortKey> order(List<Integer> keys, int last) {
    List<SortKey> order = new ArrayList<>(keys.stream().map(SortKey::ascending).toList());
    order.add(SortKey.ascending(last));
    return order;
  }

  @Override
  public RowCursor open(Run run) {
    if (isMerge()) {
      return new AsofMergeRows(this, Inputs.open(inputs(), run), run);
    }
    Operator sorted = SortOperator.sorted(right, rightOrder());
    return new AsofProbeRows(this, Inputs.open(List.of(left, sorted), run), run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public String text() {
    return (isLeft ? "Left asof join" : "Asof join")
        + (isMerge() ? ", merged: " : ", right side held: ")
        + condition;
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return keys.stream().allMatch(k -> k.column() < left.types().size()) && left.isOrderedBy(keys);
  }

  @Override
  public boolean isAtMostOneRow() {
    return left.isAtMostOneRow();
  }
}
