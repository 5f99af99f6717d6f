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
  private SearchPart.Taken windows = SearchPart.Taken.NONE;
  private int at;
  private boolean isEnded;
  private boolean begun;
  private Event open = new Event();
  private Event answered = new Event();

  /** Points added up. */
  private static final class Event {
    private long count;
    private long first;

    /** The last point lies between these. */
    private long lastFrom;

    private long last;
    private double min;
    private double max;

    void clear() {
      count = 0;
    }

    void add(long timeNanos, double value) {
      if (count == 0) {
        first = timeNanos;
      }
      add(1, value, value);
      lastFrom = timeNanos;
      last = timeNanos;
    }

    void add(SearchPart.Taken windows, int i) {
      add(windows.windows().count(i), windows.windows().min(i), windows.windows().max(i));
      lastFrom = windows.windows().time(i);
      last = lastFrom + windows.widthNanos() - 1;
    }

    private void add(long points, double smallest, double largest) {
      // In this order NaN is the largest.
      min = count == 0 || Double.compare(smallest, min) < 0 ? smallest : min;
      max = count == 0 || Double.compare(largest, max) > 0 ? largest : max;
      count += points;
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
        forget();
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
    while (at < windows.windows().size()) {
      if (addWindow(at++)) {
        return true;
      }
    }
    forget();
    if (descent.next()) {
      points = descent.points();
      SearchPart.Taken taken = descent.windows();
      windows = taken == null ? SearchPart.Taken.NONE : taken;
      return false;
    }
    if (open.count > 0) {
      close(open);
      isEnded = true;
      return true;
    }
    isEnded = true;
    return false;
  }

  private void forget() {
    points = PointBatch.EMPTY;
    windows = SearchPart.Taken.NONE;
    at = 0;
  }

  /** Goes on to a window all or none of whose points are wanted; whether that ends an event. */
  private boolean addWindow(int i) {
    if (!search.isWanted(windows.windows(), i)) {
      boolean isOver = open.count > 0;
      if (isOver) {
        close(open);
      }
      return isOver;
    }
    if (open.count == 0) {
      long start = windows.windows().time(i);
      open.first = descent.edge(false, start, start + windows.widthNanos() - 1);
    }
    open.add(windows, i);
    return false;
  }

  /** Answers an event and begins with the next. */
  private void close(Event event) {
    if (event.lastFrom != event.last) {
      event.last = descent.edge(true, event.lastFrom, event.last);
      event.lastFrom = event.last;
    }
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
    forget();
  }
}
