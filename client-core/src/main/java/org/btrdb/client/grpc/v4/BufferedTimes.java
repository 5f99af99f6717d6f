package org.btrdb.client.grpc.v4;

import java.util.Arrays;
import java.util.List;
import org.btrdb.client.Cursor;
import org.btrdb.client.time.TimeRange;

/**
 * Where the buffered points of a stream may be: ranges outside of which there is none.
 *
 * <p>They are what Changes tells from a stream's version to the latest. It is asked only after an
 * answer said that points are buffered; they leave the buffer only by a commit, after which Changes
 * tells the nodes of the tree that they went to. So there always is something to tell, and a server
 * that has nothing to tell is what would never answer.
 */
final class BufferedTimes {
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int size;

  private BufferedTimes() {}

  /** Reads ranges that ascend, as a server sends them. */
  static BufferedTimes of(Cursor<List<TimeRange>> changes) {
    BufferedTimes times = new BufferedTimes();
    while (changes.next()) {
      changes.current().forEach(times::add);
    }
    return times;
  }

  private void add(TimeRange range) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    starts[size] = range.startNanos();
    ends[size++] = range.endNanos();
  }

  /** The part of a range outside of which no buffered point is; empty if there is none inside. */
  TimeRange within(TimeRange range) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      if (starts[i] < range.endNanos() && ends[i] > range.startNanos()) {
        start = Math.min(start, starts[i]);
        end = Math.max(end, ends[i]);
      }
    }
    return new TimeRange(Math.max(start, range.startNanos()), Math.min(end, range.endNanos()));
  }

  /** Whether a buffered point may be in {@code [startNanos, endNanos)}. */
  boolean mayTouch(long startNanos, long endNanos) {
    // The first range that ends after the start.
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > startNanos) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < size && starts[low] < endNanos;
  }
}
