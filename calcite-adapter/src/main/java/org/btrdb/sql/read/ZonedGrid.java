package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.CalendarBuckets;

/**
 * Buckets of different lengths. Some of them that follow each other are read as windows of a width
 * that divides them all, by one call; how many calls that makes is chosen by cost, for a bucket by
 * itself is fewer windows and one more call.
 *
 * @param buckets the buckets
 */
record ZonedGrid(CalendarBuckets buckets) implements Grid {
  /**
   * A call costs as much as so many windows: 20 ms of an embedded tree, a few round trips; and the
   * more calls must see one version, the more often all are made again.
   */
  private static final long CALL = 10_000;

  /** Choosing among more stretches than this would take longer than reading more windows. */
  private static final int MOST_STRETCHES = 2_000;

  /** Buckets of one length that follow each other. */
  private record Stretch(long start, long end, long width) {}

  @Override
  public long bucketOf(long nanos) {
    return buckets.floor(nanos);
  }

  @Override
  public long next(long bucketNanos) {
    return boundFrom(bucketNanos + 1);
  }

  @Override
  public long windows(TimeRange range) {
    return cover(range).stream().mapToLong(p -> p.range().lengthNanos() / p.widthNanos()).sum();
  }

  /** Months of many years are windows of a day at most, which need not be counted to be many. */
  @Override
  public boolean isWide(TimeRange range) {
    long days = range.lengthNanos() / IsoTime.NANOS_PER_DAY;
    boolean isShort = buckets.months() > 0 && buckets.months() <= 12;
    return (isShort && days > 2 * MANY_WINDOWS) || Grid.super.isWide(range);
  }

  @Override
  public List<WindowPiece> cover(TimeRange range) {
    long start = range.startNanos();
    long end = range.endNanos();
    List<Stretch> stretches = stretches(start, end);
    if (stretches.isEmpty()) {
      long bound = Math.min(end, boundFrom(start));
      return bound > start && bound < end
          ? List.of(WindowPiece.whole(start, bound), WindowPiece.whole(bound, end))
          : List.of(WindowPiece.whole(start, end));
    }
    List<WindowPiece> pieces = new ArrayList<>();
    long first = stretches.get(0).start;
    if (start < first) {
      pieces.add(WindowPiece.whole(start, first));
    }
    pieces.addAll(cheapest(stretches));
    long last = stretches.get(stretches.size() - 1).end;
    if (last < end) {
      pieces.add(WindowPiece.whole(last, end));
    }
    return pieces;
  }

  /** The whole buckets inside a range. */
  private List<Stretch> stretches(long start, long end) {
    List<Stretch> found = new ArrayList<>();
    long bound = boundFrom(start);
    while (bound < end) {
      long next = boundFrom(bound + 1);
      if (next > end) {
        break;
      }
      long width = next - bound;
      long stretchEnd = next;
      if (width == buckets.widthNanos() && !isClockSet(bound, next)) {
        // Until a clock is set all windows of that width lie in one bucket each.
        long regular = Math.min(end, buckets.clockSetAfter(next));
        stretchEnd += (regular - next) / width * width;
      }
      add(found, new Stretch(bound, stretchEnd, width));
      bound = stretchEnd;
    }
    return found;
  }

  private boolean isClockSet(long from, long to) {
    return buckets.clockSetAfter(from) <= to;
  }

  private static void add(List<Stretch> found, Stretch stretch) {
    int last = found.size() - 1;
    if (last >= 0 && found.get(last).width == stretch.width) {
      found.set(last, new Stretch(found.get(last).start, stretch.end, stretch.width));
    } else {
      found.add(stretch);
    }
  }

  /** The first bound at or after a time; the largest time if there is none in 64 bits. */
  private long boundFrom(long nanos) {
    try {
      return buckets.ceil(nanos);
    } catch (SqlRefusal e) {
      return Long.MAX_VALUE;
    }
  }

  /** Calls of stretches, some of them together, that cost least. */
  private static List<WindowPiece> cheapest(List<Stretch> stretches) {
    int count = stretches.size();
    if (count > MOST_STRETCHES) {
      return List.of(together(stretches));
    }
    long[] cost = new long[count + 1];
    int[] from = new int[count + 1];
    long[] widths = new long[count + 1];
    for (int to = 1; to <= count; to++) {
      cost[to] = Long.MAX_VALUE;
      long width = 0;
      long end = stretches.get(to - 1).end;
      for (int first = to - 1; first >= 0; first--) {
        width = divisor(width, stretches.get(first).width);
        long windows = (end - stretches.get(first).start) / width;
        if (windows > cost[to]) {
          break; // more windows, whatever is before them
        }
        if (cost[first] + CALL + windows < cost[to]) {
          cost[to] = cost[first] + CALL + windows;
          from[to] = first;
          widths[to] = width;
        }
      }
    }
    List<WindowPiece> pieces = new ArrayList<>();
    for (int to = count; to > 0; to = from[to]) {
      TimeRange range = new TimeRange(stretches.get(from[to]).start, stretches.get(to - 1).end);
      pieces.add(0, new WindowPiece(range, widths[to]));
    }
    return pieces;
  }

  private static WindowPiece together(List<Stretch> stretches) {
    long width = 0;
    for (Stretch stretch : stretches) {
      width = divisor(width, stretch.width);
    }
    return new WindowPiece(
        new TimeRange(stretches.get(0).start, stretches.get(stretches.size() - 1).end), width);
  }

  /** The greatest common divisor. */
  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
