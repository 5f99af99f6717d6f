package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/**
 * Windows of 2^61 and 2^62 ns counted from the start of the domain, put together from those of 2^60
 * ns, of which the domain has four. Go's Count asks for them (reference 8, row 5).
 */
final class WideWindows implements DataCursor<StatBatch> {
  /** The widest windows that are aligned to the epoch and to the domain alike. */
  static final int NARROW = 60;

  private final DataCursor<StatBatch> narrow;
  private final int pointWidth;
  private final StatBatch wide = new StatBatch(4);
  private boolean read;

  WideWindows(DataCursor<StatBatch> narrow, int pointWidth) {
    this.narrow = narrow;
    this.pointWidth = pointWidth;
  }

  @Override
  public boolean next() {
    if (read) {
      return false;
    }
    read = true;
    StatBatch parts = new StatBatch(4);
    while (narrow.next()) {
      StatBatch batch = narrow.current();
      for (int i = 0; i < batch.size(); i++) {
        parts.add(
            batch.time(i),
            batch.min(i),
            batch.mean(i),
            batch.max(i),
            batch.count(i),
            batch.stddev(i));
      }
    }
    int from = 0;
    while (from < parts.size()) {
      from = combine(parts, from);
    }
    return true;
  }

  private long windowOf(long time) {
    return (time - TimeRange.MIN_NANOS) >> pointWidth;
  }

  /** Adds the window that holds the from-th part; returns the first part after it. */
  private int combine(StatBatch parts, int from) {
    long window = windowOf(parts.time(from));
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double mean = 0;
    double squares = 0;
    long count = 0;
    int i = from;
    for (; i < parts.size() && windowOf(parts.time(i)) == window; i++) {
      long both = count + parts.count(i);
      double apart = parts.mean(i) - mean;
      double share = (double) parts.count(i) / both;
      squares += parts.stddev(i) * parts.stddev(i) * parts.count(i) + apart * apart * count * share;
      mean += apart * share;
      min = Math.min(min, parts.min(i));
      max = Math.max(max, parts.max(i));
      count = both;
    }
    long start = TimeRange.MIN_NANOS + (window << pointWidth);
    wide.add(start, min, mean, max, count, Math.sqrt(squares / count));
    return i;
  }

  @Override
  public StatBatch current() {
    return wide;
  }

  @Override
  public StreamVersion version() {
    return narrow.version();
  }

  @Override
  public void close() {
    narrow.close();
  }
}
