package org.btrdb.sql.operator;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** A left and a right row side by side; either may be missing, which makes its columns NULL. */
final class JoinedRow implements RowCursor {
  private final RowCursor left;
  private final RowCursor right;
  private final int leftColumns;
  boolean hasLeft;
  boolean hasRight;

  JoinedRow(RowCursor left, RowCursor right, int leftColumns) {
    this.left = left;
    this.right = right;
    this.leftColumns = leftColumns;
  }

  void show(boolean showLeft, boolean showRight) {
    hasLeft = showLeft;
    hasRight = showRight;
  }

  @Override
  public boolean next() {
    throw new IllegalStateException("the join moves its rows");
  }

  @Override
  public boolean isNull(int column) {
    return column < leftColumns
        ? !hasLeft || left.isNull(column)
        : !hasRight || right.isNull(column - leftColumns);
  }

  @Override
  public long getLong(int column) {
    if (column < leftColumns) {
      return hasLeft ? left.getLong(column) : 0;
    }
    return hasRight ? right.getLong(column - leftColumns) : 0;
  }

  @Override
  public double getDouble(int column) {
    if (column < leftColumns) {
      return hasLeft ? left.getDouble(column) : 0;
    }
    return hasRight ? right.getDouble(column - leftColumns) : 0;
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (column < leftColumns) {
      return hasLeft ? left.getObject(column) : null;
    }
    return hasRight ? right.getObject(column - leftColumns) : null;
  }

  @Override
  public void close() {
    // the sides belong to the join
  }
}
