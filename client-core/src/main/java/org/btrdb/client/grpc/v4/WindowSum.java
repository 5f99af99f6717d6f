package org.btrdb.client.grpc.v4;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * One window of any bounds, made of aligned windows, in which 4.x servers are right, and of the few
 * points at its ends that no aligned window holds.
 */
final class WindowSum {
  /** The widths of the tree's levels, so that a call never answers more than 126 windows. */
  private static final int[] POINT_WIDTHS = {56, 50, 44, 38, 32, 26, 20, 14, 8};

  private final Source source;
  private final TimeRange window;
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double mean;
  private @Nullable StreamVersion version;
  private boolean mixed;

  /** What the window is made of. */
  interface Source {
    /** Aligned windows of a range whose ends are aligned. */
    DataCursor<StatBatch> aligned(TimeRange range, int pointWidth);

    /** The points of a range, in any order. */
    DataCursor<PointBatch> points(TimeRange range);
  }

  private WindowSum(Source source, TimeRange window) {
    this.source = source;
    this.window = window;
  }

  /** Reads a window that lies in the domain. */
  static WindowSum of(Source source, TimeRange window) {
    WindowSum sum = new WindowSum(source, window);
    sum.read();
    return sum;
  }

  private void read() {
    boolean begun = false;
    long left = window.startNanos();
    long right = window.endNanos();
    for (int pointWidth : POINT_WIDTHS) {
      long mask = -1L << pointWidth;
      long start = (window.startNanos() - mask - 1) & mask;
      long end = window.endNanos() & mask;
      if (!begun) {
        if (start < end) {
          begun = true;
          addAligned(start, end, pointWidth);
          left = start;
          right = end;
        }
      } else {
        addAligned(start, left, pointWidth);
        addAligned(right, end, pointWidth);
        left = start;
        right = end;
      }
    }
    if (begun) {
      addPoints(window.startNanos(), left);
      addPoints(right, window.endNanos());
    } else {
      addPoints(window.startNanos(), window.endNanos());
    }
  }

  private void addAligned(long start, long end, int pointWidth) {
    if (start >= end) {
      return;
    }
    try (DataCursor<StatBatch> cursor = source.aligned(new TimeRange(start, end), pointWidth)) {
      while (cursor.next()) {
        StatBatch windows = cursor.current();
        for (int i = 0; i < windows.size(); i++) {
          add(windows.min(i), windows.mean(i), windows.max(i), windows.count(i));
        }
      }
      answered(cursor.version());
    }
  }

  private void addPoints(long start, long end) {
    if (start >= end) {
      return;
    }
    try (DataCursor<PointBatch> cursor = source.points(new TimeRange(start, end))) {
      while (cursor.next()) {
        PointBatch points = cursor.current();
        for (int i = 0; i < points.size(); i++) {
          add(points.value(i), points.value(i), points.value(i), 1);
        }
      }
      answered(cursor.version());
    }
  }

  private void add(double itsMin, double itsMean, double itsMax, long itsCount) {
    min = Math.min(min, itsMin);
    max = Math.max(max, itsMax);
    count += itsCount;
    mean += (itsMean - mean) * ((double) itsCount / count);
  }

  private void answered(StreamVersion by) {
    mixed |= version != null && !version.equals(by);
    version = by;
  }

  /** Whether all of it is of one version, this one. */
  boolean isOf(StreamVersion one) {
    return !mixed && one.equals(version);
  }

  /** The window; null if it holds no point. */
  @Nullable StatBatch batch() {
    if (count == 0) {
      return null;
    }
    StatBatch batch = new StatBatch(1);
    batch.add(window.startNanos(), min, mean, max, count, Double.NaN);
    return batch;
  }
}
