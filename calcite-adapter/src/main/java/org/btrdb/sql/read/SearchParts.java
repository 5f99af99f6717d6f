package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** Parts in ascending order, those that touch put together. */
final class SearchParts {
  /** So many points more cost less than another call, which is mostly waiting. */
  private static final long FEW_BETWEEN = 16_384;

  private final List<SearchPart> parts = new ArrayList<>();

  /**
   * Points since the last part that is points, skipped or taken; {@link Long#MAX_VALUE} if there is
   * none, or how many is not known.
   */
  private long between = Long.MAX_VALUE;

  List<SearchPart> list() {
    return parts;
  }

  /** Begins with windows of another call: how many points lie between is not known. */
  void cut() {
    between = Long.MAX_VALUE;
  }

  /** Passes over points that do not matter. */
  void skip(long points) {
    between = between > Long.MAX_VALUE - points ? Long.MAX_VALUE : between + points;
  }

  /** Adds a part as it is. */
  void add(SearchPart part) {
    if (part instanceof SearchPart.Points points) {
      points(points.range(), points.count());
    } else {
      parts.add(part);
    }
    between = Long.MAX_VALUE;
  }

  /** Adds a window of which the statistics are taken. */
  void take(StatBatch from, int i, long widthNanos) {
    SearchPart.Taken taken =
        last() instanceof SearchPart.Taken before && before.widthNanos() == widthNanos
            ? before
            : new SearchPart.Taken(new StatBatch(16), widthNanos);
    if (taken.windows().size() == 0) {
      parts.add(taken);
    }
    taken
        .windows()
        .add(from.time(i), from.min(i), from.mean(i), from.max(i), from.count(i), from.stddev(i));
    skip(from.count(i));
  }

  /** Adds points; what was skipped or taken before them is read as well if it is little. */
  void points(TimeRange range, long count) {
    boolean touches =
        last() instanceof SearchPart.Points before
            && before.range().endNanos() == range.startNanos();
    if (!touches && between > FEW_BETWEEN) {
      parts.add(new SearchPart.Points(range, count));
      between = 0;
      return;
    }
    while (!(last() instanceof SearchPart.Points)) {
      parts.remove(parts.size() - 1); // windows taken, whose points are read now
    }
    SearchPart.Points before = (SearchPart.Points) parts.remove(parts.size() - 1);
    parts.add(
        new SearchPart.Points(
            new TimeRange(before.range().startNanos(), range.endNanos()),
            before.count() + (touches ? 0 : between) + count));
    between = 0;
  }

  /** Adds windows to ask for. */
  void undecided(TimeRange range, int pointWidth, long count) {
    if (last() instanceof SearchPart.Undecided before
        && before.range().endNanos() == range.startNanos()
        && before.pointWidth() == pointWidth) {
      parts.set(
          parts.size() - 1,
          new SearchPart.Undecided(
              new TimeRange(before.range().startNanos(), range.endNanos()),
              pointWidth,
              before.count() + count));
    } else {
      parts.add(new SearchPart.Undecided(range, pointWidth, count));
    }
    between = Long.MAX_VALUE;
  }

  private SearchPart last() {
    return parts.isEmpty() ? SearchPart.Taken.NONE : parts.get(parts.size() - 1);
  }
}
