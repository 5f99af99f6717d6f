package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.LimitedRows;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** OFFSET and FETCH; its input ends as soon as there were enough rows. */
record LimitOperator(Operator input, Bounds bounds) implements Operator {

  /**
   * How many rows.
   *
   * @param offset rows to skip, null for none
   * @param fetch rows to answer at most, null for all
   */
  record Bounds(@Nullable Expression offset, @Nullable Expression fetch) {
    static final Bounds NONE = new Bounds(null, null);

    long skip(Run run) {
      return value(offset, 0, run);
    }

    long take(Run run) {
      return value(fetch, Long.MAX_VALUE, run);
    }

    private static long value(@Nullable Expression expression, long absent, Run run) {
      if (expression == null) {
        return absent;
      }
      Object value = expression.value(new Evaluation(NoRow.INSTANCE, run.execution().parameters()));
      if (value == null || ((Number) value).longValue() < 0) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "LIMIT and OFFSET must not be negative: " + value,
            null);
      }
      return ((Number) value).longValue();
    }
  }

  @Override
  public RowCursor open(Run run) {
    long skip = bounds.skip(run);
    long take = bounds.take(run);
    return take == 0 ? NoRow.INSTANCE : new LimitedRows(input.open(run), skip, take);
  }

  @Override
  public List<ValueType> types() {
    return input.types();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return "Limit";
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return input.isOrderedBy(keys);
  }

  @Override
  public boolean isAtMostOneRow() {
    return input.isAtMostOneRow();
  }
}
