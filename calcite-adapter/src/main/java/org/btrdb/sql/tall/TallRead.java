package org.btrdb.sql.tall;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.TallTable;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.RowCursor;

/**
 * Points of many streams below each other: one look-up, then one read for each stream.
 *
 * @param streams which streams
 * @param times which of their points
 * @param columns what each row has
 * @param order of the rows
 * @param limit rows to skip and to answer
 */
public record TallRead(
    TallStreams streams, TimeSet times, List<TallColumn> columns, TallOrder order, Limit limit)
    implements PointsRequest {

  /** Copies the list. */
  public TallRead {
    columns = List.copyOf(columns);
  }

  /** All of a table. */
  public static TallRead all(TallTable table) {
    return new TallRead(
        TallStreams.all(table.collection()),
        TimeSet.ALL,
        List.of(
            TallColumn.of(TallColumn.Kind.TIME),
            TallColumn.of(TallColumn.Kind.VALUE),
            TallColumn.of(TallColumn.Kind.COLLECTION),
            TallColumn.of(TallColumn.Kind.NAME),
            TallColumn.of(TallColumn.Kind.UNIT),
            TallColumn.of(TallColumn.Kind.UUID),
            TallColumn.of(TallColumn.Kind.VERSION),
            TallColumn.of(TallColumn.Kind.TAGS),
            TallColumn.of(TallColumn.Kind.ANNOTATIONS)),
        TallOrder.NONE,
        Limit.NONE);
  }

  /** This request for other streams. */
  public TallRead withStreams(TallStreams narrower) {
    return new TallRead(narrower, times, columns, order, limit);
  }

  /** This request in an order. */
  public TallRead withOrder(TallOrder other) {
    return new TallRead(streams, times, columns, other, limit);
  }

  @Override
  public TallRead withTimes(TimeSet narrower) {
    return new TallRead(streams, narrower, columns, order, limit);
  }

  @Override
  public TallRead withLimit(Limit newLimit) {
    return new TallRead(streams, times, columns, order, newLimit);
  }

  @Override
  public TallRead withColumns(List<Integer> chosen) {
    return new TallRead(streams, times, chosen.stream().map(columns::get).toList(), order, limit);
  }

  @Override
  public int timeColumn() {
    return columns.indexOf(TallColumn.of(TallColumn.Kind.TIME));
  }

  @Override
  public boolean isOrderedBy(int column) {
    return order.keys().isEmpty()
        && order.byTime()
        && columns.get(column).kind() == TallColumn.Kind.TIME;
  }

  @Override
  public RowCursor open(Execution execution) {
    checkBounded(execution);
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty() || limit.reach(execution.parameters()) == 0) {
      return NoRow.INSTANCE;
    }
    return limit.cut(TallRows.open(this, execution), execution.parameters());
  }

  /** Few rows are cheap whatever they are of; all points of all time are not. */
  private void checkBounded(Execution execution) {
    if (limit.fetch() != null || execution.maxRows() > 0) {
      return;
    }
    streams.checkNarrow(execution);
    if (times.equals(TimeSet.ALL) && !execution.session().options().fullScan()) {
      throw TallStreams.tooMuch("all points of many streams", "a range of time, or LIMIT rows");
    }
  }

  @Override
  public List<String> calls(Execution execution) {
    if (times.ranges(execution.parameters()).isEmpty()) {
      return List.of("no call: no time can match");
    }
    return List.of(
        streams.call(),
        "RawValues(time in " + times + ") for each stream, " + order + limit.text());
  }

  @Override
  public String text() {
    return "points of "
        + streams
        + " below each other, time in "
        + times
        + ", "
        + columns
        + ", "
        + order
        + limit.text();
  }
}
