package org.btrdb.client.grpc.v4;

import java.util.Optional;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The last point before a time. A 4.x server that looks backward never looks into the first child
 * of a node: it finds an older point or none. Forward it is right, so one look forward from what it
 * found tells whether there is more; if so, aligned windows narrow down where the last one is.
 */
final class NearestBackward {
  private static final int ATTEMPTS = 10;

  /** A call answers no more than about 2^10 windows. */
  private static final int SPLIT_BITS = 10;

  private final PlainReads plain;
  private final StreamRead read;

  NearestBackward(PlainReads plain, StreamRead read) {
    this.plain = plain;
    this.read = read;
  }

  /** The last point before a time of the domain. */
  Optional<Point> before(long timeNanos) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Point> found = plain.nearest(read, timeNanos, true);
      long after = found.isPresent() ? found.get().timeNanos() + 1 : TimeRange.MIN_NANOS;
      @Nullable Long missed = firstIn(after, timeNanos);
      if (missed == null) {
        return found;
      }
      Optional<Point> last = last(missed, timeNanos);
      if (last.isPresent()) {
        return last;
      }
      // The points were deleted meanwhile.
    }
    throw changed();
  }

  private BtrdbException changed() {
    return Changed.during(read, "its last points keep changing");
  }

  private @Nullable Long firstIn(long startNanos, long endNanos) {
    if (startNanos >= endNanos) {
      return null;
    }
    return plain
        .nearest(read, startNanos, false)
        .map(Point::timeNanos)
        .filter(time -> time < endNanos)
        .orElse(null);
  }

  /** The last point of a range that begins with a point; empty if points vanish meanwhile. */
  private Optional<Point> last(long startNanos, long endNanos) {
    long start = startNanos;
    long end = endNanos;
    while (true) {
      int pointWidth = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(end - start) - SPLIT_BITS);
      if (pointWidth == 0) {
        return lastPoint(new TimeRange(start, end));
      }
      long mask = -1L << pointWidth;
      long lastEdge = Math.max(start, end & mask);
      @Nullable Long beyondEdge = firstIn(lastEdge, end);
      if (beyondEdge != null) {
        start = beyondEdge;
        continue;
      }
      // What begins with a point and ends at the edge is made of windows that end there.
      @Nullable Long window = lastWindow(new TimeRange(start & mask, end & mask), pointWidth);
      if (window == null) {
        return Optional.empty();
      }
      start = Math.max(start, window);
      end = window + (1L << pointWidth);
    }
  }

  private @Nullable Long lastWindow(TimeRange range, int pointWidth) {
    if (range.isEmpty()) {
      return null;
    }
    Long last = null;
    try (DataCursor<StatBatch> cursor = plain.aligned(read, range, pointWidth)) {
      while (cursor.next()) {
        StatBatch windows = cursor.current();
        if (windows.size() > 0) {
          last = windows.time(windows.size() - 1);
        }
      }
    }
    return last;
  }

  private Optional<Point> lastPoint(TimeRange range) {
    Point last = null;
    try (DataCursor<PointBatch> cursor = plain.raw(read, range)) {
      while (cursor.next()) {
        PointBatch points = cursor.current();
        for (int i = 0; i < points.size(); i++) {
          if (last == null || points.time(i) >= last.timeNanos()) {
            last = new Point(points.time(i), points.value(i));
          }
        }
      }
    }
    return Optional.ofNullable(last);
  }
}
