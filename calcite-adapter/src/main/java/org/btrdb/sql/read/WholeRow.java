package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.client.time.TimeRange;

/** The one row of statistics over a whole range. */
final class WholeRow extends StatisticRow {
  private boolean answered;

  private WholeRow(List<WindowRead.Column> columns) {
    super(columns);
    statistics.clear();
  }

  static WholeRow open(WindowRead request, List<TimeRange> ranges, Execution execution) {
    WholeRow row = new WholeRow(request.columns());
    if (ranges.isEmpty()) {
      return row;
    }
    long pointTimes =
        request.columns().stream().filter(WindowRead.Column::isPointTime).distinct().count();
    boolean single =
        pointTimes + (request.needsWindows() ? 1 : 0) == 1
            && (ranges.size() == 1 || pointTimes == 0);
    if (single) {
      row.read(request, ranges, execution);
      return row;
    }
    return Snapshot.consistent(
        request,
        execution,
        () -> {
          WholeRow attempt = new WholeRow(request.columns());
          attempt.read(request, ranges, execution);
          return attempt;
        });
  }

  private void read(WindowRead request, List<TimeRange> ranges, Execution execution) {
    if (request.needsWindows()) {
      try (WindowBuckets windows =
          WindowBuckets.open(
              request, ranges.stream().map(WindowPiece::whole).toList(), execution)) {
        while (windows.next()) {
          windows.addTo(statistics);
        }
      }
    }
    if (request.columns().contains(WindowRead.Column.FIRST_TIME)) {
      for (int i = 0; i < ranges.size() && firstNanos == null; i++) {
        firstNanos = time(request, ranges.get(i).startNanos(), false, ranges.get(i), execution);
      }
    }
    if (request.columns().contains(WindowRead.Column.LAST_TIME)) {
      for (int i = ranges.size() - 1; i >= 0 && lastNanos == null; i--) {
        lastNanos = time(request, ranges.get(i).endNanos(), true, ranges.get(i), execution);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Long time(
      WindowRead request, long from, boolean backward, TimeRange range, Execution execution) {
    Optional<Point> point =
        execution
            .btrdb()
            .nearest(
                request.table().stream().uuid(),
                from,
                backward,
                request.version().number(execution.parameters()),
                execution.scope());
    return point
        .map(Point::timeNanos)
        .filter(t -> t >= range.startNanos() && t < range.endNanos())
        .orElse(null);
  }

  @Override
  public boolean next() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  @Override
  public void close() {
    answered = true;
  }
}
