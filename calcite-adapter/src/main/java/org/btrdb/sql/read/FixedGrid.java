package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.NanoFunctions;

/**
 * Windows of equal width that every bucket is made of.
 *
 * @param widthNanos width of the windows
 * @param originNanos where one begins
 * @param months the calendar period they combine to, 0 if each is a bucket of its own
 */
record FixedGrid(long widthNanos, long originNanos, long months) implements Grid {

  /** The last boundary at or before a time. */
  long floor(long nanos) {
    return NanoFunctions.floor(nanos, widthNanos, originNanos);
  }

  /** The first boundary at or after a time. */
  long ceil(long nanos) {
    return NanoFunctions.ceil(nanos, widthNanos, originNanos);
  }

  @Override
  public long bucketOf(long nanos) {
    return months == 0 ? floor(nanos) : NanoFunctions.calendarFloor(nanos, months);
  }

  @Override
  public long next(long bucketNanos) {
    if (months > 0) {
      try {
        return NanoFunctions.calendarNext(bucketNanos, months);
      } catch (SqlRefusal e) {
        return Long.MAX_VALUE;
      }
    }
    long next = bucketNanos + widthNanos;
    return next < bucketNanos ? Long.MAX_VALUE : next;
  }

  @Override
  public long windows(TimeRange range) {
    return range.lengthNanos() / widthNanos;
  }

  /** One call for all whole windows in the middle, and one for each end that cuts through one. */
  @Override
  public List<WindowPiece> cover(TimeRange range) {
    long start = range.startNanos();
    long end = range.endNanos();
    long firstBoundary = boundaryAfter(start, end);
    if (firstBoundary >= end) {
      return List.of(WindowPiece.whole(start, end));
    }
    long lastBoundary = floor(end);
    List<WindowPiece> pieces = new ArrayList<>(3);
    if (start < firstBoundary) {
      pieces.add(WindowPiece.whole(start, firstBoundary));
    }
    if (firstBoundary < lastBoundary) {
      pieces.add(new WindowPiece(new TimeRange(firstBoundary, lastBoundary), widthNanos));
    }
    if (lastBoundary < end) {
      pieces.add(WindowPiece.whole(lastBoundary, end));
    }
    return pieces;
  }

  /** The first boundary at or after the start, or the end if there is none before it. */
  private long boundaryAfter(long start, long end) {
    long floor = floor(start);
    if (floor == start) {
      return start;
    }
    // The next boundary may lie beyond 64 bits when the width is huge.
    return end - floor <= widthNanos && end - floor > 0 ? end : Math.min(end, floor + widthNanos);
  }
}
