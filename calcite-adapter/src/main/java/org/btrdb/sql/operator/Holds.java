package org.btrdb.sql.operator;

import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * TIME_WEIGHTED_AVG and TIME_INTEGRAL: a value holds until the next one, also beyond its group, so
 * one group at a time, in order of time, and with its bounds.
 *
 * <p>What is summed are differences to the first value, and the rounding errors of their sum: a
 * value that stays is answered exactly, and one that hardly moves keeps its digits.
 */
final class Holds extends Accumulator {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Weights below 1 and halves of values: no product or sum of them overflows. */
  private static final double WEIGHT_OF_NANO = 0x1p-62;

  private final int valueColumn;
  private final int timeColumn;
  private final ValueType type;
  private final boolean integral;
  private boolean known;
  private double value;
  private long sinceNanos;
  private long heldNanos;
  private double base;
  private double sum;
  private double error;
  private double unbounded;

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
    sum = 0;
    error = 0;
    unbounded = 0;
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
    if (!Double.isFinite(value)) {
      unbounded += value; // NaN stays, and infinity but for its opposite
    } else if (heldNanos == 0) {
      base = value;
    } else {
      plus((value * 0.5 - base * 0.5) * (nanos * WEIGHT_OF_NANO));
    }
    heldNanos += nanos;
  }

  private void plus(double term) {
    double next = sum + term;
    error += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
    sum = next;
  }

  @Override
  void write(int group, Slots to, int column) {
    if (heldNanos == 0) {
      to.setNull(column);
    } else if (unbounded != 0) {
      to.setDouble(column, unbounded);
    } else {
      double average = base + 2 * ((sum + error) / (heldNanos * WEIGHT_OF_NANO));
      to.setDouble(column, integral ? average * (heldNanos / NANOS_PER_SECOND) : average);
    }
  }
}
