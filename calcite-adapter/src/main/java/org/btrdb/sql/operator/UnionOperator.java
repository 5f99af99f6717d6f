package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** UNION ALL: one input after the other, each opened when the one before it has ended. */
record UnionOperator(List<Operator> inputs, List<ValueType> types) implements Operator {

  @Override
  public RowCursor open(Run run) {
    return new Rows(inputs, run);
  }

  @Override
  public String text() {
    return "Union all";
  }

  private static final class Rows implements RowCursor {
    private final List<Operator> inputs;
    private final Run run;
    private RowCursor rows = NoRow.INSTANCE;
    private int opened;

    Rows(List<Operator> inputs, Run run) {
      this.inputs = inputs;
      this.run = run;
    }

    @Override
    public boolean next() {
      while (!rows.next()) {
        if (opened == inputs.size()) {
          return false;
        }
        rows.close();
        rows = NoRow.INSTANCE;
        rows = inputs.get(opened++).open(run);
      }
      return true;
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
      opened = inputs.size();
      rows.close();
      rows = NoRow.INSTANCE;
    }
  }
}
