package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.plan.AsofMatch;
import org.btrdb.sql.row.RowCursor;

/** Merges two sides in ascending order of what is matched. */
final class AsofMergeRows extends AsofRows {
  private final AsofMatch match;
  private final RowCursor right;
  private final RowStore held;
  private final RowOrder order;
  private boolean isStarted;
  private boolean isRightAhead;

  AsofMergeRows(AsofJoinOperator join, List<RowCursor> inputs, Run run) {
    this(join, inputs, new RowStore(join.right().types(), run.memory()), run);
  }

  private AsofMergeRows(AsofJoinOperator join, List<RowCursor> inputs, RowStore held, Run run) {
    super(join, inputs, join.match().isBackward() ? new StoredRow(held).at(0) : inputs.get(1), run);
    this.match = join.match();
    this.right = inputs.get(1);
    this.held = held;
    this.order = RowOrder.between(join.leftOrder(), join.rightOrder(), join.left().types());
  }

  @Override
  boolean findPartner() {
    if (!isStarted) {
      isStarted = true;
      nextRight();
    }
    if (left.isNull(match.leftColumn())) {
      return false;
    }
    if (match.isBackward()) {
      while (isRightAhead && isBefore(!match.isStrict())) {
        tick();
        hold();
        nextRight();
      }
      return held.size() > 0;
    }
    while (isRightAhead && isBefore(match.isStrict())) {
      tick();
      nextRight();
    }
    return isRightAhead;
  }

  /** Whether the next right row is before the left one, or beside it. */
  private boolean isBefore(boolean orEqual) {
    int leftToRight = order.compare(left, right);
    return leftToRight > 0 || (orEqual && leftToRight == 0);
  }

  private void hold() {
    if (held.size() == 0) {
      held.add(right);
    } else {
      held.set(0, right);
    }
  }

  /** Rows with NULL come last and match nothing. */
  private void nextRight() {
    isRightAhead = right.next() && !right.isNull(match.rightColumn());
  }

  @Override
  public void close() {
    held.close();
    super.close();
  }
}
