package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;

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

  @Override
  public RowCursor open(Run run) {
    List<TimeRange> ranges = times.ranges(run.execution().parameters());
    return new HeldGroups(
        this,
        aggregate.input().open(run),
        ranges.isEmpty() ? new TimeRange(0, 0) : ranges.get(0),
        run);
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
