package org.btrdb.sql.operator;

import java.util.List;
import java.util.stream.IntStream;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** DISTINCT, INTERSECT and EXCEPT of a first input; NULLs are the same here. */
record SetOperator(Kind kind, boolean all, Operator input, @Nullable Operator other)
    implements Operator {

  /** Which rows of the first input are answered. */
  enum Kind {
    /** Each once. */
    DISTINCT,
    /** Those that the other has too. */
    INTERSECT,
    /** Those that the other does not have. */
    EXCEPT
  }

  @Override
  public RowCursor open(Run run) {
    List<RowCursor> rows = Inputs.open(inputs(), run);
    return new Rows(this, rows, run);
  }

  @Override
  public List<ValueType> types() {
    return input.types();
  }

  @Override
  public List<Operator> inputs() {
    return other == null ? List.of(input) : List.of(input, other);
  }

  @Override
  public String text() {
    return kind + (all ? " ALL" : "");
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
    private final SetOperator set;
    private final List<RowCursor> inputs;
    private final RowCursor rows;
    private final RowTable table;
    private final Memory memory;
    private final int[] columns;

    /** How often the other input has each row; 0 too for rows already answered. */
    private int[] counts = new int[0];

    private boolean read;

    Rows(SetOperator set, List<RowCursor> inputs, Run run) {
      this.set = set;
      this.inputs = inputs;
      this.rows = inputs.get(0);
      this.memory = run.memory();
      this.table = new RowTable(set.types(), memory);
      this.columns = IntStream.range(0, set.types().size()).toArray();
    }

    @Override
    public boolean next() {
      if (!read) {
        read = true;
        if (inputs.size() > 1) {
          readOther(inputs.get(1));
        }
      }
      while (rows.next()) {
        if (isAnswered()) {
          return true;
        }
      }
      return false;
    }

    private void readOther(RowCursor other) {
      while (other.next()) {
        count(table.findOrAdd(other, columns), 1);
      }
      other.close();
    }

    private void count(int number, int more) {
      if (number >= counts.length) {
        int size = Math.max(64, 2 * number);
        memory.reserve((long) Integer.BYTES * (size - counts.length));
        counts = java.util.Arrays.copyOf(counts, size);
      }
      counts[number] += more;
    }

    private boolean isAnswered() {
      return switch (set.kind) {
        case DISTINCT -> {
          int known = table.size();
          yield table.findOrAdd(rows, columns) == known;
        }
        case INTERSECT -> {
          int number = table.find(rows, columns);
          boolean found = number >= 0 && counts[number] > 0;
          if (found) {
            counts[number] = set.all ? counts[number] - 1 : 0;
          }
          yield found;
        }
        case EXCEPT -> except();
      };
    }

    private boolean except() {
      int known = table.size();
      int number = set.all ? table.find(rows, columns) : table.findOrAdd(rows, columns);
      if (!set.all) {
        return number == known;
      }
      boolean taken = number >= 0 && counts[number] > 0;
      if (taken) {
        counts[number]--;
      }
      return !taken;
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
      table.close();
      memory.release((long) Integer.BYTES * counts.length);
      counts = new int[0];
      Inputs.close(inputs);
    }
  }
}
