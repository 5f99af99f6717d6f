package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.row.RowCursor;

/**
 * Times at equal distances; nothing is asked for.
 *
 * @param steps which times
 * @param width how many columns, each of which is the time
 * @param limit rows to skip and to answer
 */
public record TimeSeriesRead(TimeSteps steps, int width, Limit limit) implements ReadRequest {

  /** A column of times. */
  public static TimeSeriesRead of(TimeSteps steps) {
    return new TimeSeriesRead(steps, 1, Limit.NONE);
  }

  @Override
  public TimeSeriesRead withLimit(Limit newLimit) {
    return new TimeSeriesRead(steps, width, newLimit);
  }

  @Override
  public TimeSeriesRead withColumns(List<Integer> columns) {
    return new TimeSeriesRead(steps, columns.size(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return true;
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public RowCursor open(Execution execution) {
    TimeSteps.Walk walk = steps.walk(execution);
    return walk == null ? NoRow.INSTANCE : limit.cut(new Rows(walk), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    TimeSteps.Walk walk = steps.walk(execution);
    return List.of("no call: " + (walk == null ? "no time" : "times from " + walk) + limit.text());
  }

  @Override
  public String text() {
    return "times in " + steps + ", " + width + " columns" + limit.text();
  }

  private static final class Rows implements RowCursor {
    private final TimeSteps.Walk walk;
    private boolean isClosed;

    Rows(TimeSteps.Walk walk) {
      this.walk = walk;
    }

    @Override
    public boolean next() {
      return !isClosed && walk.next();
    }

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public long getLong(int column) {
      return walk.timeNanos();
    }

    @Override
    public double getDouble(int column) {
      throw new IllegalStateException("a time is no double");
    }

    @Override
    public Object getObject(int column) {
      return walk.timeNanos();
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
