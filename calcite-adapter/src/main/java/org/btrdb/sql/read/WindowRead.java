package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * Statistics of the points of a range, bucket by bucket, from the tree's own.
 *
 * @param table the stream
 * @param version the state of it
 * @param times which points; ends of ranges may cut through buckets, exactly
 * @param bucket how the range is divided
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record WindowRead(
    StreamTable table,
    ReadVersion version,
    TimeSet times,
    Bucket bucket,
    List<Column> columns,
    Limit limit)
    implements StreamRequest {

  /** A statistic of a bucket. */
  public enum Column {
    /** The bucket's start, nanoseconds. */
    BUCKET_TIME,
    /** The bucket's end, exclusive, nanoseconds; of windows that may overlap only. */
    BUCKET_END,
    /** The day the bucket starts, days since the Unix epoch. */
    BUCKET_DATE,
    /** Number of points. */
    COUNT,
    /** Smallest value. */
    MIN,
    /** Largest value. */
    MAX,
    /** Arithmetic mean. */
    AVG,
    /** Mean times count. */
    SUM,
    /** Population standard deviation. */
    STDDEV_POP,
    /** Sample standard deviation, NULL for one point. */
    STDDEV_SAMP,
    /** Population variance. */
    VAR_POP,
    /** Sample variance, NULL for one point. */
    VAR_SAMP,
    /** Time of the first point; whole ranges only. */
    FIRST_TIME,
    /** Time of the last point; whole ranges only. */
    LAST_TIME,
    /** A deviation that nobody looks at: NULL, for it may cost a call to know. */
    UNUSED;

    /** The columns of a statement that looks at some of them only. */
    static List<Column> using(List<Column> columns, BitSet used) {
      List<Column> asked = new ArrayList<>(columns);
      for (int i = 0; i < asked.size(); i++) {
        if (asked.get(i).isDeviation() && !used.get(i)) {
          asked.set(i, UNUSED);
        }
      }
      return asked;
    }

    /** Whether it needs the standard deviation of windows. */
    public boolean isDeviation() {
      return switch (this) {
        case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
        default -> false;
      };
    }

    /** Whether it is the time of a point. */
    boolean isPointTime() {
      return this == FIRST_TIME || this == LAST_TIME;
    }

    /** Whether rows are in its ascending order. */
    public boolean isBucket() {
      return this == BUCKET_TIME || this == BUCKET_END || this == BUCKET_DATE;
    }
  }

  /** Copies the list. */
  public WindowRead {
    columns = List.copyOf(columns);
  }

  /** Whether there is exactly one row, even for an empty range. */
  public boolean isWhole() {
    return bucket instanceof Bucket.Whole;
  }

  @Override
  public WindowRead withTable(StreamTable other) {
    return new WindowRead(other, version, times, bucket, columns, limit);
  }

  @Override
  public WindowRead withLimit(Limit newLimit) {
    return new WindowRead(table, version, times, bucket, columns, newLimit);
  }

  @Override
  public WindowRead withColumns(List<Integer> chosen) {
    return new WindowRead(
        table, version, times, bucket, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public WindowRead using(BitSet used) {
    return new WindowRead(table, version, times, bucket, Column.using(columns, used), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column).isBucket();
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public boolean isAtMostOneRow() {
    return isWhole();
  }

  boolean needsWindows() {
    return columns.stream().anyMatch(c -> !c.isPointTime()) || columns.isEmpty();
  }

  boolean needsDeviation() {
    return columns.stream().anyMatch(Column::isDeviation);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = times.ranges(execution.parameters());
    RowCursor rows =
        isWhole()
            ? WholeRow.open(this, ranges, execution)
            : BucketRows.open(this, ranges, execution);
    return limit.cut(rows, execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty()) {
      return List.of("no call: no time can match");
    }
    if (!isWhole()) {
      return bucketCalls(ranges, execution);
    }
    List<String> calls = new ArrayList<>();
    if (needsWindows()) {
      ranges.forEach(range -> calls.add(call(WindowPiece.whole(range))));
    }
    for (Column column : columns) {
      if (column.isPointTime()) {
        calls.add("Nearest(" + TableText.of(table) + ") for " + column);
      }
    }
    return calls;
  }

  private List<String> bucketCalls(List<TimeRange> ranges, Execution execution) {
    Grid grid = bucket.grid(execution.parameters());
    BucketRows.Calls chosen = BucketRows.calls(this, ranges, grid, execution);
    List<String> calls = new ArrayList<>();
    ranges.stream()
        .filter(range -> grid.isWide(range))
        .forEach(
            range ->
                calls.add(
                    "Nearest("
                        + TableText.of(table)
                        + ") twice, for where the points begin and end"));
    for (TimeRange range : chosen.ranges()) {
      if (chosen.points()) {
        calls.add(
            "RawValues("
                + TableText.of(table)
                + ", "
                + TimeBounds.text(range)
                + ", "
                + version
                + "): the buckets are finer than the points");
      } else {
        grid.cover(range).forEach(piece -> calls.add(call(piece)));
      }
    }
    return calls;
  }

  @Override
  public String text() {
    return "windows of "
        + TableText.of(table)
        + ", "
        + version
        + ", time in "
        + times
        + ", "
        + bucket
        + ", "
        + columns
        + limit.text();
  }

  private String call(WindowPiece piece) {
    return "Windows("
        + TableText.of(table)
        + ", "
        + TimeBounds.text(piece.range())
        + ", width "
        + piece.widthNanos()
        + " ns, "
        + version
        + "): "
        + piece.range().lengthNanos() / piece.widthNanos()
        + " windows"
        + limit.text();
  }
}
