package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.Point;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** The one row of statistics over a whole range. */
final class WholeRow extends StatisticRow {
  private final WindowRead request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private @Nullable WindowBuckets begun;
  private boolean answered;

  private WholeRow(
      WindowRead request,
      List<TimeRange> ranges,
      Execution execution,
      @Nullable WindowBuckets begun) {
    super(request.columns());
    this.request = request;
    this.ranges = ranges;
    this.execution = execution;
    this.begun = begun;
    statistics.clear();
  }

  /** Makes the calls of windows, if one version answers them all; nothing waits for an answer. */
  static WholeRow open(WindowRead request, List<TimeRange> ranges, Execution execution) {
    boolean begin = !ranges.isEmpty() && request.needsWindows() && pointTimes(request) == 0;
    return new WholeRow(
        request, ranges, execution, begin ? windows(request, ranges, execution) : null);
  }

  private static long pointTimes(WindowRead request) {
    return request.columns().stream().filter(WindowRead.Column::isPointTime).distinct().count();
  }

  private static WindowBuckets windows(
      WindowRead request, List<TimeRange> ranges, Execution execution) {
    return WindowBuckets.open(request, ranges.stream().map(WindowPiece::whole).toList(), execution);
  }

  private void read() {
    if (begun != null) {
      addAll(begun);
      begun = null;
    } else if (!request.needsWindows() && pointTimes(request) == 1 && ranges.size() == 1) {
      readOnce();
    } else if (!ranges.isEmpty()) {
      Snapshot.consistent(
          request,
          execution,
          () -> {
            readOnce();
            return this;
          });
    }
  }

  private void readOnce() {
    statistics.clear();
    firstNanos = null;
    lastNanos = null;
    if (request.needsWindows()) {
      addAll(windows(request, ranges, execution));
    }
    if (request.columns().contains(WindowRead.Column.FIRST_TIME)) {
      for (int i = 0; i < ranges.size() && firstNanos == null; i++) {
        firstNanos = time(EdgePoint.FIRST, ranges.get(i));
      }
    }
    if (request.columns().contains(WindowRead.Column.LAST_TIME)) {
      for (int i = ranges.size() - 1; i >= 0 && lastNanos == null; i--) {
        lastNanos = time(EdgePoint.LAST, ranges.get(i));
      }
    }
  }

  private void addAll(WindowBuckets windows) {
    try (windows) {
      while (windows.next()) {
        windows.addTo(statistics);
      }
    }
  }

  private @Nullable Long time(EdgePoint edge, TimeRange range) {
    return edge.in(
            request.table().stream().uuid(),
            range,
            request.version().number(execution.parameters()),
            execution)
        .map(Point::timeNanos)
        .orElse(null);
  }

  @Override
  public boolean next() {
    if (answered) {
      return false;
    }
    answered = true;
    read();
    return true;
  }

  @Override
  public void close() {
    answered = true;
    if (begun != null) {
      begun.close();
      begun = null;
    }
  }
}
