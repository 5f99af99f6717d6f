package org.btrdb.sql.wide;

import java.util.List;
import org.btrdb.sql.read.MergedRows;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The single rows of several cursors as one. */
final class SingleRows implements RowCursor {
  private final List<RowCursor> inputs;
  private final List<MergedRows.Source> columns;

  SingleRows(List<RowCursor> inputs, List<MergedRows.Source> columns) {
    this.inputs = inputs;
    this.columns = columns;
  }

  @Override
  public boolean next() {
    boolean moved = true;
    for (RowCursor input : inputs) {
      moved &= input.next();
    }
    return moved;
  }

  private RowCursor input(int column) {
    return inputs.get(columns.get(column).input());
  }

  @Override
  public boolean isNull(int column) {
    return input(column).isNull(columns.get(column).column());
  }

  @Override
  public long getLong(int column) {
    return input(column).getLong(columns.get(column).column());
  }

  @Override
  public double getDouble(int column) {
    return input(column).getDouble(columns.get(column).column());
  }

  @Override
  public @Nullable Object getObject(int column) {
    return input(column).getObject(columns.get(column).column());
  }

  @Override
  public void close() {
    inputs.forEach(RowCursor::close);
  }
}
