package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.row.RowCursor;

/** Rows of events: the one that may go on, and the one that is over. */
final class EventRows implements RowCursor {
  private final EventRead.Column[] columns;
  private final EventRead.Search search;
  private final ValueDescent descent;
  private PointBatch points = PointBatch.EMPTY;
  private int at;
  private boolean isEnded;
  private boolean begun;
  private Event open = new Event();
  private Event answered = new Event();

  /** Points added up. */
  private static final class Event {
    private long count;
    private long first;
    private long last;
    private double min;
    private double max;

    void clear() {
      count = 0;
    }

    void add(long timeNanos, double value) {
      if (count++ == 0) {
        first = timeNanos;
        min = value;
        max = value;
      }
      last = timeNanos;
      // In this order NaN is the largest.
      min = Double.compare(value, min) < 0 ? value : min;
      max = Double.compare(value, max) > 0 ? value : max;
    }
  }

  /** Rows of a descent, which they close. */
  EventRows(List<EventRead.Column> columns, EventRead.Search search, ValueDescent descent) {
    this.columns = columns.toArray(EventRead.Column[]::new);
    this.search = search;
    this.descent = descent;
  }

  @Override
  public boolean next() {
    while (!isEnded) {
      try {
        if (step()) {
          begun = true;
          return true;
        }
      } catch (BtrdbException e) {
        if (begun || !descent.beginsAnew(e)) {
          throw e;
        }
        points = PointBatch.EMPTY;
        open.clear();
      }
    }
    return false;
  }

  /** Goes on to the next points, windows or end, or to the first event that is over. */
  private boolean step() {
    while (at < points.size()) {
      long time = points.time(at);
      double value = points.value(at++);
      boolean isWanted = search.values().has(value);
      boolean isOver =
          open.count > 0
              && (search.endsAtOthers()
                  ? !isWanted
                  : isWanted && time - open.last > search.minGapNanos());
      if (isOver) {
        close(open);
      }
      if (isWanted) {
        open.add(time, value);
      }
      if (isOver) {
        return true;
      }
    }
    at = 0;
    points = PointBatch.EMPTY;
    if (descent.next()) {
      points = descent.points();
      // Windows that are taken hold other points and nothing else.
      return descent.windows() != null && open.count > 0 && over();
    }
    isEnded = true;
    return open.count > 0 && over();
  }

  private boolean over() {
    close(open);
    return true;
  }

  /** Answers an event and begins with the next. */
  private void close(Event event) {
    open = answered;
    open.clear();
    answered = event;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return switch (columns[column]) {
      case START_TIME -> answered.first;
      case END_TIME -> answered.last;
      case COUNT -> answered.count;
      case MIN, MAX -> throw new IllegalStateException(columns[column] + " is a double");
    };
  }

  @Override
  public double getDouble(int column) {
    return switch (columns[column]) {
      case MIN -> answered.min;
      case MAX -> answered.max;
      case START_TIME, END_TIME, COUNT ->
          throw new IllegalStateException(columns[column] + " is no double");
    };
  }

  @Override
  public Object getObject(int column) {
    return switch (columns[column]) {
      case MIN, MAX -> (Object) getDouble(column);
      case START_TIME, END_TIME, COUNT -> (Object) getLong(column);
    };
  }

  @Override
  public void close() {
    isEnded = true;
    descent.close();
    points = PointBatch.EMPTY;
  }
}
