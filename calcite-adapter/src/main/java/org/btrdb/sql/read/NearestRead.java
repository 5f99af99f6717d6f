package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The point nearest to a time, in one direction; at most one row.
 *
 * @param table the stream
 * @param version the state of it
 * @param at nanoseconds; no row if NULL
 * @param backward whether it is the last point strictly before the time and not the first one at or
 *     after it; no row if NULL
 * @param columns what the row has
 * @param limit rows to skip and to answer
 */
public record NearestRead(
    StreamTable table,
    ReadVersion version,
    Scalar at,
    Scalar backward,
    List<RawRead.Column> columns,
    Limit limit)
    implements StreamRequest {

  /** Copies the list. */
  public NearestRead {
    columns = List.copyOf(columns);
  }

  /** The whole point. */
  public static NearestRead of(StreamTable table, ReadVersion version, Scalar at, Scalar backward) {
    return new NearestRead(
        table, version, at, backward, List.of(RawRead.Column.values()), Limit.NONE);
  }

  @Override
  public NearestRead withTable(StreamTable other) {
    return new NearestRead(other, version, at, backward, columns, limit);
  }

  @Override
  public NearestRead withLimit(Limit newLimit) {
    return new NearestRead(table, version, at, backward, columns, newLimit);
  }

  @Override
  public NearestRead withColumns(List<Integer> chosen) {
    return new NearestRead(
        table, version, at, backward, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == RawRead.Column.TIME;
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public boolean isAtMostOneRow() {
    return true;
  }

  private @Nullable Boolean isBackward(Execution execution) {
    return (Boolean) backward.body().value(execution.parameters());
  }

  @Override
  public RowCursor open(Execution execution) {
    Long time = at.longValue(execution.parameters());
    Boolean direction = isBackward(execution);
    long major = version.number(execution.parameters());
    Optional<Point> point =
        time == null || direction == null
            ? Optional.empty()
            : execution
                .btrdb()
                .nearest(table.stream().uuid(), time, direction, major, execution.scope());
    return limit.cut(new PointRow(columns, point), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    Long time = at.longValue(execution.parameters());
    Boolean direction = isBackward(execution);
    if (time == null || direction == null) {
      return List.of("no call: no time can match");
    }
    return List.of(call(table, time, direction, version) + limit.text());
  }

  /** How EXPLAIN shows the call. */
  static String call(StreamTable table, long atNanos, boolean backward, ReadVersion version) {
    return "Nearest("
        + TableText.of(table)
        + (backward ? ", before " : ", from ")
        + IsoTime.format(atNanos)
        + (backward ? ", backward, " : ", forward, ")
        + version
        + ")";
  }

  @Override
  public String text() {
    return "point of "
        + TableText.of(table)
        + " nearest to "
        + at
        + ", backward "
        + backward
        + ", "
        + version
        + ", "
        + columns
        + limit.text();
  }
}
