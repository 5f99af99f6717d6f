package org.btrdb.sql.operator;

import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.NoRow;
import org.jspecify.annotations.Nullable;

/**
 * ROWS or RANGE between two bounds.
 *
 * @param rows whether offsets count rows; else they are distances of the only order key
 */
record WindowFrame(boolean rows, Bound lower, Bound upper) {

  /** Where a bound is, seen from the current row. */
  enum Side {
    /** The first row of the partition. */
    UNBOUNDED_PRECEDING,
    /** Some rows, or a distance, before. */
    PRECEDING,
    /** The current row, or with RANGE its peers. */
    CURRENT,
    /** Some rows, or a distance, after. */
    FOLLOWING,
    /** The last row of the partition. */
    UNBOUNDED_FOLLOWING
  }

  /**
   * One end of a frame.
   *
   * @param offset how far, null where the side says all
   */
  record Bound(Side side, @Nullable Expression offset) {

    long distance(Run run) {
      if (offset == null) {
        return 0;
      }
      Object value = offset.value(new Evaluation(NoRow.INSTANCE, run.execution().parameters()));
      if (value == null || ((Number) value).longValue() < 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "the distance of a window's bound must not be negative: " + value,
            null);
      }
      return ((Number) value).longValue();
    }
  }

  boolean isFromStart() {
    return lower.side() == Side.UNBOUNDED_PRECEDING;
  }

  boolean hasRangeOffset() {
    return !rows && (lower.offset() != null || upper.offset() != null);
  }
}
