package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of whole windows of 2^pointWidth ns that are aligned to the epoch, those without
 * points left out. They cover all points of their windows, whatever range was asked for.
 *
 * @param table the stream
 * @param version the state of it
 * @param times which times a window may start at
 * @param pointWidth 0 to 62
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record AlignedRead(
    StreamTable table,
    ReadVersion version,
    TimeSet times,
    Scalar pointWidth,
    List<WindowRead.Column> columns,
    Limit limit)
    implements StreamRequest, PointsRequest {

  /** What a table of statistics shows, in its order. */
  public static final List<WindowRead.Column> STATISTICS =
      List.of(
          WindowRead.Column.BUCKET_TIME,
          WindowRead.Column.MIN,
          WindowRead.Column.AVG,
          WindowRead.Column.MAX,
          WindowRead.Column.COUNT,
          WindowRead.Column.STDDEV_POP);

  /** Wider windows do not fit 64 bits. */
  private static final int MAX_POINT_WIDTH = 62;

  /** Servers root their tree at -2^60: wider windows are made of these. */
  private static final int MAX_ASKED_POINT_WIDTH = 60;

  /** Copies the list. */
  public AlignedRead {
    columns = List.copyOf(columns);
  }

  /** All windows of a stream. */
  public static AlignedRead all(StreamTable table, Scalar pointWidth) {
    return new AlignedRead(
        table, ReadVersion.LATEST, TimeSet.ALL, pointWidth, STATISTICS, Limit.NONE);
  }

  /** This request for another version. */
  public AlignedRead withVersion(ReadVersion other) {
    return new AlignedRead(table, other, times, pointWidth, columns, limit);
  }

  @Override
  public AlignedRead withTimes(TimeSet narrower) {
    return new AlignedRead(table, version, narrower, pointWidth, columns, limit);
  }

  @Override
  public AlignedRead withTable(StreamTable other) {
    return new AlignedRead(other, version, times, pointWidth, columns, limit);
  }

  @Override
  public AlignedRead withLimit(Limit newLimit) {
    return new AlignedRead(table, version, times, pointWidth, columns, newLimit);
  }

  @Override
  public AlignedRead withColumns(List<Integer> chosen) {
    return new AlignedRead(
        table, version, times, pointWidth, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public AlignedRead using(BitSet used) {
    return new AlignedRead(
        table, version, times, pointWidth, WindowRead.Column.using(columns, used), limit);
  }

  @Override
  public int timeColumn() {
    return columns.indexOf(WindowRead.Column.BUCKET_TIME);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column).isBucket();
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  boolean needsDeviation() {
    return columns.stream().anyMatch(WindowRead.Column::isDeviation);
  }

  /**
   * The pointwidth that a scalar is.
   *
   * @throws BtrdbException if there is no such
   */
  public static int pointWidth(Scalar scalar, List<@Nullable Object> parameters) {
    Long pointWidth = scalar.longValue(parameters);
    if (pointWidth == null || pointWidth < 0 || pointWidth > MAX_POINT_WIDTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a pointwidth is 0 to " + MAX_POINT_WIDTH + ", not " + pointWidth);
    }
    return pointWidth.intValue();
  }

  /** The pointwidth to ask for. */
  static int asked(int pointWidth) {
    return Math.min(pointWidth, MAX_ASKED_POINT_WIDTH);
  }

  private static FixedGrid grid(int pointWidth) {
    return new FixedGrid(1L << pointWidth, 0, 0);
  }

  /** The ranges whose windows are asked for: each a whole number of windows, none empty. */
  private List<TimeRange> ranges(int pointWidth, List<@Nullable Object> parameters) {
    FixedGrid grid = grid(pointWidth);
    // Windows of 2^61 and 2^62 ns that hold the first points begin before the domain does.
    TimeRange starts =
        new TimeRange(grid.floor(TimeRange.ALL.startNanos()), TimeRange.ALL.endNanos());
    List<TimeRange> ranges = new ArrayList<>();
    for (TimeRange range : times.ranges(parameters, starts)) {
      TimeRange windows = new TimeRange(grid.ceil(range.startNanos()), grid.ceil(range.endNanos()));
      if (!windows.isEmpty()) {
        ranges.add(windows);
      }
    }
    return ranges;
  }

  @Override
  public RowCursor open(Execution execution) {
    int width = pointWidth(pointWidth, execution.parameters());
    AlignedWindows windows =
        new AlignedWindows(this, ranges(width, execution.parameters()), asked(width), execution);
    RowCursor rows = BucketRows.of(columns, grid(width), windows, execution);
    return limit.cut(rows, execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    int width = pointWidth(pointWidth, execution.parameters());
    List<TimeRange> ranges = ranges(width, execution.parameters());
    if (ranges.isEmpty()) {
      return List.of("no call: no window can match");
    }
    return ranges.stream().map(range -> call(range, asked(width))).toList();
  }

  private String call(TimeRange range, int width) {
    TimeRange inside =
        new TimeRange(
            Math.max(range.startNanos(), TimeRange.MIN_NANOS),
            Math.min(range.endNanos(), TimeRange.MAX_NANOS));
    return "AlignedWindows("
        + TableText.of(table)
        + ", "
        + TimeBounds.text(inside)
        + ", pointwidth "
        + width
        + ", "
        + version
        + "): at most "
        + (inside.lengthNanos() >>> width)
        + " windows"
        + limit.text();
  }

  @Override
  public String text() {
    return "windows of 2^"
        + pointWidth
        + " ns of "
        + TableText.of(table)
        + ", "
        + version
        + ", start in "
        + times
        + ", "
        + columns
        + limit.text();
  }
}
