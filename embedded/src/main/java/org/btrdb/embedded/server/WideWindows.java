package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.tree.Summary;

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
    Summary summary = new Summary();
    int i = from;
    for (; i < parts.size() && windowOf(parts.time(i)) == window; i++) {
      double stddev = parts.stddev(i);
      long count = parts.count(i);
      summary.add(count, parts.min(i), parts.max(i), parts.mean(i), stddev * stddev * count);
    }
    wide.add(
        TimeRange.MIN_NANOS + (window << pointWidth),
        summary.min(),
        summary.mean(),
        summary.max(),
        summary.count(),
        summary.stddev());
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
