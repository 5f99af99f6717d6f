package org.btrdb.sql.operator;

import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** A row of a store, looked at as if it were a cursor's; who has it moves it. */
final class StoredRow implements RowCursor {
  private final RowStore rows;
  private int row = -1;

  StoredRow(RowStore rows) {
    this.rows = rows;
  }

  StoredRow at(int index) {
    row = index;
    return this;
  }

  int index() {
    return row;
  }

  @Override
  public boolean next() {
    return ++row < rows.size();
  }

  @Override
  public boolean isNull(int column) {
    return rows.column(column).isNull(row);
  }

  @Override
  public long getLong(int column) {
    return rows.column(column).getLong(row);
  }

  @Override
  public double getDouble(int column) {
    return rows.column(column).getDouble(row);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return rows.column(column).getObject(row);
  }

  @Override
  public void close() {
    // the store belongs to another
  }
}
