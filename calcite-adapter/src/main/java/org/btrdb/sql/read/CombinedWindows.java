package org.btrdb.sql.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the points of several streams together, a row for each bucket in which any has one,
 * in ascending order; or the one row of whole ranges, which is there even if none has.
 */
public final class CombinedWindows extends StatisticRow {
  private static final int STREAMS_AHEAD = 16;

  /** Statistics of several streams are held until all are read. */
  private static final int MOST_BUCKETS = 4_000_000;

  private final Execution execution;
  private final List<TimeRange> ranges;
  private final Iterator<WindowRead> toOpen;
  private final boolean whole;
  private final boolean single;
  private final Deque<StatisticRow> opened = new ArrayDeque<>();
  private @Nullable Iterator<Map.Entry<Long, Statistics>> buckets;
  private boolean answered;

  private CombinedWindows(
      List<WindowRead> reads,
      List<WindowRead.Column> columns,
      List<TimeRange> ranges,
      boolean whole,
      Execution execution) {
    super(columns);
    this.execution = execution;
    this.ranges = ranges;
    this.toOpen = reads.iterator();
    this.whole = whole;
    this.single = reads.size() == 1;
    statistics.clear();
  }

  /**
   * Makes the calls of the first few streams; nothing waits for an answer.
   *
   * @param reads of the same times, buckets and columns
   * @param columns of the rows; at most what the reads ask for
   */
  public static CombinedWindows open(
      List<WindowRead> reads,
      List<WindowRead.Column> columns,
      List<TimeRange> ranges,
      boolean whole,
      Execution execution) {
    CombinedWindows rows = new CombinedWindows(reads, columns, ranges, whole, execution);
    try {
      rows.openSome();
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private void openSome() {
    while (opened.size() < STREAMS_AHEAD && toOpen.hasNext()) {
      WindowRead read = toOpen.next();
      opened.add(
          whole
              ? WholeRow.open(read, ranges, execution)
              : BucketRows.open(read, ranges, execution));
    }
  }

  /** Whether the current row is of any point. */
  public boolean hasPoints() {
    return statistics.count() > 0 || firstNanos != null || lastNanos != null;
  }

  @Override
  public boolean next() {
    if (whole) {
      return nextWhole();
    }
    return single ? nextOfOne() : nextOfAll();
  }

  private boolean nextWhole() {
    if (answered) {
      return false;
    }
    answered = true;
    while (hasOpened()) {
      try (StatisticRow row = opened.remove()) {
        if (row.next()) {
          statistics.add(row.statistics);
          firstNanos = min(firstNanos, row.firstNanos);
          lastNanos = max(lastNanos, row.lastNanos);
        }
      }
    }
    return true;
  }

  private boolean hasOpened() {
    openSome();
    return !opened.isEmpty();
  }

  private static @Nullable Long min(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : Long.valueOf(Math.min(a, b));
  }

  private static @Nullable Long max(@Nullable Long a, @Nullable Long b) {
    return a == null ? b : b == null ? a : Long.valueOf(Math.max(a, b));
  }

  private boolean nextOfOne() {
    StatisticRow row = opened.peek();
    if (row == null || !row.next()) {
      return false;
    }
    statistics.clear();
    statistics.add(row.statistics);
    bucketNanos = row.bucketNanos;
    return true;
  }

  private boolean nextOfAll() {
    if (buckets == null) {
      buckets = collected().entrySet().iterator();
    }
    if (!buckets.hasNext()) {
      return false;
    }
    Map.Entry<Long, Statistics> bucket = buckets.next();
    statistics.clear();
    statistics.add(bucket.getValue());
    bucketNanos = bucket.getKey();
    return true;
  }

  private Map<Long, Statistics> collected() {
    Map<Long, Statistics> all = new TreeMap<>();
    while (hasOpened()) {
      try (StatisticRow row = opened.remove()) {
        while (row.next()) {
          all.computeIfAbsent(row.bucketNanos, b -> new Statistics()).add(row.statistics);
        }
      }
      if (all.size() > MOST_BUCKETS) {
        throw new SqlRefusal(
            SqlRefusal.Reason.OUT_OF_MEMORY,
            "more than "
                + MOST_BUCKETS
                + " buckets of several streams together; ask for wider ones or a shorter time",
            null);
      }
    }
    return all;
  }

  @Override
  public void close() {
    List<StatisticRow> rest = new ArrayList<>(opened);
    opened.clear();
    rest.forEach(StatisticRow::close);
  }
}
