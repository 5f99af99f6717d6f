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

  static WholeRow open(WindowRead request, TimeRange range, Execution execution) {
    WholeRow row = new WholeRow(request.columns());
    if (range.isEmpty()) {
      return row;
    }
    long pointTimes =
        request.columns().stream().filter(WindowRead.Column::isPointTime).distinct().count();
    boolean single = pointTimes + (request.needsWindows() ? 1 : 0) == 1;
    if (single) {
      row.read(request, range, execution);
      return row;
    }
    return Snapshot.consistent(
        request,
        execution,
        () -> {
          WholeRow attempt = new WholeRow(request.columns());
          attempt.read(request, range, execution);
          return attempt;
        });
  }

  private void read(WindowRead request, TimeRange range, Execution execution) {
    if (request.needsWindows()) {
      try (WindowBuckets windows =
          WindowBuckets.open(
              request, List.of(new WindowPiece(range, range.lengthNanos())), execution)) {
        while (windows.next()) {
          windows.addTo(statistics);
        }
      }
    }
    if (request.columns().contains(WindowRead.Column.FIRST_TIME)) {
      firstNanos = time(request, range.startNanos(), false, range, execution);
    }
    if (request.columns().contains(WindowRead.Column.LAST_TIME)) {
      lastNanos = time(request, range.endNanos(), true, range, execution);
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
