package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The columns of its input, which comes ordered by the partition and then by the keys, and after
 * them functions over windows. It holds what frames reach back and ahead to, not the partition.
 */
record WindowOperator(
    Operator input, List<Integer> partition, List<SortKey> keys, List<WindowFunction> functions)
    implements Operator {

  @Override
  public RowCursor open(Run run) {
    RowCursor rows = input.open(run);
    try {
      return new Rows(this, rows, run);
    } catch (RuntimeException | Error e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public List<ValueType> types() {
    List<ValueType> types = new ArrayList<>(input.types());
    functions.forEach(f -> types.add(f.type()));
    return types;
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return "Window of " + partition + ", " + keys + ": " + functions;
  }

  @Override
  public boolean isOrderedBy(List<SortKey> wanted) {
    return wanted.stream().allMatch(k -> k.column() < input.types().size())
        && input.isOrderedBy(wanted);
  }

  @Override
  public boolean isAtMostOneRow() {
    return input.isAtMostOneRow();
  }

  private static final class Rows implements RowCursor {
    private final PartitionRows partition;
    private final StoredRow current;
    private final WindowState[] states;
    private final Slots values;
    private final int inputColumns;
    private long row = -1;
    private boolean inPartition;

    Rows(WindowOperator window, RowCursor input, Run run) {
      int[] columns = window.partition.stream().mapToInt(Integer::intValue).toArray();
      List<ValueType> types = window.input.types();
      this.partition = new PartitionRows(input, columns, types, run);
      this.current = partition.view();
      this.inputColumns = types.size();
      RowOrder order = RowOrder.of(window.keys, types);
      this.states =
          window.functions.stream()
              .map(f -> new WindowState(f, partition, window.keys, order, run))
              .toArray(WindowState[]::new);
      this.values = new Slots(window.functions.stream().map(WindowFunction::type).toList());
    }

    @Override
    public boolean next() {
      row++;
      if (!inPartition || !partition.has(row)) {
        inPartition = partition.nextPartition();
        if (!inPartition) {
          return false;
        }
        row = 0;
        for (WindowState state : states) {
          state.reset();
        }
        partition.has(row);
      }
      long needed = row;
      for (WindowState state : states) {
        needed = Math.min(needed, state.firstNeededAfter(row - 1));
      }
      partition.forgetBefore(needed);
      for (int i = 0; i < states.length; i++) {
        states[i].write(row, values, i);
      }
      partition.show(current, row);
      return true;
    }

    @Override
    public boolean isNull(int column) {
      return column < inputColumns ? current.isNull(column) : values.isNull(column - inputColumns);
    }

    @Override
    public long getLong(int column) {
      return column < inputColumns
          ? current.getLong(column)
          : values.getLong(column - inputColumns);
    }

    @Override
    public double getDouble(int column) {
      return column < inputColumns
          ? current.getDouble(column)
          : values.getDouble(column - inputColumns);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return column < inputColumns
          ? current.getObject(column)
          : values.getObject(column - inputColumns);
    }

    @Override
    public void close() {
      inPartition = false;
      for (WindowState state : states) {
        state.close();
      }
      partition.close();
    }
  }
}
