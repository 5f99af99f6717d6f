package org.btrdb.sql.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Goes down the tree of a stream wherever a test cannot decide by the statistics of a window, and
 * hands out what is left in order of time: windows as a whole, and points.
 *
 * <p>Level after level of the tree is asked for, but never more windows at once than fit a small
 * memory, and of no level whose windows hold so few points that the points themselves cost no more.
 * Where the finest windows decide little, points are read without asking for a while. All calls see
 * one version.
 */
final class ValueDescent implements AutoCloseable {
  /** Calls under way at once. */
  private static final int AT_ONCE = 8;

  /** Windows of one call. */
  private static final long CALL_WINDOWS = 8192;

  private static final int MOST_PENALTY = 64;

  private final StreamRequest request;
  private final List<TimeRange> ranges;
  private final WindowTest test;
  private final DescentLevels levels;
  private final Execution execution;
  private final UUID stream;
  private final Deque<SearchPart> parts = new ArrayDeque<>();

  /** The calls of the first parts, which are all points. */
  private final Deque<DataCursor<PointBatch>> opened = new ArrayDeque<>();

  /** The first parts, taken out to be asked about, and a call for each that is undecided. */
  private final List<SearchPart> front = new ArrayList<>();

  private final List<DataCursor<StatBatch>> calls = new ArrayList<>();

  private OneVersion version;
  private int attempts = 1;

  /** A search that ends early shall not have asked for much. */
  private int asksAtOnce = 1;

  private int readsAtOnce = 1;

  /** Calls for the finest windows to leave out, and how many after the next that decided little. */
  private int leftOut;

  private int penalty;
  private PointBatch points = PointBatch.EMPTY;
  private SearchPart.@Nullable Taken taken;

  private ValueDescent(
      StreamRequest request,
      List<TimeRange> ranges,
      WindowTest test,
      DescentLevels levels,
      Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.test = test;
    this.levels = levels;
    this.execution = execution;
    this.stream = request.table().stream().uuid();
    this.version = new OneVersion(request, execution);
  }

  /**
   * A descent that has made its first calls; nothing waits for an answer.
   *
   * @param ranges ascending, apart, none empty
   */
  static ValueDescent open(
      StreamRequest request, List<TimeRange> ranges, WindowTest test, Execution execution) {
    return open(request, ranges, test, DescentLevels.OF_TREE, execution);
  }

  /**
   * A descent through certain windows that has made its first calls.
   *
   * @param ranges ascending, apart, none empty
   */
  static ValueDescent open(
      StreamRequest request,
      List<TimeRange> ranges,
      WindowTest test,
      DescentLevels levels,
      Execution execution) {
    ValueDescent descent = new ValueDescent(request, ranges, test, levels, execution);
    try {
      descent.begin();
      return descent;
    } catch (RuntimeException e) {
      descent.close();
      throw e;
    }
  }

  /**
   * Begins anew if a call failed because the stream changed under way; false if that happened too
   * often or the failure is another. Only for a caller that has used nothing of what it got.
   */
  boolean beginsAnew(BtrdbException failure) {
    if (failure.code() != ErrorCode.CONCURRENT_CHANGE || attempts == Snapshot.ATTEMPTS) {
      return false;
    }
    attempts++;
    close();
    version = new OneVersion(request, execution);
    begin();
    return true;
  }

  /** Moves to the next windows or points; false at the end. */
  boolean next() {
    points = PointBatch.EMPTY;
    taken = null;
    while (!parts.isEmpty() || !front.isEmpty()) {
      if (!front.isEmpty()) {
        descend();
        continue;
      }
      SearchPart part = parts.element();
      if (part instanceof SearchPart.Taken windows) {
        parts.remove();
        taken = windows;
        return true;
      }
      if (part instanceof SearchPart.Undecided) {
        descend();
      } else if (nextPoints()) {
        return true;
      }
    }
    return false;
  }

  /** The windows moved to; null if these are points. */
  SearchPart.@Nullable Taken windows() {
    return taken;
  }

  /** The points moved to. */
  PointBatch points() {
    return points;
  }

  /** The time of the first or the last point of a window that windows say has points. */
  long edge(boolean isLast, long fromNanos, long toNanos) {
    Optional<Point> point =
        execution
            .btrdb()
            .nearest(
                stream,
                isLast ? toNanos + 1 : fromNanos,
                isLast,
                version.toAsk(),
                execution.scope());
    if (version.isBuffered()) {
      version.answered(execution.btrdb().version(stream, execution.scope()));
    }
    return point
        .map(Point::timeNanos)
        .filter(time -> time >= fromNanos && time <= toNanos)
        .orElseThrow(() -> version.changed("points of a window are gone"));
  }

  private boolean nextPoints() {
    if (opened.isEmpty()) {
      openSome();
    }
    DataCursor<PointBatch> cursor = opened.element();
    boolean moved = cursor.next();
    version.answered(cursor.version());
    if (!moved) {
      opened.remove().close();
      parts.remove();
      return false;
    }
    points = cursor.current();
    return points.size() > 0;
  }

  private void openSome() {
    for (SearchPart part : parts) {
      if (!(part instanceof SearchPart.Points some) || opened.size() == readsAtOnce) {
        break;
      }
      opened.add(execution.btrdb().raw(stream, some.range(), version.toAsk(), execution.scope()));
    }
    readsAtOnce = Math.min(AT_ONCE, readsAtOnce * 2);
  }

  private void begin() {
    ranges.forEach(range -> parts.add(levels.first(range)));
    if (parts.peek() instanceof SearchPart.Points) {
      openSome();
    } else if (parts.peek() instanceof SearchPart.Undecided) {
      ask();
    }
  }

  /** Takes parts from the front and asks for the windows of those that are undecided. */
  private void ask() {
    while (calls.size() < asksAtOnce && front.size() < CALL_WINDOWS && !parts.isEmpty()) {
      SearchPart part = parts.remove();
      if (part instanceof SearchPart.Undecided undecided) {
        SearchPart.Undecided some = cut(undecided);
        if (isLeftOut(some)) {
          part = new SearchPart.Points(some.range(), some.count());
        } else {
          part = some;
          calls.add(call(some));
        }
      }
      front.add(part);
    }
    asksAtOnce = Math.min(AT_ONCE, asksAtOnce * 2);
  }

  /** Puts what windows say of undecided parts in their place. */
  private void descend() {
    if (front.isEmpty()) {
      ask();
    }
    SearchParts found = new SearchParts();
    int call = 0;
    for (SearchPart part : front) {
      if (part instanceof SearchPart.Undecided undecided) {
        found.cut();
        try (DataCursor<StatBatch> windows = calls.get(call++)) {
          read(undecided, windows, found);
        }
      } else {
        found.add(part);
      }
    }
    front.clear();
    calls.clear();
    for (int i = found.list().size() - 1; i >= 0; i--) {
      parts.push(found.list().get(i));
    }
  }

  /** As much of a part as one call is made for; the rest goes back. */
  private SearchPart.Undecided cut(SearchPart.Undecided part) {
    if (part.windows() <= CALL_WINDOWS) {
      return part;
    }
    TimeRange range = part.range();
    long first = range.startNanos() >> part.pointWidth() << part.pointWidth();
    long middle = first + (CALL_WINDOWS << part.pointWidth());
    long before =
        part.count() < 0
            ? part.count()
            : (long) (part.count() * ((double) CALL_WINDOWS / part.windows()));
    parts.push(
        new SearchPart.Undecided(
            new TimeRange(middle, range.endNanos()),
            part.pointWidth(),
            part.count() < 0 ? part.count() : part.count() - before));
    return new SearchPart.Undecided(
        new TimeRange(range.startNanos(), middle), part.pointWidth(), before);
  }

  private boolean isLeftOut(SearchPart.Undecided part) {
    if (leftOut == 0 || !levels.areFinest(part)) {
      return false;
    }
    leftOut--;
    return true;
  }

  private DataCursor<StatBatch> call(SearchPart.Undecided part) {
    return execution
        .btrdb()
        .alignedWindows(
            stream, part.aligned(), part.pointWidth(), version.toAsk(), execution.scope());
  }

  private void read(SearchPart.Undecided part, DataCursor<StatBatch> cursor, SearchParts found) {
    long left = 0;
    boolean more = true;
    while (more) {
      more = cursor.next();
      version.answered(cursor.version());
      StatBatch windows = more ? cursor.current() : new StatBatch(0);
      for (int i = 0; i < windows.size(); i++) {
        left += place(part, windows, i, found);
      }
    }
    if (levels.areFinest(part)) {
      penalty = left > part.count() / 2 ? Math.min(MOST_PENALTY, 2 * penalty + 1) : 0;
      leftOut = penalty;
    }
  }

  /** Puts a window where it belongs; answers the points that windows did not decide on. */
  private long place(SearchPart.Undecided part, StatBatch windows, int i, SearchParts found) {
    long width = 1L << part.pointWidth();
    long start = windows.time(i);
    TimeRange range =
        new TimeRange(
            Math.max(start, part.range().startNanos()),
            Math.min(start + width, part.range().endNanos()));
    boolean isWhole = range.lengthNanos() == width;
    long count = windows.count(i);
    WindowTest.Action action = test.of(windows, i, width);
    if (action == WindowTest.Action.TAKE && !isWhole) {
      action = WindowTest.Action.DESCEND;
    }
    switch (action) {
      case SKIP -> found.skip(count);
      case TAKE -> found.take(windows, i, width);
      case READ -> found.points(range, count);
      case DESCEND -> {
        if (levels.inside(range, part.pointWidth(), count) instanceof SearchPart.Undecided finer) {
          found.undecided(range, finer.pointWidth(), count);
        } else {
          found.points(range, count);
        }
        return count;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    opened.forEach(DataCursor::close);
    opened.clear();
    calls.forEach(DataCursor::close);
    calls.clear();
    front.clear();
    parts.clear();
    points = PointBatch.EMPTY;
    taken = null;
  }
}
