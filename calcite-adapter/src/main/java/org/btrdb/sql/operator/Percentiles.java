package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.aggregate.Fraction;
import org.btrdb.sql.aggregate.Quantiles;
import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** MEDIAN and percentiles: all values of a group are held. */
final class Percentiles extends Accumulator {
  private static final int OBJECT_BYTES = 64;

  /** Which value is meant. */
  enum Choice {
    /** One between two, as a double. */
    BETWEEN,
    /** One of the values themselves. */
    ONE_OF_THEM
  }

  private final int valueColumn;
  private final int fractionColumn;
  private final ValueType type;
  private final Choice choice;
  private final boolean descending;
  private final Memory memory;
  private Quantiles[] values = new Quantiles[0];
  private boolean isFractionKnown;
  private @Nullable Fraction fraction;
  private long bytes;

  /**
   * States without values.
   *
   * @param fractionColumn says which part of the values, the same for all rows; -1 for the half
   * @param type of the values
   */
  Percentiles(
      int valueColumn,
      int fractionColumn,
      ValueType type,
      Choice choice,
      boolean descending,
      Memory memory) {
    this.valueColumn = valueColumn;
    this.fractionColumn = fractionColumn;
    this.type = type;
    this.choice = choice;
    this.descending = descending;
    this.memory = memory;
    this.isFractionKnown = fractionColumn < 0;
    this.fraction = isFractionKnown ? Fraction.HALF : null;
  }

  @Override
  void grow(int groups) {
    int before = values.length;
    values = Arrays.copyOf(values, groups);
    for (int i = before; i < groups; i++) {
      values[i] = new Quantiles();
    }
  }

  @Override
  long bytesPerGroup() {
    return OBJECT_BYTES;
  }

  @Override
  void add(int group, RowCursor row) {
    if (row.isNull(valueColumn)) {
      return;
    }
    Quantiles held = values[group];
    if (!isFractionKnown) {
      isFractionKnown = true;
      Object number = row.getObject(fractionColumn);
      fraction = number == null ? null : Fraction.of(number);
    }
    if (held.bytesToMove() > 0) {
      move(held, key(row));
    } else {
      held.add(key(row));
    }
  }

  /** Adds a value that moves the others: while they are copied both places are there. */
  private void move(Quantiles held, long key) {
    long before = held.bytes();
    long after = held.bytesToMove();
    memory.reserve(after);
    bytes += after;
    held.add(key);
    memory.release(before);
    bytes -= before;
  }

  private long key(RowCursor row) {
    return choice == Choice.ONE_OF_THEM && type.storage() == ValueType.Storage.LONG
        ? row.getLong(valueColumn)
        : NumberFunctions.orderKey(Numbers.doubleOf(row, valueColumn, type));
  }

  @Override
  void reset(int group) {
    values[group].clear();
  }

  @Override
  void write(int group, Slots to, int column) {
    Quantiles held = values[group];
    Fraction part = held.isEmpty() ? null : fraction;
    if (part == null) {
      to.setNull(column);
    } else if (choice == Choice.BETWEEN) {
      to.setDouble(column, held.continuous(part, descending));
    } else if (type.storage() == ValueType.Storage.LONG) {
      to.setLong(column, held.discrete(part, descending));
    } else {
      to.setDouble(column, NumberFunctions.ofOrderKey(held.discrete(part, descending)));
    }
  }

  @Override
  void close() {
    memory.release(bytes);
    bytes = 0;
    values = new Quantiles[0];
  }
}
