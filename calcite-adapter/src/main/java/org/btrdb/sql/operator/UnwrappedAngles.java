package org.btrdb.sql.operator;

import org.btrdb.sql.expression.NumberFunctions;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * UNWRAP_ANGLE: the angle of the last row, whole turns away from what it is and less than half a
 * turn from the one before. Turns are counted and not added up, so there is no drift.
 */
final class UnwrappedAngles extends Accumulator {
  private static final double FULL_TURN = 360;

  private final int column;
  private final ValueType type;
  private boolean isNull = true;
  private boolean known;
  private double angle;
  private double last;
  private double turns;

  UnwrappedAngles(int column, ValueType type) {
    this.column = column;
    this.type = type;
  }

  @Override
  void grow(int groups) {
    if (groups > 1) {
      throw new IllegalStateException("one partition at a time");
    }
  }

  @Override
  void reset(int group) {
    isNull = true;
    known = false;
    turns = 0;
  }

  @Override
  void add(int group, RowCursor row) {
    isNull = row.isNull(column);
    if (isNull) {
      return;
    }
    angle = Numbers.doubleOf(row, column, type);
    if (!Double.isFinite(angle)) {
      return; // the next angle follows the one before it
    }
    if (known) {
      double step = angle - last;
      if (Double.isFinite(step)) {
        turns -= Math.rint((step - NumberFunctions.wrapAngle(step)) / FULL_TURN);
      }
    }
    known = true;
    last = angle;
  }

  @Override
  void write(int group, Slots to, int at) {
    if (isNull) {
      to.setNull(at);
    } else {
      to.setDouble(at, angle + turns * FULL_TURN);
    }
  }
}
