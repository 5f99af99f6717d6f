package org.btrdb.sql.read;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Points with one more before or after them; the cursor of the points has been moved once. */
final class ReachingRows implements RowCursor {
  private final RawRows inside;
  private final RowCursor beyond;
  private final boolean isBeyondFirst;
  private boolean hasRow;
  private boolean isStarted;
  private boolean isBeyondDone;
  private RowCursor current;

  /**
   * Joins rows.
   *
   * @param hasRow whether the points have one
   * @param isBeyondFirst whether the other point comes first
   */
  ReachingRows(RawRows inside, boolean hasRow, RowCursor beyond, boolean isBeyondFirst) {
    this.inside = inside;
    this.hasRow = hasRow;
    this.beyond = beyond;
    this.isBeyondFirst = isBeyondFirst;
    this.current = inside;
  }

  @Override
  public boolean next() {
    if (isBeyondFirst && nextBeyond()) {
      return true;
    }
    if (hasRow) {
      current = inside;
      hasRow = !isStarted || inside.next();
      isStarted = true;
      if (hasRow) {
        return true;
      }
    }
    return !isBeyondFirst && nextBeyond();
  }

  private boolean nextBeyond() {
    if (isBeyondDone) {
      return false;
    }
    isBeyondDone = true;
    current = beyond;
    return beyond.next();
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return current.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return current.getDouble(column);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return current.getObject(column);
  }

  @Override
  public void close() {
    inside.close();
    beyond.close();
  }
}
