package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;

/** What the two ways of an ASOF JOIN share: left rows, each with at most one right row. */
abstract class AsofRows extends JoinedRows {
  final RowCursor left;
  private final boolean isLeft;
  private final Ticks ticks;
  private boolean isDone;

  /**
   * Joins.
   *
   * @param partner the right row that {@link #findPartner} finds
   */
  AsofRows(AsofJoinOperator join, List<RowCursor> inputs, RowCursor partner, Run run) {
    super(inputs, new JoinedRow(inputs.get(0), partner, join.left().types().size()));
    this.left = inputs.get(0);
    this.isLeft = join.isLeft();
    this.ticks = new Ticks(run.execution().scope());
  }

  /** Finds the right row of the current left one. */
  abstract boolean findPartner();

  /** To be called in loops that ask no input. */
  final void tick() {
    ticks.tick();
  }

  @Override
  public final boolean next() {
    while (!isDone && left.next()) {
      ticks.tick();
      boolean hasPartner = findPartner();
      if (hasPartner || isLeft) {
        joined.show(true, hasPartner);
        return true;
      }
    }
    close();
    return false;
  }

  @Override
  public void close() {
    isDone = true;
    super.close();
  }
}
