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
 * @param bounds the range
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record RawRead(
    StreamTable table, ReadVersion version, TimeBounds bounds, List<Column> columns, Limit limit)
    implements StreamRequest {

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
        table, ReadVersion.LATEST, TimeBounds.ALL, List.of(Column.TIME, Column.VALUE), Limit.NONE);
  }

  /** This request for another version. */
  public RawRead withVersion(ReadVersion other) {
    return new RawRead(table, other, bounds, columns, limit);
  }

  /** This request with narrower bounds. */
  public RawRead withBounds(TimeBounds narrower) {
    return new RawRead(table, version, narrower, columns, limit);
  }

  @Override
  public RawRead withLimit(Limit newLimit) {
    return new RawRead(table, version, bounds, columns, newLimit);
  }

  @Override
  public RawRead withColumns(List<Integer> chosen) {
    return new RawRead(table, version, bounds, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public int orderedBy() {
    return columns.indexOf(Column.TIME);
  }

  @Override
  public RowCursor open(Execution execution) {
    TimeRange range = bounds.range(execution.parameters());
    return limit.cut(RawRows.open(this, range, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    TimeRange range = bounds.range(execution.parameters());
    if (range.isEmpty()) {
      return List.of("no call: the range is empty");
    }
    return List.of(
        "RawValues("
            + TableText.of(table)
            + ", "
            + TimeBounds.text(range)
            + ", "
            + version
            + "): "
            + PointCount.of(this, range, execution)
            + " points"
            + limit.text());
  }

  @Override
  public String text() {
    return "points of "
        + TableText.of(table)
        + ", time in "
        + bounds
        + ", "
        + columns
        + limit.text();
  }
}
