package org.btrdb.client.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.btrdb.client.time.TimeRange;

/** The nodes that points would lie in, and what depends on them. */
final class TreeShape {
  private static final int LEAF = 1024;
  private static final int FAN_OUT = 64;
  private static final int LEVEL_BITS = 6;
  private static final int ROOT_WIDTH = 56;

  private TreeShape() {}

  /** The last point before a time, as a 4.x server finds it: never in the first child of a node. */
  static Optional<Sample> nearestBackward(List<Sample> samples, long time) {
    return backward(samples, TimeRange.MIN_NANOS, ROOT_WIDTH, time);
  }

  private static Optional<Sample> backward(
      List<Sample> samples, long start, int pointWidth, long time) {
    if (pointWidth < 0 || (samples.size() <= LEAF && pointWidth < ROOT_WIDTH)) {
      return samples.stream().filter(s -> s.time() < time).reduce((a, b) -> b);
    }
    for (int bucket = FAN_OUT - 1; bucket > 0; bucket--) {
      long from = start + ((long) bucket << pointWidth);
      if (from >= time) {
        continue;
      }
      List<Sample> inside = Sample.inside(samples, from, from + (1L << pointWidth));
      if (!inside.isEmpty()) {
        Optional<Sample> found = backward(inside, from, below(pointWidth), time);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static int below(int pointWidth) {
    return pointWidth == 2 ? 0 : pointWidth == 0 ? -1 : pointWidth - LEVEL_BITS;
  }

  /** The ranges of nodes whose points differ, joined. */
  static List<TimeRange> changed(List<Sample> before, List<Sample> after, int resolution) {
    if (after.isEmpty() && !before.isEmpty()) {
      return List.of(new TimeRange(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS));
    }
    Map<Sample, Integer> difference = new HashMap<>();
    before.forEach(s -> difference.merge(s, -1, Integer::sum));
    after.forEach(s -> difference.merge(s, 1, Integer::sum));
    difference.values().removeIf(n -> n == 0);
    List<TimeRange> ranges = new ArrayList<>();
    for (Sample sample :
        difference.keySet().stream().sorted((a, b) -> Long.compare(a.time(), b.time())).toList()) {
      TimeRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last == null || sample.time() >= last.endNanos()) {
        ranges.add(node(after, sample.time(), resolution));
      }
    }
    return joined(ranges);
  }

  private static TimeRange node(List<Sample> samples, long time, int resolution) {
    int pointWidth = ROOT_WIDTH;
    while (true) {
      long start = time & (-1L << pointWidth);
      TimeRange range = new TimeRange(start, start + (1L << pointWidth));
      if (pointWidth <= resolution
          || pointWidth == 0
          || Sample.inside(samples, start, range.endNanos()).size() <= LEAF) {
        return range;
      }
      pointWidth = below(pointWidth);
    }
  }

  /** Ascending ranges, those that touch made one. */
  static List<TimeRange> joined(List<TimeRange> ranges) {
    List<TimeRange> joined = new ArrayList<>();
    ranges.stream()
        .sorted((a, b) -> Long.compare(a.startNanos(), b.startNanos()))
        .forEach(
            range -> {
              int last = joined.size() - 1;
              if (last >= 0 && range.startNanos() <= joined.get(last).endNanos()) {
                long end = Math.max(joined.get(last).endNanos(), range.endNanos());
                joined.set(last, new TimeRange(joined.get(last).startNanos(), end));
              } else {
                joined.add(range);
              }
            });
    return joined;
  }
}
