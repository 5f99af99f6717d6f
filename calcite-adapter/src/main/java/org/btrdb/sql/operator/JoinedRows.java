package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** What the cursors of all joins share: they own their inputs and show a joined row. */
abstract class JoinedRows implements RowCursor {
  final JoinedRow joined;
  private final List<RowCursor> inputs;

  JoinedRows(List<RowCursor> inputs, JoinedRow joined) {
    this.inputs = inputs;
    this.joined = joined;
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
    Inputs.close(inputs);
  }
}
