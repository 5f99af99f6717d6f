package org.btrdb.sql.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;

/** Rows of a latest read: one block of points at a time, read forwards and answered backwards. */
final class LatestRows implements RowCursor {
  private static final int BLOCK_POINTS = 65_536;

  private final LatestRead request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private final OneVersion version;
  private final LastPoints last;
  private final boolean[] isTime;
  private long wanted;
  private int range;
  private long endNanos;
  private long[] times = new long[0];
  private double[] values = new double[0];
  private int row;

  /**
   * Rows from the last point of the last range on.
   *
   * @param wanted how many rows will be asked for at most, so that no more points are read
   */
  LatestRows(LatestRead request, List<TimeRange> ranges, long wanted, Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.wanted = wanted;
    this.execution = execution;
    this.version = new OneVersion(request, execution);
    this.last = new LastPoints(request, version, execution);
    this.range = ranges.size() - 1;
    this.endNanos = ranges.isEmpty() ? 0 : ranges.get(range).endNanos();
    this.isTime = new boolean[request.columns().size()];
    for (int i = 0; i < isTime.length; i++) {
      isTime[i] = request.columns().get(i) == RawRead.Column.TIME;
    }
  }

  @Override
  public boolean next() {
    if (--row >= 0) {
      return true;
    }
    while (range >= 0 && wanted > 0) {
      readBlock();
      if (row > 0) {
        wanted -= row--;
        return true;
      }
    }
    row = 0;
    return false;
  }

  private void readBlock() {
    TimeRange current = ranges.get(range);
    row = 0;
    Optional<Point> newest = last.before(endNanos);
    if (newest.isEmpty() || newest.get().timeNanos() < current.startNanos()) {
      nextRange();
    } else if (wanted == 1) {
      times = new long[] {newest.get().timeNanos()};
      values = new double[] {newest.get().value()};
      row = 1;
    } else {
      long start =
          last.start(
              new TimeRange(current.startNanos(), newest.get().timeNanos() + 1),
              Math.min(wanted, BLOCK_POINTS));
      read(new TimeRange(start, endNanos));
      if (start == current.startNanos()) {
        nextRange();
      } else {
        endNanos = start;
      }
    }
  }

  private void nextRange() {
    range--;
    endNanos = range < 0 ? 0 : ranges.get(range).endNanos();
  }

  private void read(TimeRange block) {
    UUID stream = request.table().stream().uuid();
    try (DataCursor<PointBatch> cursor =
        execution.btrdb().raw(stream, block, version.toAsk(), execution.scope())) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        if (times.length - row < batch.size()) {
          int capacity = Math.max(Math.addExact(row, batch.size()), times.length * 2);
          times = Arrays.copyOf(times, capacity);
          values = Arrays.copyOf(values, capacity);
        }
        System.arraycopy(batch.times(), batch.offset(), times, row, batch.size());
        System.arraycopy(batch.values(), batch.offset(), values, row, batch.size());
        row += batch.size();
      }
      version.answered(cursor.version());
    }
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return times[row];
  }

  @Override
  public double getDouble(int column) {
    return values[row];
  }

  @Override
  public Object getObject(int column) {
    return isTime[column] ? (Object) times[row] : (Object) values[row];
  }

  @Override
  public void close() {
    range = -1;
    row = 0;
  }
}
