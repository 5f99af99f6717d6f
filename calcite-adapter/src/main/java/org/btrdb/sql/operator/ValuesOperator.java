package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows of constants. */
record ValuesOperator(List<List<Expression>> rows, List<ValueType> types) implements Operator {

  @Override
  public RowCursor open(Run run) {
    return new Rows(
        this, new Evaluation(NoRow.INSTANCE, run.execution().parameters()), new Slots(types));
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public String text() {
    return "Values: " + rows.size() + " rows";
  }

  @Override
  public boolean isAtMostOneRow() {
    return rows.size() <= 1;
  }

  private static final class Rows implements RowCursor {
    private final ValuesOperator values;
    private final Evaluation evaluation;
    private final Slots slots;
    private int row;

    Rows(ValuesOperator values, Evaluation evaluation, Slots slots) {
      this.values = values;
      this.evaluation = evaluation;
      this.slots = slots;
    }

    @Override
    public boolean next() {
      if (row == values.rows.size()) {
        return false;
      }
      List<Expression> expressions = values.rows.get(row++);
      for (int i = 0; i < expressions.size(); i++) {
        slots.set(i, expressions.get(i), evaluation);
      }
      return true;
    }

    @Override
    public boolean isNull(int column) {
      return slots.isNull(column);
    }

    @Override
    public long getLong(int column) {
      return slots.getLong(column);
    }

    @Override
    public double getDouble(int column) {
      return slots.getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return slots.getObject(column);
    }

    @Override
    public void close() {
      row = values.rows.size();
    }
  }
}
