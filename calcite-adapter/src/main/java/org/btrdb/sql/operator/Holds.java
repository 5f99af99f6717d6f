package org.btrdb.sql.operator;

import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * TIME_WEIGHTED_AVG and TIME_INTEGRAL: a value holds until the next one, also beyond its group, so
 * one group at a time, in order of time, and with its bounds.
 *
 * <p>What is summed are exact products: a value that stays is answered exactly, and one that hardly
 * moves keeps its digits whatever else was in force.
 */
final class Holds extends Accumulator {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Larger values have sums of their own, in this unit: no product or sum of them overflows. */
  private static final double LARGE = 0x1p900;

  private static final double LARGE_UNIT = 0x1p-64;

  /** What is below it and what is above it of a number of nanoseconds is a double each. */
  private static final long HALF = 1L << 32;

  private final int valueColumn;
  private final int timeColumn;
  private final ValueType type;
  private final boolean integral;
  private boolean known;
  private double value;
  private long sinceNanos;
  private long heldNanos;
  private double smallest;
  private double largest;
  private double unbounded;
  private final ProductSum sum = new ProductSum();
  private final ProductSum largeSum = new ProductSum();

  /**
   * A state that knows no value.
   *
   * @param type of the values
   * @param integral whether the integral is meant and not the average
   */
  Holds(int valueColumn, int timeColumn, ValueType type, boolean integral) {
    this.valueColumn = valueColumn;
    this.timeColumn = timeColumn;
    this.type = type;
    this.integral = integral;
  }

  @Override
  void grow(int groups) {
    if (groups > 1) {
      throw new IllegalStateException("one group at a time");
    }
  }

  /** The next group has its own sum; the value in force stays. */
  @Override
  void reset(int group) {
    heldNanos = 0;
    smallest = Double.POSITIVE_INFINITY;
    largest = Double.NEGATIVE_INFINITY;
    unbounded = 0;
    sum.clear();
    largeSum.clear();
  }

  /** From when on the value in force counts. */
  void begin(long startNanos) {
    sinceNanos = startNanos;
  }

  /** A value comes into force that belongs to no group. */
  void carry(RowCursor row) {
    known = true;
    value = Numbers.doubleOf(row, valueColumn, type);
  }

  @Override
  void add(int group, RowCursor row) {
    end(row.getLong(timeColumn));
    carry(row);
  }

  /** The value in force held until a time; of several at one time only the last one holds. */
  void end(long untilNanos) {
    long nanos = untilNanos - sinceNanos;
    sinceNanos = untilNanos;
    if (!known || nanos <= 0) {
      return;
    }
    heldNanos += nanos;
    if (!Double.isFinite(value)) {
      unbounded += value; // NaN stays, and infinity but for its opposite
      return;
    }
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    long below = nanos % HALF;
    if (Math.abs(value) > LARGE) {
      largeSum.add(value * LARGE_UNIT, nanos - below);
      largeSum.add(value * LARGE_UNIT, below);
    } else {
      sum.add(value, nanos - below);
      sum.add(value, below);
    }
  }

  @Override
  void write(int group, Slots to, int column) {
    if (heldNanos == 0) {
      to.setNull(column);
    } else if (unbounded != 0) {
      to.setDouble(column, unbounded);
    } else {
      double result =
          integral
              ? sumOver(NANOS_PER_SECOND)
              : Math.max(smallest, Math.min(largest, sumOver((double) heldNanos)));
      to.setDouble(column, result);
    }
  }

  private double sumOver(double divisor) {
    double large = largeSum.value();
    return large == 0
        ? sum.over(divisor)
        : (large + sum.value() * LARGE_UNIT) / (divisor * LARGE_UNIT);
  }
}
