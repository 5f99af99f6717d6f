package org.btrdb.sql.wide;

import java.util.List;
import java.util.stream.IntStream;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.TimeGrid;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.TimeBounds.Bound;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;

/**
 * The points of several streams side by side, moved to a grid that begins with the range: a row for
 * each time of it that any of them has. The range is part of the grid, so none can be pushed in.
 *
 * @param streams one for each column
 * @param start of the grid; no row if NULL
 * @param end of its times, exclusive; no row if NULL
 * @param snap nanoseconds from one time to the next; 0 leaves points where they are
 * @param columns where each column comes from: 0 for the time, else a stream's number and 1
 * @param limit rows to skip and to answer
 */
public record SnappedRead(
    List<StreamTable> streams,
    Scalar start,
    Scalar end,
    Scalar snap,
    List<Integer> columns,
    Limit limit)
    implements ReadRequest {

  /** Copies the lists. */
  public SnappedRead {
    streams = List.copyOf(streams);
    columns = List.copyOf(columns);
  }

  /** All points of a set of streams. */
  public static SnappedRead of(List<StreamTable> streams, Scalar start, Scalar end, Scalar snap) {
    return new SnappedRead(
        streams,
        start,
        end,
        snap,
        IntStream.rangeClosed(0, streams.size()).boxed().toList(),
        Limit.NONE);
  }

  @Override
  public SnappedRead withLimit(Limit newLimit) {
    return new SnappedRead(streams, start, end, snap, columns, newLimit);
  }

  @Override
  public SnappedRead withColumns(List<Integer> chosen) {
    return new SnappedRead(
        streams, start, end, snap, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == 0;
  }

  /** The grid of one run, or none if it has no time. */
  private List<TimeGrid> grid(Execution execution) {
    Long period = snap.longValue(execution.parameters());
    if (period == null || period < 0) {
      throw new BtrdbException(ErrorCode.INVALID_WIDTH, "snap is 0 ns or more, not " + period);
    }
    Long from = start.longValue(execution.parameters());
    Long to = end.longValue(execution.parameters());
    if (from == null || to == null) {
      return List.of();
    }
    TimeGrid grid = TimeGrid.of(new TimeRange(from, to), period);
    return grid.toRead().isEmpty() ? List.of() : List.of(grid);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<Integer> all = IntStream.range(0, streams.size()).boxed().toList();
    WideRows rows = new WideRows(streams, all, columns, grid(execution), execution);
    return limit.cut(rows, execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    List<TimeGrid> grids = grid(execution);
    if (grids.isEmpty()) {
      return List.of("no call: no time can match");
    }
    TimeGrid grid = grids.get(0);
    Bound from = new Bound(Scalar.constant(grid.toRead().startNanos()), false);
    Bound to = new Bound(Scalar.constant(grid.toRead().endNanos()), false);
    TimeSet times = TimeSet.of(List.of(from), List.of(to));
    return streams.stream()
        .flatMap(stream -> RawRead.all(stream).withTimes(times).calls(execution).stream())
        .map(call -> call + ", snapped to " + grid.periodNanos() + " ns" + limit.text())
        .toList();
  }

  @Override
  public String text() {
    return "points of "
        + streams.stream().map(stream -> stream.stream().uuid().toString()).toList()
        + " side by side, time in ["
        + start
        + ", "
        + end
        + ") snapped to "
        + snap
        + ", columns "
        + columns
        + limit.text();
  }
}
