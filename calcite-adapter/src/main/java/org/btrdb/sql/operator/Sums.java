package org.btrdb.sql.operator;

import java.math.BigDecimal;
import java.util.Arrays;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** SUM, its variant that is 0 for no rows, and AVG. */
abstract class Sums extends Accumulator {

  /** What is made of a sum and a count. */
  enum Result {
    /** NULL for no rows. */
    SUM,
    /** 0 for no rows. */
    SUM0,
    /** NULL for no rows; a DOUBLE whatever is summed. */
    AVG
  }

  final int column;
  final Result result;
  long[] counts = new long[0];

  private Sums(int column, Result result) {
    this.column = column;
    this.result = result;
  }

  static Sums of(int column, Result result, ValueType argument, ValueType type) {
    return switch (argument.storage()) {
      case LONG ->
          result == Result.AVG ? new AverageOfLongs(column) : new OfLongs(column, result, type);
      case DOUBLE -> new OfDoubles(column, result);
      case OBJECT -> new OfDecimals(column, result);
    };
  }

  @Override
  void grow(int groups) {
    counts = Arrays.copyOf(counts, groups);
  }

  @Override
  void reset(int group) {
    counts[group] = 0;
  }

  /** Sums in 64 bits; what becomes of one that outgrows them is a subclass's to say. */
  private abstract static class InLongs extends Sums {
    long[] sums = new long[0];

    InLongs(int column, Result result) {
      super(column, result);
    }

    /** The sum of a group before a value that it has no room for; it wraps afterwards. */
    abstract void outgrown(int group, long value);

    @Override
    void grow(int groups) {
      super.grow(groups);
      sums = Arrays.copyOf(sums, groups);
    }

    @Override
    final void add(int group, RowCursor row) {
      if (row.isNull(column)) {
        return;
      }
      long value = row.getLong(column);
      long sum = sums[group] + value;
      if (((sums[group] ^ sum) & (value ^ sum)) < 0) {
        outgrown(group, value);
      }
      sums[group] = sum;
      counts[group]++;
    }

    @Override
    void reset(int group) {
      super.reset(group);
      sums[group] = 0;
    }
  }

  private static final class OfLongs extends InLongs {
    private final ValueType type;

    OfLongs(int column, Result result, ValueType type) {
      super(column, result);
      this.type = type;
    }

    @Override
    void outgrown(int group, long value) {
      throw overflow(sums[group] + " + " + value);
    }

    @Override
    void write(int group, Slots to, int at) {
      if (counts[group] == 0 && result != Result.SUM0) {
        to.setNull(at);
        return;
      }
      long value = sums[group];
      if (!type.holds(value)) {
        throw overflow(String.valueOf(value));
      }
      to.setLong(at, value);
    }

    private SqlRefusal overflow(String what) {
      return new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE, "a sum does not fit " + type + ": " + what, null);
    }
  }

  /** Exact but for the division, however large the sum gets. */
  private static final class AverageOfLongs extends InLongs {
    private long[] carries = new long[0]; // in units of 2^64

    AverageOfLongs(int column) {
      super(column, Result.AVG);
    }

    @Override
    void grow(int groups) {
      super.grow(groups);
      carries = Arrays.copyOf(carries, groups);
    }

    @Override
    void outgrown(int group, long value) {
      carries[group] += value < 0 ? -1 : 1;
    }

    @Override
    void reset(int group) {
      super.reset(group);
      carries[group] = 0;
    }

    @Override
    void write(int group, Slots to, int at) {
      if (counts[group] == 0) {
        to.setNull(at);
      } else {
        to.setDouble(at, (carries[group] * 0x1p64 + sums[group]) / counts[group]);
      }
    }
  }

  private static final class OfDoubles extends Sums {
    private double[] sums = new double[0];

    OfDoubles(int column, Result result) {
      super(column, result);
    }

    @Override
    void grow(int groups) {
      super.grow(groups);
      sums = Arrays.copyOf(sums, groups);
    }

    @Override
    void add(int group, RowCursor row) {
      if (!row.isNull(column)) {
        sums[group] += row.getDouble(column);
        counts[group]++;
      }
    }

    @Override
    void reset(int group) {
      super.reset(group);
      sums[group] = 0;
    }

    @Override
    void write(int group, Slots to, int at) {
      if (counts[group] == 0 && result != Result.SUM0) {
        to.setNull(at);
      } else {
        to.setDouble(at, result == Result.AVG ? sums[group] / counts[group] : sums[group]);
      }
    }
  }

  private static final class OfDecimals extends Sums {
    private @Nullable BigDecimal[] sums = new BigDecimal[0];

    OfDecimals(int column, Result result) {
      super(column, result);
    }

    @Override
    void grow(int groups) {
      super.grow(groups);
      sums = Arrays.copyOf(sums, groups);
    }

    @Override
    void add(int group, RowCursor row) {
      BigDecimal value = (BigDecimal) row.getObject(column);
      if (value != null) {
        BigDecimal sum = sums[group];
        sums[group] = sum == null ? value : sum.add(value);
        counts[group]++;
      }
    }

    @Override
    void reset(int group) {
      super.reset(group);
      sums[group] = null;
    }

    @Override
    void write(int group, Slots to, int at) {
      BigDecimal sum = sums[group];
      if (result == Result.AVG && sum != null) {
        to.setDouble(at, sum.doubleValue() / counts[group]);
        return;
      }
      to.setObject(at, sum == null && result == Result.SUM0 ? BigDecimal.ZERO : sum);
    }
  }
}
