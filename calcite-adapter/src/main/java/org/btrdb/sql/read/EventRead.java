package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Runs of points whose values meet a condition. The tree's statistics tell where such points can
 * be, as for a {@link ValueSearch}.
 *
 * @param table the stream
 * @param version the state of it
 * @param start of the range; no row if NULL
 * @param end of the range; no row if NULL
 * @param values a {@link ValueSet}; no row if NULL
 * @param minGap nanoseconds: a longer time without a point that meets the condition ends a run; 0
 *     if the first point that does not meet it ends one
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record EventRead(
    StreamTable table,
    ReadVersion version,
    Scalar start,
    Scalar end,
    Scalar values,
    Scalar minGap,
    List<Column> columns,
    Limit limit)
    implements StreamRequest {

  /** A part of an event. */
  public enum Column {
    /** The time of its first point. */
    START_TIME,
    /** The time of its last point. */
    END_TIME,
    /** The smallest value. */
    MIN,
    /** The largest value. */
    MAX,
    /** How many points meet the condition. */
    COUNT
  }

  /** Copies the list. */
  public EventRead {
    columns = List.copyOf(columns);
  }

  /** Whole events. */
  public static EventRead of(
      StreamTable table,
      ReadVersion version,
      Scalar start,
      Scalar end,
      Scalar values,
      Scalar minGap) {
    return new EventRead(
        table, version, start, end, values, minGap, List.of(Column.values()), Limit.NONE);
  }

  @Override
  public EventRead withTable(StreamTable other) {
    return new EventRead(other, version, start, end, values, minGap, columns, limit);
  }

  @Override
  public EventRead withLimit(Limit newLimit) {
    return new EventRead(table, version, start, end, values, minGap, columns, newLimit);
  }

  @Override
  public EventRead withColumns(List<Integer> chosen) {
    return new EventRead(
        table,
        version,
        start,
        end,
        values,
        minGap,
        chosen.stream().map(columns::get).toList(),
        limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    Column what = columns.get(column);
    return what == Column.START_TIME || what == Column.END_TIME;
  }

  /** Where to look in one run; null where there can be no event. */
  private @Nullable Search search(Execution execution) {
    Long from = start.longValue(execution.parameters());
    Long to = end.longValue(execution.parameters());
    ValueSet set = (ValueSet) values.body().value(execution.parameters());
    Long nanos = minGap.longValue(execution.parameters());
    if (nanos == null || nanos < 0) {
      throw new BtrdbException(ErrorCode.INVALID_WIDTH, "min_gap is 0 ns or more, not " + nanos);
    }
    if (from == null || to == null || set == null) {
      return null;
    }
    TimeRange range = new TimeRange(from, to).clamped();
    ValueRanges wanted = set.ranges(execution.parameters());
    return range.isEmpty() || wanted.isEmpty() ? null : new Search(range, wanted, set, nanos);
  }

  /**
   * A search for events.
   *
   * @param range where
   * @param values of which their points have one
   * @param set the same, for EXPLAIN
   * @param minGapNanos 0 if any other point ends an event
   */
  record Search(TimeRange range, ValueRanges values, ValueSet set, long minGapNanos)
      implements WindowTest {

    boolean endsAtOthers() {
      return minGapNanos == 0;
    }

    @Override
    public Action of(StatBatch windows, int i, long widthNanos) {
      boolean ofWindows = endsAtOthers() && !values.isAll();
      return switch (values.of(windows.min(i), windows.mean(i), windows.max(i))) {
        case NONE -> ofWindows && isInside(windows.time(i), widthNanos) ? Action.TAKE : Action.SKIP;
        case ALL -> ofWindows ? Action.TAKE : Action.READ;
        case UNDECIDED -> Action.DESCEND;
      };
    }

    /** Whether a window that was taken is part of an event, else it ends one. */
    boolean isWanted(StatBatch windows, int i) {
      return values.of(windows.min(i), windows.mean(i), windows.max(i)) == ValueRanges.Verdict.ALL;
    }

    /** What is not, has nothing before it or nothing after it that it could divide. */
    private boolean isInside(long windowStart, long widthNanos) {
      return windowStart >= range.startNanos() && windowStart + widthNanos <= range.endNanos();
    }
  }

  @Override
  public RowCursor open(Execution execution) {
    Search search = search(execution);
    if (search == null) {
      return NoRow.INSTANCE;
    }
    ValueDescent descent = ValueDescent.open(this, List.of(search.range), search, execution);
    return limit.cut(new EventRows(columns, search, descent), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    Search search = search(execution);
    if (search == null) {
      return List.of("no call: no time or value can match");
    }
    return List.of(
        DescentText.of(this, search.range, search, execution)
            + ", for events of value "
            + search.set
            + (search.endsAtOthers() ? "" : ", " + search.minGapNanos + " ns apart")
            + limit.text());
  }

  @Override
  public String text() {
    return "events of "
        + TableText.of(table)
        + ", "
        + version
        + ", in ["
        + start
        + ", "
        + end
        + "), value "
        + values
        + ", apart "
        + minGap
        + ", "
        + columns
        + limit.text();
  }
}
