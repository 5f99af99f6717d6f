package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** What the cursors of joins share: the joined row, and the rest of the condition over it. */
abstract class JoinRows implements RowCursor {
  final Run run;
  final JoinedRow joined;
  private final List<RowCursor> inputs;
  private final @Nullable OfLong residual;
  private final Evaluation evaluation;

  JoinRows(JoinSpec spec, List<RowCursor> inputs, RowCursor left, RowCursor right, Run run) {
    this.run = run;
    this.inputs = inputs;
    this.joined = new JoinedRow(left, right, spec.left().types().size());
    this.residual = spec.residual();
    this.evaluation = new Evaluation(joined, run.execution().parameters());
  }

  /** Whether the left and the right row that are looked at match, the keys apart. */
  final boolean matches() {
    joined.show(true, true);
    return residual == null || residual.value(evaluation) != 0;
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
