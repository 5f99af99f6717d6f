package org.btrdb.sql.tall;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the points of many streams, grouped by what describes the streams and by buckets of
 * time: one look-up, then windows of each stream, combined.
 *
 * @param streams which streams
 * @param times which of their points
 * @param bucket how each range is divided
 * @param keys what makes streams of one group
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record TallWindowRead(
    TallStreams streams,
    TimeSet times,
    Bucket bucket,
    List<TallColumn> keys,
    List<Output> columns,
    Limit limit)
    implements ReadRequest {

  /**
   * A column of a row.
   *
   * @param key the number of the key it shows; -1 for a statistic
   * @param statistic what it shows else; null for a key
   */
  public record Output(int key, WindowRead.@Nullable Column statistic) {
    /** A key. */
    public static Output key(int number) {
      return new Output(number, null);
    }

    /** A statistic. */
    public static Output of(WindowRead.Column statistic) {
      return new Output(-1, statistic);
    }

    @Override
    public String toString() {
      return statistic == null ? "key " + key : statistic.toString();
    }
  }

  /** Copies the lists. */
  public TallWindowRead {
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
  }

  @Override
  public TallWindowRead withLimit(Limit newLimit) {
    return new TallWindowRead(streams, times, bucket, keys, columns, newLimit);
  }

  @Override
  public TallWindowRead withColumns(List<Integer> chosen) {
    return new TallWindowRead(
        streams, times, bucket, keys, chosen.stream().map(columns::get).toList(), limit);
  }

  /** Whether each group has one row. */
  boolean isWhole() {
    return bucket instanceof Bucket.Whole;
  }

  @Override
  public boolean isOrderedBy(int column) {
    WindowRead.Column statistic = columns.get(column).statistic();
    return keys.isEmpty() && statistic != null && statistic.isBucket();
  }

  /** The statistics to ask for: without any, the counts, as a group without points is none. */
  List<WindowRead.Column> statistics() {
    List<WindowRead.Column> asked = new ArrayList<>();
    for (Output output : columns) {
      if (output.statistic() != null && !asked.contains(output.statistic())) {
        asked.add(output.statistic());
      }
    }
    return asked.isEmpty() ? List.of(WindowRead.Column.COUNT) : asked;
  }

  @Override
  public RowCursor open(Execution execution) {
    streams.checkNarrow(execution);
    List<TimeRange> ranges = times.ranges(execution.parameters());
    return limit.cut(TallWindowRows.open(this, ranges, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return times.ranges(execution.parameters()).isEmpty()
        ? List.of("no call: no time can match")
        : List.of(
            streams.call(),
            "Windows(time in " + times + ", " + bucket + ") for each stream" + limit.text());
  }

  @Override
  public String text() {
    return "windows of "
        + streams
        + " grouped by "
        + keys
        + ", time in "
        + times
        + ", "
        + bucket
        + ", "
        + columns
        + limit.text();
  }
}
