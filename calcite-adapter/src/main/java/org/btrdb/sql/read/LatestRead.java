package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * Points in descending order of time. No call of BTrDB reads backwards: counts tell where the last
 * points begin, and those are read forwards, block by block.
 *
 * @param table the stream
 * @param version the state of it
 * @param times which of its points
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record LatestRead(
    StreamTable table,
    ReadVersion version,
    TimeSet times,
    List<RawRead.Column> columns,
    Limit limit)
    implements StreamRequest {

  /** Copies the list. */
  public LatestRead {
    columns = List.copyOf(columns);
  }

  /** The points of a raw read the other way round. */
  public static LatestRead of(RawRead read, Limit limit) {
    return new LatestRead(read.table(), read.version(), read.times(), read.columns(), limit);
  }

  @Override
  public LatestRead withTable(StreamTable other) {
    return new LatestRead(other, version, times, columns, limit);
  }

  @Override
  public LatestRead withLimit(Limit newLimit) {
    return new LatestRead(table, version, times, columns, newLimit);
  }

  @Override
  public LatestRead withColumns(List<Integer> chosen) {
    return new LatestRead(table, version, times, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = times.ranges(execution.parameters());
    long wanted = limit.reach(execution.parameters());
    return limit.cut(new LatestRows(this, ranges, wanted, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty()) {
      return List.of("no call: no time can match");
    }
    String end = TableText.of(table) + ", before " + TimeBounds.end(ranges.get(ranges.size() - 1));
    return limit.reach(execution.parameters()) == 1
        ? List.of("Nearest(" + end + ", backward, " + version + ")")
        : List.of(
            "Nearest(" + end + ", backward, " + version + ")",
            "AlignedWindows(" + TableText.of(table) + ") once or twice, for where the rows begin",
            "RawValues(" + TableText.of(table) + ") from there" + limit.text());
  }

  @Override
  public String text() {
    return "points of "
        + TableText.of(table)
        + ", "
        + version
        + ", latest first, time in "
        + times
        + ", "
        + columns
        + limit.text();
  }
}
