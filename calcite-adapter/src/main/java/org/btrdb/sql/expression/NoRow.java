package org.btrdb.sql.expression;

import org.btrdb.sql.row.RowCursor;

/** What expressions without columns are evaluated over. */
public final class NoRow implements RowCursor {
  /** The only one. */
  public static final NoRow INSTANCE = new NoRow();

  private NoRow() {}

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public boolean isNull(int column) {
    throw new IllegalStateException("no column " + column + " here");
  }

  @Override
  public long getLong(int column) {
    throw new IllegalStateException("no column " + column + " here");
  }

  @Override
  public double getDouble(int column) {
    throw new IllegalStateException("no column " + column + " here");
  }

  @Override
  public Object getObject(int column) {
    throw new IllegalStateException("no column " + column + " here");
  }

  @Override
  public void close() {
    // holds nothing
  }
}
