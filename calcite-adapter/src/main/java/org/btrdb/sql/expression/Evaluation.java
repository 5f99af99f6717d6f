package org.btrdb.sql.expression;

import java.util.List;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The state of evaluating expressions over one cursor: the row, the parameters, and whether the
 * last value was NULL. One thread's.
 */
public final class Evaluation {
  final List<@Nullable Object> parameters;
  final RowCursor row;
  boolean isNull;

  /** Evaluates over the current row of a cursor, whatever it is at the time. */
  public Evaluation(RowCursor row, List<@Nullable Object> parameters) {
    this.row = row;
    this.parameters = parameters;
  }

  /** Whether the value evaluated last was NULL. */
  public boolean wasNull() {
    return isNull;
  }
}
