package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.multi.InputHeap;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of several cursors side by side, one row for each key that any of them has, in ascending
 * order: a k-way merge on their first columns, which are ascending integers such as times.
 *
 * <p>Where a key comes several times, the n-th rows of all cursors make the n-th row together.
 */
public final class MergedRows implements RowCursor {
  private final RowCursor[] inputs;
  private final int[] inputOf;
  private final int[] columnOf;
  private final boolean[] isCount;
  private final boolean[] isAtKey;

  /** Inputs that have a row left, by its key. */
  private final InputHeap waiting;

  private long key;

  /** One of the inputs that have the current key. */
  private int atKey;

  private boolean begun;

  /**
   * A column of the merged rows.
   *
   * @param input the number of the cursor it comes from; any for the key itself
   * @param column its number there; 0 for the key
   * @param isCount whether it is 0 and not NULL where the cursor has no row
   */
  public record Source(int input, int column, boolean isCount) {
    /** The key. */
    public static final Source KEY = new Source(0, 0, false);
  }

  /** Merges cursors, which it closes, into rows of some of their columns. */
  public MergedRows(List<RowCursor> inputs, List<Source> columns) {
    this.inputs = inputs.toArray(RowCursor[]::new);
    this.inputOf = columns.stream().mapToInt(Source::input).toArray();
    this.columnOf = columns.stream().mapToInt(Source::column).toArray();
    this.isCount = new boolean[columnOf.length];
    for (int i = 0; i < isCount.length; i++) {
      isCount[i] = columns.get(i).isCount();
    }
    this.isAtKey = new boolean[inputs.size()];
    this.waiting = new InputHeap(inputs.size());
  }

  @Override
  public boolean next() {
    if (!begun) {
      begun = true;
      for (int i = 0; i < inputs.length; i++) {
        push(i);
      }
    } else {
      for (int i = 0; i < inputs.length; i++) {
        if (isAtKey[i]) {
          isAtKey[i] = false;
          push(i);
        }
      }
    }
    if (waiting.isEmpty()) {
      return false;
    }
    key = waiting.firstKey();
    while (!waiting.isEmpty() && waiting.firstKey() == key) {
      atKey = waiting.pop();
      isAtKey[atKey] = true;
    }
    return true;
  }

  /** Moves an input to its next row and, if it has one, puts it among those that wait. */
  private void push(int input) {
    if (inputs[input].next()) {
      waiting.push(input, inputs[input].getLong(0));
    }
  }

  @Override
  public boolean isNull(int column) {
    return columnOf[column] != 0 && !isCount[column] && isAbsent(column);
  }

  private boolean isAbsent(int column) {
    int input = inputOf[column];
    return !isAtKey[input] || inputs[input].isNull(columnOf[column]);
  }

  @Override
  public long getLong(int column) {
    if (columnOf[column] == 0) {
      return key;
    }
    return isAbsent(column) ? 0 : inputs[inputOf[column]].getLong(columnOf[column]);
  }

  @Override
  public double getDouble(int column) {
    return isAbsent(column) ? 0 : inputs[inputOf[column]].getDouble(columnOf[column]);
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (columnOf[column] == 0) {
      return inputs[atKey].getObject(0); // a Long or an Integer, as its type wants
    }
    if (isAbsent(column)) {
      return isCount[column] ? (Object) 0L : null;
    }
    return inputs[inputOf[column]].getObject(columnOf[column]);
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (RowCursor input : inputs) {
      try {
        input.close();
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
