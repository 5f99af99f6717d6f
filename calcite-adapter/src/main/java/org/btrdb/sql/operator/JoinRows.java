package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** What the cursors of joins of any kind but ASOF share: the condition beside the keys. */
abstract class JoinRows extends JoinedRows {
  final Run run;
  private final @Nullable OfLong residual;
  private final Evaluation evaluation;

  JoinRows(JoinSpec spec, List<RowCursor> inputs, RowCursor left, RowCursor right, Run run) {
    super(inputs, new JoinedRow(left, right, spec.left().types().size()));
    this.run = run;
    this.residual = spec.residual();
    this.evaluation = new Evaluation(joined, run.execution().parameters());
  }

  /** Whether the left and the right row that are looked at match, the keys apart. */
  final boolean matches() {
    joined.show(true, true);
    return residual == null || residual.value(evaluation) != 0;
  }
}
