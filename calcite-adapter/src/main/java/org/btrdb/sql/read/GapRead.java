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
 * The stretches of a range without points that are longer than a minimum: between two points that
 * follow each other, and between a point and the nearer end of the range.
 *
 * <p>Counts tell where there are no points. Windows of at most half the minimum that all hold a
 * point leave no room for a gap between them, so the points of a dense stretch are never read.
 *
 * @param table the stream
 * @param version the state of it
 * @param start of the range; no row if NULL
 * @param end of the range; no row if NULL
 * @param minGap nanoseconds, 0 or more
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record GapRead(
    StreamTable table,
    ReadVersion version,
    Scalar start,
    Scalar end,
    Scalar minGap,
    List<Column> columns,
    Limit limit)
    implements StreamRequest {

  /** A part of a gap. */
  public enum Column {
    /** The time of the point before it, or the range's start. */
    START_TIME,
    /** The time of the point after it, or the range's end. */
    END_TIME
  }

  /** A window costs as much as so many points, at most. */
  private static final long POINTS_PER_WINDOW = 4;

  /** Of windows beside a gap that hold more points the nearest ones are asked for. */
  private static final long FEW_POINTS = 4096;

  /** Copies the list. */
  public GapRead {
    columns = List.copyOf(columns);
  }

  /** Whole gaps. */
  public static GapRead of(
      StreamTable table, ReadVersion version, Scalar start, Scalar end, Scalar minGap) {
    return new GapRead(table, version, start, end, minGap, List.of(Column.values()), Limit.NONE);
  }

  @Override
  public GapRead withTable(StreamTable other) {
    return new GapRead(other, version, start, end, minGap, columns, limit);
  }

  @Override
  public GapRead withLimit(Limit newLimit) {
    return new GapRead(table, version, start, end, minGap, columns, newLimit);
  }

  @Override
  public GapRead withColumns(List<Integer> chosen) {
    return new GapRead(
        table, version, start, end, minGap, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    Column what = columns.get(column);
    return what == Column.START_TIME || what == Column.END_TIME;
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  /** Where to look in one run; null where there can be no gap. */
  private @Nullable Search search(Execution execution) {
    Long from = start.longValue(execution.parameters());
    Long to = end.longValue(execution.parameters());
    Long nanos = minGap.longValue(execution.parameters());
    if (nanos == null || nanos < 0) {
      throw new BtrdbException(ErrorCode.INVALID_WIDTH, "min_gap is 0 ns or more, not " + nanos);
    }
    return from == null || to == null || !isGap(from, to, nanos)
        ? null
        : new Search(new TimeRange(from, to), nanos);
  }

  /** Whether the time from one to a later one is a gap; it may exceed 63 bits. */
  static boolean isGap(long from, long to, long minNanos) {
    return Long.compareUnsigned(to - from, minNanos) > 0;
  }

  /**
   * A search for gaps.
   *
   * @param range not cut to the domain
   * @param minNanos the longest that is none
   */
  record Search(TimeRange range, long minNanos) implements WindowTest {

    /** Where points can be. */
    List<TimeRange> ranges() {
      TimeRange inside = range.clamped();
      return inside.isEmpty() ? List.of() : List.of(inside);
    }

    /** The pointwidth of the widest windows two of which are no gap; none fits the shortest. */
    private int pointWidth() {
      return Math.max(0, 62 - Long.numberOfLeadingZeros(minNanos | 1));
    }

    DescentLevels levels() {
      return DescentLevels.through(Math.min(pointWidth(), 56));
    }

    @Override
    public Action of(StatBatch windows, int i, long widthNanos) {
      if (minNanos < 2) {
        return Action.READ; // two neighbouring nanoseconds may be the ends of a gap
      }
      long narrow = 1L << pointWidth();
      long count = windows.count(i);
      if (widthNanos > narrow) {
        return count <= POINTS_PER_WINDOW * (widthNanos / narrow) ? Action.READ : Action.DESCEND;
      }
      // Beside windows that are yet to come the rows find out, which costs a call of its own.
      boolean isBesideGap =
          (i > 0 && mayBeGap(windows, i - 1, widthNanos))
              || (i + 1 < windows.size() && mayBeGap(windows, i, widthNanos));
      return isBesideGap && count <= FEW_POINTS ? Action.READ : Action.TAKE;
    }

    /** Whether there may be a gap between a window and the next. */
    private boolean mayBeGap(StatBatch windows, int i, long widthNanos) {
      return isGap(windows.time(i), windows.time(i + 1) + widthNanos - 1, minNanos);
    }
  }

  @Override
  public RowCursor open(Execution execution) {
    Search search = search(execution);
    if (search == null) {
      return NoRow.INSTANCE;
    }
    ValueDescent descent =
        ValueDescent.open(this, search.ranges(), search, search.levels(), execution);
    return limit.cut(new GapRows(columns, search, descent), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    Search search = search(execution);
    if (search == null || search.ranges().isEmpty()) {
      return List.of("no call: no time can match");
    }
    return List.of(
        DescentText.of(this, search.ranges().get(0), search, search.levels(), execution)
            + ", for gaps longer than "
            + search.minNanos
            + " ns"
            + limit.text());
  }

  @Override
  public String text() {
    return "gaps of "
        + TableText.of(table)
        + ", "
        + version
        + ", in ["
        + start
        + ", "
        + end
        + "), longer than "
        + minGap
        + ", "
        + columns
        + limit.text();
  }
}
