package org.btrdb.sql.exec;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.BatchFailure;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.operator.Memory;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * INSERT INTO a stream. Its rows are (time, value); they are stored in few large calls, so a
 * statement of more than {@value #BATCH_POINTS} points is not atomic.
 *
 * @param rows makes the points
 * @param mayReadItself whether the rows may come of the stream that they go to
 */
record InsertStatement(
    Session session,
    UUID stream,
    MergePolicy mergePolicy,
    QueryPlan rows,
    boolean mayReadItself,
    List<ColumnType> parameters,
    ParameterBinding binding)
    implements UpdateStatement {
  private static final int BATCH_POINTS = 50_000;

  @Override
  public String verb() {
    return "INSERT";
  }

  @Override
  public long update(List<@Nullable Object> values, CallScope scope) {
    Points points = new Points(scope);
    long count = points.addAll(values);
    points.store();
    return count;
  }

  @Override
  public long[] updateBatch(List<List<@Nullable Object>> batch, CallScope scope) {
    Points points = new Points(scope);
    long[] counts = new long[batch.size()];
    int made = 0;
    try {
      while (made < counts.length) {
        if (mayReadItself) {
          points.store(); // the next rows may come of these
        }
        counts[made] = points.addAll(batch.get(made));
        made++;
      }
      points.store();
    } catch (RuntimeException e) {
      int done = 0; // rows whose points are all stored
      for (long left = points.stored; done < made && counts[done] <= left; done++) {
        left -= counts[done];
      }
      if (points.stored == 0 || done == 0) {
        throw e;
      }
      throw new BatchFailure(Arrays.copyOf(counts, done), e);
    }
    return counts;
  }

  /**
   * Points waiting to be stored. Those of a query of other streams are stored as they come; all
   * others wait for the last one: what is read must not change meanwhile, and a row that is refused
   * must not leave a part of the others behind.
   */
  private final class Points {
    private final CallScope scope;
    private final Ticks ticks;
    private final boolean areHeld = mayReadItself || rows instanceof ConstantPlan;
    private final Memory memory = new Memory(session.options().maxHeldBytes());
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int size;
    private long made;
    private long stored;

    Points(CallScope scope) {
      this.scope = scope;
      this.ticks = new Ticks(scope);
    }

    long addAll(List<@Nullable Object> parameterValues) {
      List<@Nullable Object> bound = binding.bind(parameterValues);
      return rows instanceof ConstantPlan constants
          ? addConstants(constants, bound)
          : addRows(Execution.of(session, session.options().consistency(), scope, bound, 0));
    }

    /** Without a cursor, which for batches of single rows would cost more than storing them. */
    private long addConstants(ConstantPlan constants, List<@Nullable Object> bound) {
      long count = 0;
      for (List<Scalar> row : constants.rows()) {
        ticks.tick();
        Object time = row.get(0).body().value(bound);
        Object value = row.get(1).body().value(bound);
        if (time == null || value == null) {
          throw nullValue();
        }
        add(((Number) time).longValue(), ((Number) value).doubleValue());
        count++;
      }
      return count;
    }

    private long addRows(Execution execution) {
      long count = 0;
      try (RowCursor cursor = rows.open(execution)) {
        while (cursor.next()) {
          if (cursor.isNull(0) || cursor.isNull(1)) {
            throw nullValue();
          }
          add(cursor.getLong(0), cursor.getDouble(1));
          count++;
        }
      }
      return count;
    }

    private SqlRefusal nullValue() {
      return new SqlRefusal(
          SqlRefusal.Reason.NOT_NULL,
          inRow("a point has a time and a value; NULL can not be stored"),
          null);
    }

    private String inRow(String what) {
      return what + " (row " + (made + 1) + ")";
    }

    /** What every server refuses is refused here: some of the points might be stored by then. */
    private void check(long time, double value) {
      if (time < TimeRange.MIN_NANOS || time > TimeRange.MAX_POINT_NANOS) {
        throw new BtrdbException(
            ErrorCode.INVALID_TIME_RANGE,
            inRow(
                "the time "
                    + time
                    + " ns lies outside "
                    + TimeRange.MIN_NANOS
                    + " to "
                    + TimeRange.MAX_POINT_NANOS));
      }
      if (!Double.isFinite(value)) {
        throw new BtrdbException(
            ErrorCode.INVALID_VALUE, inRow(value + " cannot be stored, at " + time + " ns"));
      }
    }

    private void add(long time, double value) {
      check(time, value);
      made++;
      if (size == BATCH_POINTS && !areHeld) {
        store();
      }
      if (size == times.length) {
        grow();
      }
      times[size] = time;
      values[size++] = value;
    }

    private void grow() {
      int capacity = Math.multiplyExact(size, size < BATCH_POINTS ? 4 : 2);
      if (areHeld) {
        memory.reserve((capacity - size) * (long) (Long.BYTES + Double.BYTES));
      }
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
    }

    void store() {
      for (int from = 0; from < size; from += BATCH_POINTS) {
        PointBatch points =
            new PointBatch(times, values, from, Math.min(BATCH_POINTS, size - from));
        session.btrdb().insert(stream, points, mergePolicy, scope);
        stored += points.size();
      }
      size = 0;
    }
  }
}
