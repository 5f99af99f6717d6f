package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Grid;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY a bucket of time, or none, of points in order, where values hold until the next one; the
 * first row may be the point in force before the range.
 *
 * @param aggregate the keys and functions
 * @param timeColumn of its input
 * @param bucket how the range is divided
 * @param times the range
 */
record HeldAggregateOperator(
    AggregateOperator aggregate, int timeColumn, Bucket bucket, TimeSet times) implements Operator {
  private static final TimeRange NOTHING = new TimeRange(0, 0);
  private static final TimeRange HOLDING =
      new TimeRange(TimeRange.ALL.startNanos(), Long.MAX_VALUE);

  @Override
  public RowCursor open(Run run) {
    List<@Nullable Object> parameters = run.execution().parameters();
    TimeRange range = range(parameters);
    Grid grid = aggregate.keys().isEmpty() ? null : bucket.grid(parameters);
    return new HeldGroups(this, aggregate.input().open(run), range, grid, run);
  }

  /** The range, whose end may lie beyond the times that points can have: values hold until then. */
  private TimeRange range(List<@Nullable Object> parameters) {
    List<TimeRange> ranges = times.ranges(parameters, HOLDING);
    TimeRange range = ranges.isEmpty() ? NOTHING : ranges.get(0);
    long length = range.endNanos() - range.startNanos();
    boolean isBeyond = range.startNanos() >= TimeRange.ALL.endNanos();
    // Ends after the last nanosecond of 64 bits were put there.
    boolean endsTooLate = range.endNanos() == Long.MAX_VALUE;
    if (hasEnd() && (length < 0 || endsTooLate || (isBeyond && length > 0))) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE,
          aggregate.functions()
              + " needs a range that begins before "
              + IsoTime.format(TimeRange.ALL.endNanos())
              + ", ends before "
              + IsoTime.format(Long.MAX_VALUE)
              + " and is shorter than 292 years, not ["
              + IsoTime.format(range.startNanos())
              + ", "
              + IsoTime.format(range.endNanos())
              + ")",
          null);
    }
    return isBeyond ? NOTHING : range;
  }

  /** Whether the range ends at all, be it in the future. */
  boolean hasEnd() {
    return times.alternatives().stream().noneMatch(bounds -> bounds.ends().isEmpty());
  }

  @Override
  public List<ValueType> types() {
    return aggregate.types();
  }

  @Override
  public List<Operator> inputs() {
    return aggregate.inputs();
  }

  @Override
  public String text() {
    return "Aggregate of values that hold, " + bucket + ": " + aggregate.functions();
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return keys.isEmpty()
        || isAtMostOneRow()
        || (keys.get(0).column() == 0 && !keys.get(0).descending());
  }

  @Override
  public boolean isAtMostOneRow() {
    return aggregate.isAtMostOneRow();
  }
}
