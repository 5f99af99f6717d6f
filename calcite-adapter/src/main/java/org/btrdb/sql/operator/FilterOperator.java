package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true. */
record FilterOperator(Operator input, OfLong condition, String text) implements Operator {

  @Override
  public RowCursor open(Run run) {
    RowCursor rows = input.open(run);
    return new Rows(rows, condition, new Evaluation(rows, run.execution().parameters()));
  }

  @Override
  public List<ValueType> types() {
    return input.types();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return input.isOrderedBy(keys);
  }

  @Override
  public boolean isAtMostOneRow() {
    return input.isAtMostOneRow();
  }

  private static final class Rows implements RowCursor {
    private final RowCursor rows;
    private final OfLong condition;
    private final Evaluation evaluation;

    Rows(RowCursor rows, OfLong condition, Evaluation evaluation) {
      this.rows = rows;
      this.condition = condition;
      this.evaluation = evaluation;
    }

    @Override
    public boolean next() {
      while (rows.next()) {
        if (condition.value(evaluation) != 0) {
          return true;
        }
      }
      return false;
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
}
