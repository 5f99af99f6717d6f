package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.plan.AsofMatch;
import org.btrdb.sql.row.RowCursor;

/** Holds the right side, sorted by keys and what is matched, and searches it for each left row. */
final class AsofProbeRows extends AsofRows {
  private final AsofMatch match;
  private final List<Integer> leftKeys;
  private final RowCursor right;
  private final RowStore held;
  private final StoredRow partner;
  private final RowOrder byAll;
  private final RowOrder byKeys;
  private boolean isStarted;

  AsofProbeRows(AsofJoinOperator join, List<RowCursor> inputs, Run run) {
    this(join, inputs, new RowStore(join.right().types(), run.memory()), run);
  }

  private AsofProbeRows(AsofJoinOperator join, List<RowCursor> inputs, RowStore held, Run run) {
    this(join, inputs, held, new StoredRow(held), run);
  }

  private AsofProbeRows(
      AsofJoinOperator join, List<RowCursor> inputs, RowStore held, StoredRow partner, Run run) {
    super(join, inputs, partner, run);
    this.match = join.match();
    this.leftKeys = join.leftKeys();
    this.right = inputs.get(1);
    this.held = held;
    this.partner = partner;
    this.byAll = RowOrder.between(join.leftOrder(), join.rightOrder(), join.left().types());
    int keys = leftKeys.size();
    this.byKeys =
        RowOrder.between(
            join.leftOrder().subList(0, keys),
            join.rightOrder().subList(0, keys),
            join.left().types());
  }

  @Override
  boolean findPartner() {
    if (!isStarted) {
      isStarted = true;
      while (right.next()) {
        if (!right.isNull(match.rightColumn())) {
          held.add(right);
        }
      }
      right.close();
    }
    if (left.isNull(match.leftColumn()) || leftKeys.stream().anyMatch(left::isNull)) {
      return false;
    }
    boolean countsEqual = match.isBackward() != match.isStrict();
    int before = rowsBefore(countsEqual);
    int row = match.isBackward() ? before - 1 : before;
    return row >= 0 && row < held.size() && byKeys.compare(left, partner.at(row)) == 0;
  }

  /** How many right rows are before the left one, or beside it. */
  private int rowsBefore(boolean orEqual) {
    int low = 0;
    int high = held.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int leftToRight = byAll.compare(left, partner.at(middle));
      if (leftToRight > 0 || (orEqual && leftToRight == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void close() {
    held.close();
    super.close();
  }
}
