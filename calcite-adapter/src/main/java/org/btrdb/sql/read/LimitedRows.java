package org.btrdb.sql.read;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows after the first few, until there were enough; then the calls behind them end at once. */
public final class LimitedRows implements RowCursor {
  private final RowCursor rows;
  private long toSkip;
  private long left;

  /** Skips, then answers at most so many rows. */
  public LimitedRows(RowCursor rows, long skip, long take) {
    this.rows = rows;
    this.toSkip = skip;
    this.left = take;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      rows.close();
      return false;
    }
    for (; toSkip > 0; toSkip--) {
      if (!rows.next()) {
        return false;
      }
    }
    left--;
    return rows.next();
  }

  @Override
  public boolean isNull(int column) {
    return rows.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return rows.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return rows.getDouble(column);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return rows.getObject(column);
  }

  @Override
  public void close() {
    rows.close();
  }
}
