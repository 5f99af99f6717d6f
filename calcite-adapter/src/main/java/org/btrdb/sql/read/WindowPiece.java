package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;

/**
 * One Windows call.
 *
 * @param range a whole number of windows
 * @param widthNanos their width
 */
record WindowPiece(TimeRange range, long widthNanos) {
  /** Above so many windows it is worth asking first where the data begin and end. */
  private static final long MANY_WINDOWS = 10_000;

  /** Whether a range has so many windows that it should be narrowed to the data first. */
  static boolean isWide(TimeRange range, Bucket.Grid grid) {
    return range.lengthNanos() / grid.widthNanos() > MANY_WINDOWS;
  }

  /**
   * The calls that cover a range exactly: one for all whole windows in the middle, and one for each
   * end that cuts through a window. At most three, in ascending order.
   */
  static List<WindowPiece> cover(TimeRange range, Bucket.Grid grid) {
    long start = range.startNanos();
    long end = range.endNanos();
    long firstBoundary = boundaryAfter(start, end, grid);
    if (firstBoundary >= end) {
      return List.of(whole(start, end));
    }
    long lastBoundary = grid.floor(end);
    List<WindowPiece> pieces = new ArrayList<>(3);
    if (start < firstBoundary) {
      pieces.add(whole(start, firstBoundary));
    }
    if (firstBoundary < lastBoundary) {
      pieces.add(new WindowPiece(new TimeRange(firstBoundary, lastBoundary), grid.widthNanos()));
    }
    if (lastBoundary < end) {
      pieces.add(whole(lastBoundary, end));
    }
    return pieces;
  }

  /** The first boundary at or after the start, or the end if there is none before it. */
  private static long boundaryAfter(long start, long end, Bucket.Grid grid) {
    long floor = grid.floor(start);
    if (floor == start) {
      return start;
    }
    // The next boundary may lie beyond 64 bits when the width is huge.
    return end - floor <= grid.widthNanos() && end - floor > 0
        ? end
        : Math.min(end, floor + grid.widthNanos());
  }

  /** A range as one window. */
  static WindowPiece whole(TimeRange range) {
    return new WindowPiece(range, range.lengthNanos());
  }

  private static WindowPiece whole(long start, long end) {
    return new WindowPiece(new TimeRange(start, end), end - start);
  }
}
