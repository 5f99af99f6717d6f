package org.btrdb.sql.read;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Points with one more before or after them; the cursor of the points has been moved once. */
final class ReachingRows implements RowCursor {
  private final RowCursor before;
  private final RawRows inside;
  private final RowCursor after;
  private boolean hasRow;
  private boolean isStarted;
  private RowCursor current;

  /**
   * Joins rows.
   *
   * @param before at most one
   * @param hasRow whether the points have one
   * @param after at most one
   */
  ReachingRows(RowCursor before, RawRows inside, boolean hasRow, RowCursor after) {
    this.before = before;
    this.inside = inside;
    this.after = after;
    this.hasRow = hasRow;
    this.current = before;
  }

  @Override
  public boolean next() {
    if (current == before) {
      if (before.next()) {
        return true;
      }
      current = inside;
    }
    if (current == inside) {
      hasRow = hasRow && (!isStarted || inside.next());
      isStarted = true;
      if (hasRow) {
        return true;
      }
      current = after;
    }
    return after.next();
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
    before.close();
    after.close();
  }
}
