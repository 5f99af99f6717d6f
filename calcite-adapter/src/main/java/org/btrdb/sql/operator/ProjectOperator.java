package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Computed columns. */
record ProjectOperator(Operator input, List<Output> outputs, String text) implements Operator {

  /**
   * A column.
   *
   * @param expression computes it
   * @param column the column of the input that it is, -1 if it is computed
   * @param growsWith the column of the input with which it grows or stays, -1 if none
   */
  record Output(Expression expression, int column, int growsWith) {}

  @Override
  public RowCursor open(Run run) {
    RowCursor rows = input.open(run);
    return new Rows(rows, this, new Evaluation(rows, run.execution().parameters()));
  }

  @Override
  public List<ValueType> types() {
    return outputs.stream().map(o -> o.expression().type()).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    List<SortKey> below = new ArrayList<>();
    for (SortKey key : keys) {
      Output output = outputs.get(key.column());
      boolean lastKey = below.size() == keys.size() - 1;
      if (output.column() >= 0) {
        below.add(key.ofColumn(output.column()));
      } else if (output.growsWith() >= 0 && lastKey) {
        // Several values below are one here, so a key after this one would be unordered.
        below.add(key.ofColumn(output.growsWith()));
      } else {
        return keys.isEmpty() || isAtMostOneRow();
      }
    }
    return input.isOrderedBy(below);
  }

  @Override
  public boolean isAtMostOneRow() {
    return input.isAtMostOneRow();
  }

  private static final class Rows implements RowCursor {
    private final RowCursor rows;
    private final Evaluation evaluation;
    private final int[] columns;
    private final Expression[] computed;
    private final int[] places;
    private final Slots slots;

    Rows(RowCursor rows, ProjectOperator project, Evaluation evaluation) {
      this.rows = rows;
      this.evaluation = evaluation;
      this.columns = project.outputs.stream().mapToInt(Output::column).toArray();
      this.slots = new Slots(project.types());
      List<Expression> expressions = new ArrayList<>();
      List<Integer> computedPlaces = new ArrayList<>();
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] < 0) {
          expressions.add(project.outputs.get(i).expression());
          computedPlaces.add(i);
        }
      }
      this.computed = expressions.toArray(Expression[]::new);
      this.places = computedPlaces.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public boolean next() {
      if (!rows.next()) {
        return false;
      }
      for (int i = 0; i < computed.length; i++) {
        slots.set(places[i], computed[i], evaluation);
      }
      return true;
    }

    @Override
    public boolean isNull(int column) {
      int below = columns[column];
      return below >= 0 ? rows.isNull(below) : slots.isNull(column);
    }

    @Override
    public long getLong(int column) {
      int below = columns[column];
      return below >= 0 ? rows.getLong(below) : slots.getLong(column);
    }

    @Override
    public double getDouble(int column) {
      int below = columns[column];
      return below >= 0 ? rows.getDouble(below) : slots.getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      int below = columns[column];
      return below >= 0 ? rows.getObject(below) : slots.getObject(column);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
