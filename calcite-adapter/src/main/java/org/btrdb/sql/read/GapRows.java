package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.row.RowCursor;

/**
 * Rows of gaps. Of a window only its ends are known, so the point nearest to a gap is asked for
 * where a gap may be beside one.
 */
final class GapRows implements RowCursor {
  private final boolean[] isStart;
  private final GapRead.Search search;
  private final ValueDescent descent;

  /** The last point so far, or the range's start, lies between these. */
  private long earliest;

  private long latest;

  private SearchPart.Taken windows = SearchPart.Taken.NONE;
  private PointBatch points = PointBatch.EMPTY;
  private int at;
  private boolean isEnded;
  private boolean begun;
  private long startNanos;
  private long endNanos;

  /** Rows of a descent, which they close. */
  GapRows(List<GapRead.Column> columns, GapRead.Search search, ValueDescent descent) {
    this.search = search;
    this.descent = descent;
    this.isStart = new boolean[columns.size()];
    for (int i = 0; i < isStart.length; i++) {
      isStart[i] = columns.get(i) == GapRead.Column.START_TIME;
    }
    begin();
  }

  private void begin() {
    earliest = search.range().startNanos();
    latest = earliest;
    forget();
  }

  private void forget() {
    windows = SearchPart.Taken.NONE;
    points = PointBatch.EMPTY;
    at = 0;
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
        begin();
      }
    }
    return false;
  }

  /** Goes on to the next windows, points or end, up to the first gap; false if there is none. */
  private boolean step() {
    while (at < points.size()) {
      long time = points.time(at++);
      if (isGapBefore(time, time)) {
        return true;
      }
    }
    while (at < windows.windows().size()) {
      long start = windows.windows().time(at++);
      if (isGapBefore(start, start + windows.widthNanos() - 1)) {
        return true;
      }
    }
    forget();
    if (descent.next()) {
      SearchPart.Taken taken = descent.windows();
      windows = taken == null ? SearchPart.Taken.NONE : taken;
      points = descent.points();
      return false;
    }
    boolean isGap = isGapBefore(search.range().endNanos(), search.range().endNanos());
    isEnded = true;
    return isGap;
  }

  /** Goes on to a point between two times; whether that ends a gap. */
  private boolean isGapBefore(long from, long to) {
    boolean mayBe = GapRead.isGap(earliest, to, search.minNanos());
    if (mayBe) {
      startNanos = earliest == latest ? latest : descent.edge(true, earliest, latest);
      endNanos = from == to ? from : descent.edge(false, from, to);
    }
    earliest = mayBe ? endNanos : from;
    latest = to;
    return mayBe && GapRead.isGap(startNanos, endNanos, search.minNanos());
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return isStart[column] ? startNanos : endNanos;
  }

  @Override
  public double getDouble(int column) {
    throw new IllegalStateException("a time is no double");
  }

  @Override
  public Object getObject(int column) {
    return getLong(column);
  }

  @Override
  public void close() {
    isEnded = true;
    descent.close();
    forget();
  }
}
