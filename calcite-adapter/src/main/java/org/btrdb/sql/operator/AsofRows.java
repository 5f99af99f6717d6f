package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** What the two ways of an ASOF JOIN share: left rows, each with at most one right row. */
abstract class AsofRows implements RowCursor {
  final RowCursor left;
  private final List<RowCursor> inputs;
  private final JoinedRow joined;
  private final boolean isLeft;
  private final Ticks ticks;
  private boolean isDone;

  /**
   * Joins.
   *
   * @param partner the right row that {@link #findPartner} finds
   */
  AsofRows(AsofJoinOperator join, List<RowCursor> inputs, RowCursor partner, Run run) {
    this.left = inputs.get(0);
    this.inputs = inputs;
    this.joined = new JoinedRow(left, partner, join.left().types().size());
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
  public final boolean isNull(int column) {
    return joined.isNull(column);
  }

  @Override
  public final long getLong(int column) {
    return joined.getLong(column);
  }

  @Override
  public final double getDouble(int column) {
    return joined.getDouble(column);
  }

  @Override
  public final @Nullable Object getObject(int column) {
    return joined.getObject(column);
  }

  @Override
  public void close() {
    isDone = true;
    Inputs.close(inputs);
  }
}
