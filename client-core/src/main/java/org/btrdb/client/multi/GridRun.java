package org.btrdb.client.multi;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;

/** The points of one stream on a grid, one for each time: the last one that falls on it. */
public final class GridRun implements AutoCloseable {
  private final DataCursor<PointBatch> cursor;
  private final TimeGrid grid;
  private PointBatch batch = PointBatch.EMPTY;
  private int next;
  private boolean sourceEnded;
  private boolean ended;
  private long time;
  private double value;

  /** The points of a cursor, which it closes. */
  public GridRun(DataCursor<PointBatch> cursor, TimeGrid grid) {
    this.cursor = cursor;
    this.grid = grid;
  }

  /** Moves to the next time; false at the end, and from then on. */
  public boolean advance() {
    if (ended || !fill()) {
      ended = true;
      return false;
    }
    time = grid.snap(batch.time(next));
    if (time >= grid.range().endNanos()) {
      ended = true;
      return false;
    }
    do {
      value = batch.value(next++);
    } while (fill() && grid.snap(batch.time(next)) == time);
    return true;
  }

  /** Has a batch with points not yet taken. */
  private boolean fill() {
    while (!sourceEnded && next == batch.size()) {
      sourceEnded = !cursor.next();
      if (!sourceEnded) {
        batch = cursor.current();
        next = 0;
      }
    }
    return !sourceEnded;
  }

  /** Whether there is no time any more. */
  public boolean hasEnded() {
    return ended;
  }

  /** The time moved to. */
  public long time() {
    return time;
  }

  /** The value there. */
  public double value() {
    return value;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
