package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.expression.ValueOrder;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The values of one column of rows that are held, in an array of their own kind. */
abstract class ColumnStore {
  final ValueType type;
  private long @Nullable [] nulls;

  private ColumnStore(ValueType type) {
    this.type = type;
  }

  static ColumnStore of(ValueType type) {
    return switch (type.storage()) {
      case LONG -> new Longs(type);
      case DOUBLE -> new Doubles(type);
      case OBJECT -> new Objects(type);
    };
  }

  /** Bytes that a row takes at least. */
  static long bytesPerRow() {
    return Long.BYTES;
  }

  final boolean isNull(int row) {
    long[] words = nulls;
    return words != null && row >> 6 < words.length && (words[row >> 6] & (1L << row)) != 0;
  }

  final void setNull(int row, boolean isNull) {
    long[] words = nulls;
    if (!isNull && (words == null || row >> 6 >= words.length)) {
      return;
    }
    if (words == null || row >> 6 >= words.length) {
      int size = Math.max((row >> 6) + 1, words == null ? 16 : words.length * 2);
      words = words == null ? new long[size] : Arrays.copyOf(words, size);
      nulls = words;
    }
    if (isNull) {
      words[row >> 6] |= 1L << row;
    } else {
      words[row >> 6] &= ~(1L << row);
    }
  }

  abstract void grow(int capacity);

  /** Takes a value from a row; answers the bytes it takes beyond its place. */
  abstract long set(int row, RowCursor from, int column);

  /** Copies a value to a place that was dropped. */
  abstract void move(int from, int to);

  /** Forgets a value; answers the bytes that it took beyond its place. */
  long drop(int row) {
    return 0;
  }

  abstract long getLong(int row);

  abstract double getDouble(int row);

  abstract @Nullable Object getObject(int row);

  /** A hash of a value of a row that is not held; NULL has one too. */
  abstract int hash(RowCursor from, int column);

  /** Whether a held value is the same as one that is not; NULLs are the same. */
  abstract boolean same(int row, RowCursor from, int column);

  private static final class Longs extends ColumnStore {
    private long[] values = new long[0];

    Longs(ValueType type) {
      super(type);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    long set(int row, RowCursor from, int column) {
      boolean isNull = from.isNull(column);
      setNull(row, isNull);
      values[row] = isNull ? 0 : from.getLong(column);
      return 0;
    }

    @Override
    void move(int from, int to) {
      values[to] = values[from];
      setNull(to, isNull(from));
    }

    @Override
    long getLong(int row) {
      return values[row];
    }

    @Override
    double getDouble(int row) {
      throw new IllegalStateException(type + " is no double");
    }

    @Override
    @Nullable Object getObject(int row) {
      return isNull(row) ? null : type.box(values[row]);
    }

    @Override
    int hash(RowCursor from, int column) {
      return from.isNull(column) ? 0 : ValueOrder.hash(from.getLong(column));
    }

    @Override
    boolean same(int row, RowCursor from, int column) {
      boolean isNull = from.isNull(column);
      return isNull == isNull(row) && (isNull || values[row] == from.getLong(column));
    }
  }

  private static final class Doubles extends ColumnStore {
    private double[] values = new double[0];

    Doubles(ValueType type) {
      super(type);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    long set(int row, RowCursor from, int column) {
      boolean isNull = from.isNull(column);
      setNull(row, isNull);
      values[row] = isNull ? 0 : from.getDouble(column);
      return 0;
    }

    @Override
    void move(int from, int to) {
      values[to] = values[from];
      setNull(to, isNull(from));
    }

    @Override
    long getLong(int row) {
      throw new IllegalStateException(type + " is no long");
    }

    @Override
    double getDouble(int row) {
      return values[row];
    }

    @Override
    @Nullable Object getObject(int row) {
      return isNull(row) ? null : (Object) values[row];
    }

    @Override
    int hash(RowCursor from, int column) {
      return from.isNull(column) ? 0 : ValueOrder.hash(from.getDouble(column));
    }

    @Override
    boolean same(int row, RowCursor from, int column) {
      boolean isNull = from.isNull(column);
      return isNull == isNull(row)
          && (isNull || ValueOrder.compare(values[row], from.getDouble(column)) == 0);
    }
  }

  private static final class Objects extends ColumnStore {
    private @Nullable Object[] values = new Object[0];

    Objects(ValueType type) {
      super(type);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    long set(int row, RowCursor from, int column) {
      Object value = from.getObject(column);
      Object before = values[row];
      setNull(row, value == null);
      values[row] = value;
      return (value == null ? 0 : Memory.sizeOf(value))
          - (before == null ? 0 : Memory.sizeOf(before));
    }

    @Override
    long drop(int row) {
      Object value = values[row];
      values[row] = null;
      return value == null ? 0 : Memory.sizeOf(value);
    }

    @Override
    void move(int from, int to) {
      values[to] = values[from];
      values[from] = null;
      setNull(to, isNull(from));
    }

    @Override
    long getLong(int row) {
      throw new IllegalStateException(type + " is no long");
    }

    @Override
    double getDouble(int row) {
      throw new IllegalStateException(type + " is no double");
    }

    @Override
    @Nullable Object getObject(int row) {
      return values[row];
    }

    @Override
    int hash(RowCursor from, int column) {
      Object value = from.getObject(column);
      return value == null ? 0 : ValueOrder.hash(value);
    }

    @Override
    boolean same(int row, RowCursor from, int column) {
      Object value = from.getObject(column);
      Object held = values[row];
      if (value == null || held == null) {
        return value == held;
      }
      return ValueOrder.compare(held, value) == 0;
    }
  }
}
