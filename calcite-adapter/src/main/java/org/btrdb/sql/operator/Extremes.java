package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.expression.ValueOrder;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/** MIN and MAX of what is held as long or double; NaN is the largest double. */
abstract class Extremes extends Accumulator {
  final int column;
  final boolean largest;
  boolean[] known = new boolean[0];

  private Extremes(int column, boolean largest) {
    this.column = column;
    this.largest = largest;
  }

  static Extremes of(int column, boolean largest, ValueType type) {
    return type.storage() == ValueType.Storage.LONG
        ? new OfLongs(column, largest)
        : new OfDoubles(column, largest);
  }

  @Override
  void grow(int groups) {
    known = Arrays.copyOf(known, groups);
  }

  @Override
  void reset(int group) {
    known[group] = false;
  }

  private static final class OfLongs extends Extremes {
    private long[] values = new long[0];

    OfLongs(int column, boolean largest) {
      super(column, largest);
    }

    @Override
    void grow(int groups) {
      super.grow(groups);
      values = Arrays.copyOf(values, groups);
    }

    @Override
    void add(int group, RowCursor row) {
      if (row.isNull(column)) {
        return;
      }
      long value = row.getLong(column);
      if (!known[group] || (largest ? value > values[group] : value < values[group])) {
        values[group] = value;
        known[group] = true;
      }
    }

    @Override
    void write(int group, Slots to, int at) {
      if (known[group]) {
        to.setLong(at, values[group]);
      } else {
        to.setNull(at);
      }
    }
  }

  private static final class OfDoubles extends Extremes {
    private double[] values = new double[0];

    OfDoubles(int column, boolean largest) {
      super(column, largest);
    }

    @Override
    void grow(int groups) {
      super.grow(groups);
      values = Arrays.copyOf(values, groups);
    }

    @Override
    void add(int group, RowCursor row) {
      if (row.isNull(column)) {
        return;
      }
      double value = row.getDouble(column);
      if (known[group]) {
        int order = ValueOrder.compare(value, values[group]);
        if (largest ? order <= 0 : order >= 0) {
          return;
        }
      }
      values[group] = value;
      known[group] = true;
    }

    @Override
    void write(int group, Slots to, int at) {
      if (known[group]) {
        to.setDouble(at, values[group]);
      } else {
        to.setNull(at);
      }
    }
  }
}
