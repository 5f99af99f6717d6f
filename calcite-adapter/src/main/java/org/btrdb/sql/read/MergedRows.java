package org.btrdb.sql.read;

import java.util.List;
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
  private final long[] keys;
  private final boolean[] isAtKey;

  /** Inputs that have a row left, as a binary heap by key. */
  private final int[] heap;

  private int heapSize;
  private long key;
  private boolean begun;

  /**
   * A column of the merged rows.
   *
   * @param input the number of the cursor it comes from; any for the key itself
   * @param column its number there; 0 for the key
   */
  public record Source(int input, int column) {
    /** The key. */
    public static final Source KEY = new Source(0, 0);
  }

  /** Merges cursors, which it closes, into rows of some of their columns. */
  public MergedRows(List<RowCursor> inputs, List<Source> columns) {
    this.inputs = inputs.toArray(RowCursor[]::new);
    this.inputOf = columns.stream().mapToInt(Source::input).toArray();
    this.columnOf = columns.stream().mapToInt(Source::column).toArray();
    this.keys = new long[inputs.size()];
    this.isAtKey = new boolean[inputs.size()];
    this.heap = new int[inputs.size()];
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
    if (heapSize == 0) {
      return false;
    }
    key = keys[heap[0]];
    while (heapSize > 0 && keys[heap[0]] == key) {
      isAtKey[pop()] = true;
    }
    return true;
  }

  /** Moves an input to its next row and, if it has one, puts it among those that wait. */
  private void push(int input) {
    if (!inputs[input].next()) {
      return;
    }
    keys[input] = inputs[input].getLong(0);
    int at = heapSize++;
    while (at > 0 && keys[heap[(at - 1) / 2]] > keys[input]) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = input;
  }

  private int pop() {
    int first = heap[0];
    int last = heap[--heapSize];
    int at = 0;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && keys[heap[child + 1]] < keys[heap[child]]) {
        child++;
      }
      if (keys[last] <= keys[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }

  @Override
  public boolean isNull(int column) {
    if (columnOf[column] == 0) {
      return false;
    }
    int input = inputOf[column];
    return input < 0 || !isAtKey[input] || inputs[input].isNull(columnOf[column]);
  }

  @Override
  public long getLong(int column) {
    if (columnOf[column] == 0) {
      return key;
    }
    return isNull(column) ? 0 : inputs[inputOf[column]].getLong(columnOf[column]);
  }

  @Override
  public double getDouble(int column) {
    return isNull(column) ? 0 : inputs[inputOf[column]].getDouble(columnOf[column]);
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (columnOf[column] == 0) {
      return key;
    }
    return isNull(column) ? null : inputs[inputOf[column]].getObject(columnOf[column]);
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
