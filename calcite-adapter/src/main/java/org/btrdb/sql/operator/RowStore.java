package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows that are held, column by column, with their memory counted. */
final class RowStore {
  private static final int FIRST_CAPACITY = 16;
  private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 64;

  private final ColumnStore[] columns;
  private final Memory memory;
  private int size;
  private int capacity;
  private long bytes;

  RowStore(List<ValueType> types, Memory memory) {
    this.columns = types.stream().map(ColumnStore::of).toArray(ColumnStore[]::new);
    this.memory = memory;
  }

  int size() {
    return size;
  }

  ColumnStore column(int index) {
    return columns[index];
  }

  /** Adds the current row of a cursor; answers its number. */
  int add(RowCursor from) {
    return add(from, null);
  }

  /** Adds some columns of the current row of a cursor; answers its number. */
  int add(RowCursor from, int @Nullable [] chosen) {
    if (size == capacity) {
      grow();
    }
    int row = size++;
    write(row, from, chosen);
    return row;
  }

  /** Replaces a row. */
  void set(int row, RowCursor from) {
    write(row, from, null);
  }

  /** Replaces a row by some columns of the current row of a cursor. */
  void set(int row, RowCursor from, int[] chosen) {
    write(row, from, chosen);
  }

  /** Whether a row is the same as some columns of a row that is not held; NULLs are the same. */
  boolean same(int row, RowCursor other, int[] chosen) {
    for (int i = 0; i < columns.length; i++) {
      if (!columns[i].same(row, other, chosen[i])) {
        return false;
      }
    }
    return true;
  }

  private void write(int row, RowCursor from, int @Nullable [] chosen) {
    long extra = 0;
    for (int i = 0; i < columns.length; i++) {
      extra += columns[i].set(row, from, chosen == null ? i : chosen[i]);
    }
    if (extra != 0) {
      account(extra);
    }
  }

  private void account(long more) {
    if (more > 0) {
      memory.reserve(more);
    } else {
      memory.release(-more);
    }
    bytes += more;
  }

  private void grow() {
    if (capacity == LARGEST_CAPACITY) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_MEMORY, "more than " + capacity + " rows to hold at once", null);
    }
    int larger = capacity == 0 ? FIRST_CAPACITY : (int) Math.min(LARGEST_CAPACITY, 2L * capacity);
    account((long) (larger - capacity) * columns.length * ColumnStore.bytesPerRow());
    for (ColumnStore column : columns) {
      column.grow(larger);
    }
    capacity = larger;
  }

  /** Forgets the first rows; the others move down. */
  void discard(int rows) {
    int left = size - rows;
    for (ColumnStore column : columns) {
      long freed = 0;
      for (int i = 0; i < rows; i++) {
        freed += column.drop(i);
      }
      account(-freed);
      for (int i = 0; i < left; i++) {
        column.move(rows + i, i);
      }
    }
    size = left;
  }

  /** Forgets all rows and keeps their places. */
  void clear() {
    size = 0;
  }

  /** Gives all memory back. */
  void close() {
    memory.release(bytes);
    bytes = 0;
    size = 0;
    capacity = 0;
    for (ColumnStore column : columns) {
      column.grow(0);
    }
  }
}
