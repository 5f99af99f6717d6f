package org.btrdb.sql.wide;

import java.util.BitSet;
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
 * @param used numbers, from 0, of the streams that the statement uses; those alone are read and
 *     make rows, the others are NULL
 * @param times which points
 * @param columns what each row has: 0 for the time, n for the n-th stream counted from 1
 * @param limit rows to skip and to answer
 * @param isSet whether all streams make rows, whatever the statement uses
 */
public record WideRead(
    List<StreamTable> streams,
    Set<Integer> used,
    TimeSet times,
    List<Integer> columns,
    Limit limit,
    boolean isSet)
    implements PointsRequest {

  /** Copies the collections. */
  public WideRead {
    streams = List.copyOf(streams);
    used = java.util.Collections.unmodifiableSet(new TreeSet<>(used));
    columns = List.copyOf(columns);
  }

  /** All points of the streams of a table, of which those that are used make rows. */
  public static WideRead all(List<StreamTable> streams) {
    return of(streams, false);
  }

  /** All points of a set of streams. */
  public static WideRead set(List<StreamTable> streams) {
    return of(streams, true);
  }

  private static WideRead of(List<StreamTable> streams, boolean isSet) {
    return new WideRead(
        streams,
        new TreeSet<>(IntStream.range(0, streams.size()).boxed().toList()),
        TimeSet.ALL,
        IntStream.rangeClosed(0, streams.size()).boxed().toList(),
        Limit.NONE,
        isSet);
  }

  /** With the rows of fewer streams; a statement that uses none of them asks for all. */
  @Override
  public WideRead using(BitSet usedColumns) {
    Set<Integer> fewer = new TreeSet<>();
    usedColumns.stream().map(i -> columns.get(i) - 1).filter(s -> s >= 0).forEach(fewer::add);
    return isSet || fewer.isEmpty()
        ? this
        : new WideRead(streams, fewer, times, columns, limit, false);
  }

  @Override
  public WideRead withTimes(TimeSet narrower) {
    return new WideRead(streams, used, narrower, columns, limit, isSet);
  }

  @Override
  public WideRead withLimit(Limit newLimit) {
    return new WideRead(streams, used, times, columns, newLimit, isSet);
  }

  @Override
  public WideRead withColumns(List<Integer> chosen) {
    return new WideRead(
        streams, used, times, chosen.stream().map(columns::get).toList(), limit, isSet);
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
