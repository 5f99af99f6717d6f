package org.btrdb.sql.wide;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.btrdb.client.multi.TimeGrid;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;

/**
 * Points of several streams side by side, a row for each time that any of the used ones has.
 *
 * @param streams the streams of the table, one for each column after the time
 * @param used numbers, from 0, of the streams that are read and make rows; the others are NULL
 * @param times which points
 * @param columns what each row has: 0 for the time, n for the n-th stream counted from 1
 * @param limit rows to skip and to answer
 */
public record WideRead(
    List<StreamTable> streams, Set<Integer> used, TimeSet times, List<Integer> columns, Limit limit)
    implements PointsRequest {

  /** Copies the collections. */
  public WideRead {
    streams = List.copyOf(streams);
    used = java.util.Collections.unmodifiableSet(new TreeSet<>(used));
    columns = List.copyOf(columns);
  }

  /**
   * All points of some of the streams of a table.
   *
   * @param used their numbers, from 0
   */
  public static WideRead of(List<StreamTable> streams, Set<Integer> used) {
    return new WideRead(
        streams,
        used,
        TimeSet.ALL,
        IntStream.rangeClosed(0, streams.size()).boxed().toList(),
        Limit.NONE);
  }

  /** All points of a set of streams. */
  public static WideRead set(List<StreamTable> streams) {
    return of(streams, new TreeSet<>(IntStream.range(0, streams.size()).boxed().toList()));
  }

  @Override
  public WideRead withTimes(TimeSet narrower) {
    return new WideRead(streams, used, narrower, columns, limit);
  }

  @Override
  public WideRead withLimit(Limit newLimit) {
    return new WideRead(streams, used, times, columns, newLimit);
  }

  @Override
  public WideRead withColumns(List<Integer> chosen) {
    return new WideRead(streams, used, times, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public int timeColumn() {
    return columns.indexOf(0);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == 0;
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeGrid> ranges =
        times.ranges(execution.parameters()).stream().map(range -> TimeGrid.of(range, 0)).toList();
    WideRows rows = new WideRows(streams, List.copyOf(used), columns, ranges, execution);
    return limit.cut(rows, execution.parameters());
  }

  private List<RawRead> reads() {
    return used.stream().map(i -> RawRead.all(streams.get(i)).withTimes(times)).toList();
  }

  @Override
  public List<String> calls(Execution execution) {
    return reads().stream().flatMap(read -> read.calls(execution).stream()).toList();
  }

  @Override
  public String text() {
    return "points of "
        + used.stream().map(i -> streams.get(i).stream().uuid().toString()).toList()
        + " side by side, time in "
        + times
        + ", columns "
        + columns
        + limit.text();
  }
}
