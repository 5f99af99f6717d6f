package org.btrdb.sql.operator;

import java.util.Arrays;
import org.btrdb.sql.row.RowCursor;

/** STDDEV_* and VAR_* of doubles by Welford's method, which does not cancel. */
final class Deviations extends Accumulator {
  private final int column;
  private final boolean sample;
  private final boolean root;
  private long[] counts = new long[0];

  /** The first values; the others are near to them, and their differences lose nothing. */
  private double[] origins = new double[0];

  private double[] means = new double[0];
  private double[] squares = new double[0];

  Deviations(int column, boolean sample, boolean root) {
    this.column = column;
    this.sample = sample;
    this.root = root;
  }

  @Override
  void grow(int groups) {
    counts = Arrays.copyOf(counts, groups);
    origins = Arrays.copyOf(origins, groups);
    means = Arrays.copyOf(means, groups);
    squares = Arrays.copyOf(squares, groups);
  }

  @Override
  void add(int group, RowCursor row) {
    if (row.isNull(column)) {
      return;
    }
    if (counts[group]++ == 0) {
      origins[group] = row.getDouble(column);
    }
    double value = row.getDouble(column) - origins[group];
    double delta = value - means[group];
    means[group] += delta / counts[group];
    squares[group] += delta * (value - means[group]);
  }

  @Override
  void reset(int group) {
    counts[group] = 0;
    means[group] = 0;
    squares[group] = 0;
  }

  @Override
  void write(int group, Slots to, int at) {
    long divisor = sample ? counts[group] - 1 : counts[group];
    if (divisor <= 0) {
      to.setNull(at);
      return;
    }
    double variance = Math.max(0, squares[group] / divisor);
    to.setDouble(at, root ? Math.sqrt(variance) : variance);
  }
}
