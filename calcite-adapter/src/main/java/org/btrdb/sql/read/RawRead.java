package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * Points as they are.
 *
 * @param table the stream
 * @param version the state of it
 * @param times which of its points
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record RawRead(
    StreamTable table, ReadVersion version, TimeSet times, List<Column> columns, Limit limit)
    implements StreamRequest, PointsRequest {

  /** A part of a point. */
  public enum Column {
    /** Nanoseconds. */
    TIME,
    /** The value. */
    VALUE
  }

  /** Copies the list. */
  public RawRead {
    columns = List.copyOf(columns);
  }

  /** All points of a stream. */
  public static RawRead all(StreamTable table) {
    return new RawRead(
        table, ReadVersion.LATEST, TimeSet.ALL, List.of(Column.TIME, Column.VALUE), Limit.NONE);
  }

  /** This request for another version. */
  public RawRead withVersion(ReadVersion other) {
    return new RawRead(table, other, times, columns, limit);
  }

  @Override
  public RawRead withTimes(TimeSet narrower) {
    return new RawRead(table, version, narrower, columns, limit);
  }

  @Override
  public RawRead withTable(StreamTable other) {
    return new RawRead(other, version, times, columns, limit);
  }

  @Override
  public RawRead withLimit(Limit newLimit) {
    return new RawRead(table, version, times, columns, newLimit);
  }

  @Override
  public RawRead withColumns(List<Integer> chosen) {
    return new RawRead(table, version, times, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public int timeColumn() {
    return columns.indexOf(Column.TIME);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == Column.TIME;
  }

  @Override
  public RowCursor open(Execution execution) {
    return limit.cut(rows(execution), execution.parameters());
  }

  /** The rows, whatever the limit. */
  public RawRows rows(Execution execution) {
    return new RawRows(this, times.ranges(execution.parameters()), execution);
  }

  @Override
  public List<String> calls(Execution execution) {
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty()) {
      return List.of("no call: no time can match");
    }
    return ranges.stream().map(range -> call(range, execution)).toList();
  }

  private String call(TimeRange range, Execution execution) {
    return "RawValues("
        + TableText.of(table)
        + ", "
        + TimeBounds.text(range)
        + ", "
        + version
        + "): "
        + PointCount.of(this, range, execution)
        + " points"
        + limit.text();
  }

  @Override
  public String text() {
    return "points of "
        + TableText.of(table)
        + ", "
        + version
        + ", time in "
        + times
        + ", "
        + columns
        + limit.text();
  }
}
