package org.btrdb.sql.tall;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.read.EdgePoint;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ObjectRows;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;

/**
 * The first or last point of each of many streams; none of a stream without points.
 *
 * @param streams which streams
 * @param times which of their points
 * @param edge which point of those
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record TallEdgeRead(
    TallStreams streams, TimeSet times, EdgePoint edge, List<TallColumn> columns, Limit limit)
    implements ReadRequest {

  /** Copies the list. */
  public TallEdgeRead {
    columns = List.copyOf(columns);
  }

  /** One point of each stream of a read. */
  public static TallEdgeRead of(TallRead read, EdgePoint edge) {
    return new TallEdgeRead(read.streams(), read.times(), edge, read.columns(), Limit.NONE);
  }

  @Override
  public TallEdgeRead withLimit(Limit newLimit) {
    return new TallEdgeRead(streams, times, edge, columns, newLimit);
  }

  @Override
  public TallEdgeRead withColumns(List<Integer> chosen) {
    return new TallEdgeRead(
        streams, times, edge, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public RowCursor open(Execution execution) {
    streams.checkNarrow(execution);
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty() || limit.reach(execution.parameters()) == 0) {
      return NoRow.INSTANCE;
    }
    EdgeRows rows = new EdgeRows(this, ranges, streams.find(execution), execution);
    return limit.cut(new ObjectRows(rows, rows::close, execution.scope()), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return times.ranges(execution.parameters()).isEmpty()
        ? List.of("no call: no time can match")
        : List.of(
            streams.call(),
            "Nearest(" + edge + " with time in " + times + ") for each stream" + limit.text());
  }

  @Override
  public String text() {
    return edge
        + " point of each of "
        + streams
        + ", time in "
        + times
        + ", "
        + columns
        + limit.text();
  }
}
