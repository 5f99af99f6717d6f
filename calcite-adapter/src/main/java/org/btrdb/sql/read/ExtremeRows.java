package org.btrdb.sql.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;

/**
 * The rows of an extreme read. Each window has a point as good as its best value; so of all windows
 * of a level no more matter than points are wanted, the best ones.
 */
final class ExtremeRows implements RowCursor {
  private static final int AT_ONCE = 8;

  /** Candidates that are kept before the best are chosen. */
  private static final int MOST_UNSORTED = 8192;

  private final ExtremeRead request;
  private final List<TimeRange> ranges;
  private final BestPoints best;
  private final Execution execution;
  private final UUID stream;
  private final Deque<DataCursor<?>> opened = new ArrayDeque<>();
  private OneVersion version;
  private int size = -1;
  private int row = -1;

  /**
   * A part that may hold one of the best points.
   *
   * @param part its points, or windows in it
   * @param score of its best value; {@link Long#MAX_VALUE} if nothing is known of it
   * @param isCertain whether it has a point of that score
   */
  private record Candidate(SearchPart part, long score, long startNanos, boolean isCertain) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingLong(Candidate::score)
            .reversed()
            .thenComparingLong(Candidate::startNanos);
  }

  ExtremeRows(ExtremeRead request, List<TimeRange> ranges, BestPoints best, Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.best = best;
    this.execution = execution;
    this.stream = request.table().stream().uuid();
    this.version = new OneVersion(request, execution);
  }

  @Override
  public boolean next() {
    if (size < 0) {
      find();
      size = best.sorted();
    }
    return ++row < size;
  }

  private void find() {
    for (int attempt = 1; best.wanted() > 0; attempt++) {
      try {
        readBest(candidates());
        return;
      } catch (BtrdbException e) {
        if (e.code() != ErrorCode.CONCURRENT_CHANGE || attempt == Snapshot.ATTEMPTS) {
          throw e;
        }
        closeCalls();
        best.clear();
        version = new OneVersion(request, execution);
      }
    }
  }

  /** Goes down level by level until points are left only. */
  private List<Candidate> candidates() {
    List<Candidate> level = new ArrayList<>();
    for (TimeRange range : ranges) {
      SearchPart first = DescentLevels.OF_TREE.first(range);
      level.add(new Candidate(first, Long.MAX_VALUE, range.startNanos(), false));
    }
    while (level.stream().anyMatch(c -> c.part() instanceof SearchPart.Undecided)) {
      List<Candidate> next = new ArrayList<>();
      List<SearchPart.Undecided> asked = new ArrayList<>();
      for (Candidate candidate : level) {
        if (candidate.part() instanceof SearchPart.Undecided undecided) {
          asked.add(undecided);
        } else {
          next.add(candidate);
        }
      }
      for (int i = 0; i < asked.size(); i += AT_ONCE) {
        ask(asked.subList(i, Math.min(asked.size(), i + AT_ONCE)), next);
        if (next.size() > Math.max(MOST_UNSORTED, 2 * Math.min(best.wanted(), 1L << 40))) {
          next = chosen(next);
        }
      }
      level = chosen(next);
    }
    return level;
  }

  private void ask(List<SearchPart.Undecided> parts, List<Candidate> found) {
    List<DataCursor<StatBatch>> calls = new ArrayList<>();
    for (SearchPart.Undecided part : parts) {
      DataCursor<StatBatch> call =
          execution
              .btrdb()
              .alignedWindows(
                  stream, part.aligned(), part.pointWidth(), version.toAsk(), execution.scope());
      calls.add(call);
      opened.add(call);
    }
    for (int i = 0; i < calls.size(); i++) {
      DataCursor<StatBatch> call = calls.get(i);
      boolean more = true;
      while (more) {
        more = call.next();
        version.answered(call.version());
        for (int w = 0; more && w < call.current().size(); w++) {
          found.add(candidate(parts.get(i), call.current(), w));
        }
      }
    }
    closeCalls();
  }

  private Candidate candidate(SearchPart.Undecided part, StatBatch windows, int i) {
    long start = windows.time(i);
    long width = 1L << part.pointWidth();
    TimeRange range =
        new TimeRange(
            Math.max(start, part.range().startNanos()),
            Math.min(start + width, part.range().endNanos()));
    SearchPart inside = DescentLevels.OF_TREE.inside(range, part.pointWidth(), windows.count(i));
    // Nobody says what a server makes of NaN or an infinity among the values of a window.
    boolean isKnown = Double.isFinite(windows.mean(i));
    long score =
        isKnown ? best.score(request.largest() ? windows.max(i) : windows.min(i)) : Long.MAX_VALUE;
    return new Candidate(
        inside, score, range.startNanos(), isKnown && range.lengthNanos() == width);
  }

  /** Those that matter: nothing worse than as many certain ones as points are wanted. */
  private List<Candidate> chosen(List<Candidate> candidates) {
    candidates.sort(Candidate.BEST_FIRST);
    long certain = 0;
    for (int i = 0; i < candidates.size(); i++) {
      certain += candidates.get(i).isCertain() ? 1 : 0;
      if (certain == best.wanted()) {
        return new ArrayList<>(candidates.subList(0, i + 1));
      }
    }
    return candidates;
  }

  private void readBest(List<Candidate> candidates) {
    Deque<Candidate> waiting = new ArrayDeque<>(candidates);
    Deque<DataCursor<PointBatch>> calls = new ArrayDeque<>();
    while (!waiting.isEmpty() || !calls.isEmpty()) {
      while (calls.size() < AT_ONCE && !waiting.isEmpty()) {
        Candidate candidate = waiting.remove();
        if (best.canTake(candidate.score(), candidate.startNanos())) {
          SearchPart.Points points = (SearchPart.Points) candidate.part();
          DataCursor<PointBatch> call =
              execution.btrdb().raw(stream, points.range(), version.toAsk(), execution.scope());
          calls.add(call);
          opened.add(call);
        }
      }
      if (!calls.isEmpty()) {
        read(calls.remove());
        opened.remove().close();
      }
    }
  }

  private void read(DataCursor<PointBatch> call) {
    boolean more = true;
    while (more) {
      more = call.next();
      version.answered(call.version());
      for (int i = 0; more && i < call.current().size(); i++) {
        best.add(call.current().time(i), call.current().value(i));
      }
    }
  }

  private void closeCalls() {
    opened.forEach(DataCursor::close);
    opened.clear();
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long getLong(int column) {
    return best.time(row);
  }

  @Override
  public double getDouble(int column) {
    return best.value(row);
  }

  @Override
  public Object getObject(int column) {
    return request.points().columns().get(column) == RawRead.Column.TIME
        ? (Object) getLong(column)
        : (Object) getDouble(column);
  }

  @Override
  public void close() {
    size = 0;
    closeCalls();
  }
}
