package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * Points whose values meet a condition. The tree's statistics tell where such points can be;
 * nothing else is read.
 *
 * @param points of which to choose, without a limit
 * @param values which
 * @param limit rows to skip and to answer
 * @param parameters how many there must be for the values to be known: more than those of the
 *     statement where another row bounds them
 */
public record ValueSearch(RawRead points, ValueSet values, Limit limit, int parameters)
    implements StreamRequest, PointsRequest {

  /** Those of some points that have some values. */
  public static ValueSearch of(RawRead points, ValueSet values) {
    return new ValueSearch(points, values, Limit.NONE, 0);
  }

  /** A request as a search of all its points, or the search that it is; empty for any other. */
  public static Optional<ValueSearch> over(ReadRequest request) {
    if (request instanceof RawRead points && points.limit().equals(Limit.NONE)) {
      return Optional.of(of(points, ValueSet.ALL));
    }
    return request instanceof ValueSearch search && search.limit.equals(Limit.NONE)
        ? Optional.of(search)
        : Optional.empty();
  }

  /** The number of the column that is the value; -1 if it is not answered. */
  public int valueColumn() {
    return points.columns().indexOf(RawRead.Column.VALUE);
  }

  @Override
  public StreamTable table() {
    return points.table();
  }

  @Override
  public ReadVersion version() {
    return points.version();
  }

  @Override
  public TimeSet times() {
    return points.times();
  }

  @Override
  public ValueSearch withTimes(TimeSet narrower) {
    return new ValueSearch(points.withTimes(narrower), values, limit, parameters);
  }

  @Override
  public ValueSearch withTable(StreamTable other) {
    return new ValueSearch(points.withTable(other), values, limit, parameters);
  }

  @Override
  public ValueSearch withLimit(Limit newLimit) {
    return new ValueSearch(points, values, newLimit, parameters);
  }

  @Override
  public ValueSearch withColumns(List<Integer> chosen) {
    return new ValueSearch(points.withColumns(chosen), values, limit, parameters);
  }

  @Override
  public int timeColumn() {
    return points.timeColumn();
  }

  @Override
  public boolean isOrderedBy(int column) {
    return points.isOrderedBy(column);
  }

  @Override
  public RowCursor open(Execution execution) {
    ValueRanges ranges = values.ranges(execution.parameters());
    RowCursor rows = ranges.isAll() ? points.rows(execution) : search(ranges, execution);
    return limit.cut(rows, execution.parameters());
  }

  private RowCursor search(ValueRanges ranges, Execution execution) {
    List<TimeRange> times =
        ranges.isEmpty() ? List.of() : points.times().ranges(execution.parameters());
    WindowTest test = test(ranges);
    return new FoundRows(points.columns(), ranges, ValueDescent.open(this, times, test, execution));
  }

  /** Windows none of whose values are wanted are skipped; those of which all are need no others. */
  private static WindowTest test(ValueRanges ranges) {
    return (windows, i, widthNanos) ->
        switch (ranges.of(windows.min(i), windows.mean(i), windows.max(i))) {
          case NONE -> WindowTest.Action.SKIP;
          case ALL -> WindowTest.Action.READ;
          case UNDECIDED -> WindowTest.Action.DESCEND;
        };
  }

  @Override
  public List<String> calls(Execution execution) {
    if (parameters > execution.parameters().size()) {
      return List.of(
          "AlignedWindows and RawValues("
              + TableText.of(table())
              + ") once the other row is known, for value "
              + values
              + limit.text());
    }
    ValueRanges ranges = values.ranges(execution.parameters());
    List<TimeRange> times = points.times().ranges(execution.parameters());
    if (ranges.isEmpty() || times.isEmpty()) {
      return List.of("no call: no " + (times.isEmpty() ? "time" : "value") + " can match");
    }
    if (ranges.isAll()) {
      return points.withLimit(limit).calls(execution);
    }
    List<String> calls = new ArrayList<>();
    for (TimeRange range : times) {
      calls.add(
          DescentText.of(this, range, test(ranges), execution)
              + ", for value "
              + values
              + limit.text());
    }
    return calls;
  }

  @Override
  public String text() {
    return points.text() + ", value " + values + limit.text();
  }
}
