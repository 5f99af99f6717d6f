package org.btrdb.sql.operator;

import java.math.BigDecimal;
import java.util.Arrays;
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
  private @Nullable BigDecimal[] fractions = new BigDecimal[0];
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
  }

  @Override
  void grow(int groups) {
    int before = values.length;
    values = Arrays.copyOf(values, groups);
    fractions = Arrays.copyOf(fractions, groups);
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
    if (held.isEmpty()) {
      fractions[group] = fraction(row);
    }
    long more = held.bytesToAdd();
    if (more > 0) {
      memory.reserve(more);
      bytes += more;
    }
    held.add(key(row));
  }

  private @Nullable BigDecimal fraction(RowCursor row) {
    if (fractionColumn < 0) {
      return Quantiles.HALF;
    }
    Object number = row.getObject(fractionColumn);
    return number == null ? null : Quantiles.fraction(number);
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
    BigDecimal fraction = held.isEmpty() ? null : fractions[group];
    if (fraction == null) {
      to.setNull(column);
    } else if (choice == Choice.BETWEEN) {
      to.setDouble(column, held.continuous(fraction, descending));
    } else if (type.storage() == ValueType.Storage.LONG) {
      to.setLong(column, held.discrete(fraction, descending));
    } else {
      to.setDouble(column, NumberFunctions.ofOrderKey(held.discrete(fraction, descending)));
    }
  }

  @Override
  void close() {
    memory.release(bytes);
    bytes = 0;
    values = new Quantiles[0];
  }
}
