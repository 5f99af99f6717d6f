package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.ValueAggregate.Column;
import org.btrdb.sql.read.ValueAggregate.Use;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a value aggregate: one for each bucket in which a point makes one, in ascending order; or
 * the one row of whole ranges.
 */
final class ValueAggregateRows implements RowCursor {
  private final ValueAggregate request;
  private final List<TimeRange> ranges;
  private final Execution execution;
  private final ChosenPoints chosen;
  private final Column[] columns;
  private final @Nullable Long[] times;
  private final boolean needsTimes;
  private ValueDescent descent;
  private PointBatch points = PointBatch.EMPTY;
  private SearchPart.@Nullable Taken windows;
  private int at = -1;
  private boolean ahead;
  private boolean answered;

  private ValueAggregateRows(
      ValueAggregate request,
      List<TimeRange> ranges,
      ChosenPoints chosen,
      ValueDescent descent,
      Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.execution = execution;
    this.chosen = chosen;
    this.descent = descent;
    this.columns = request.columns().toArray(Column[]::new);
    this.times = new Long[columns.length];
    this.needsTimes = needsTimes(request);
  }

  /** Whether a row has times that no statistics tell. */
  private static boolean needsTimes(ValueAggregate request) {
    return request.columns().stream()
        .anyMatch(c -> c.use() == Use.TIME_OF || c.statistic().isPointTime());
  }

  static ValueAggregateRows open(
      ValueAggregate request, List<TimeRange> ranges, Execution execution) {
    ChosenPoints chosen = ChosenPoints.of(request, execution);
    List<TimeRange> asked = chosen.isNone() ? List.of() : ranges;
    // Where times are needed all begins with asking for the version.
    List<TimeRange> now = needsTimes(request) ? List.of() : asked;
    ValueDescent descent = ValueDescent.open(request, now, chosen, execution);
    return new ValueAggregateRows(request, asked, chosen, descent, execution);
  }

  @Override
  public boolean next() {
    if (!request.isWhole()) {
      return nextBucket();
    }
    if (answered) {
      return false;
    }
    answered = true;
    if (needsTimes && !ranges.isEmpty()) {
      Snapshot.consistent(
          request,
          execution,
          () -> {
            descent.close();
            descent = ValueDescent.open(request, ranges, chosen, execution);
            gather();
            locate();
            return this;
          });
    } else {
      gather();
    }
    return true;
  }

  /** Adds everything up. */
  private void gather() {
    boolean isDone = false;
    while (!isDone) {
      chosen.clear();
      try {
        while (descent.next()) {
          addPart();
        }
        isDone = true;
      } catch (BtrdbException e) {
        if (!descent.beginsAnew(e)) {
          throw e;
        }
      }
    }
  }

  private void addPart() {
    SearchPart.Taken taken = descent.windows();
    if (taken == null) {
      chosen.add(descent.points());
      return;
    }
    for (int i = 0; i < taken.windows().size(); i++) {
      chosen.add(taken.windows(), i, taken.widthNanos());
    }
  }

  private void forget() {
    points = PointBatch.EMPTY;
    windows = null;
    at = -1;
  }

  private boolean nextBucket() {
    while (true) {
      try {
        return gatherBucket();
      } catch (BtrdbException e) {
        if (answered || !descent.beginsAnew(e)) {
          throw e;
        }
        forget();
        ahead = false;
      }
    }
  }

  private boolean gatherBucket() {
    chosen.clear();
    if (!ahead && !moved()) {
      return false;
    }
    long bucket = chosen.bucketOf(timeNanos());
    chosen.parts().forEach(part -> part.bucketNanos = bucket);
    do {
      add();
      ahead = moved();
    } while (ahead && chosen.bucketOf(timeNanos()) == bucket);
    answered = true;
    return true;
  }

  /** Moves to the next window, or to the next point that makes a row. */
  private boolean moved() {
    while (true) {
      if (windows != null) {
        if (++at < windows.windows().size()) {
          return true;
        }
      } else {
        while (++at < points.size()) {
          if (chosen.has(points.value(at))) {
            return true;
          }
        }
      }
      forget();
      if (!descent.next()) {
        return false;
      }
      windows = descent.windows();
      points = descent.points();
    }
  }

  private long timeNanos() {
    return windows == null ? points.time(at) : windows.windows().time(at);
  }

  private void add() {
    if (windows == null) {
      chosen.add(points.time(at), points.value(at));
    } else {
      chosen.add(windows.windows(), at, windows.widthNanos());
    }
  }

  /** Finds out the times that no statistics tell. */
  private void locate() {
    boolean needsEdges = request.columns().stream().anyMatch(c -> c.statistic().isPointTime());
    if (needsEdges) {
      chosen.parts().forEach(part -> part.locate(this::edge));
    }
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].use() == Use.TIME_OF) {
        times[i] = timeOf(i);
      }
    }
  }

  private long edge(long nanos, boolean backward) {
    return execution
        .btrdb()
        .nearest(
            request.table().stream().uuid(),
            nanos,
            backward,
            request.version().number(execution.parameters()),
            execution.scope())
        .map(Point::timeNanos)
        .orElse(nanos);
  }

  private @Nullable Long timeOf(int column) {
    StatisticRow of = chosen.of(column);
    if (of.isNull(column)) {
      return null;
    }
    RawRead all = request.points();
    Scalar value = Scalar.constant(of.getDouble(column));
    ValueSearch search =
        ValueSearch.of(
            new RawRead(
                all.table(), all.version(), all.times(), List.of(RawRead.Column.TIME), Limit.NONE),
            ValueSet.equalTo(value));
    try (RowCursor first = search.open(execution)) {
      return first.next() ? Long.valueOf(first.getLong(0)) : null;
    }
  }

  @Override
  public boolean isNull(int column) {
    return switch (columns[column].use()) {
      case PLAIN -> chosen.of(column).isNull(column);
      case SUM_OF_ONES -> chosen.of(column).statistics.count() == 0;
      case SUM_OF_ONES_AND_ZEROS, SUM_WITH_ZEROS, SHARE -> chosen.count() == 0;
      case TIME_OF -> times[column] == null;
    };
  }

  @Override
  public long getLong(int column) {
    Long time = times[column];
    return switch (columns[column].use()) {
      case TIME_OF -> time == null ? 0 : time;
      case SUM_OF_ONES, SUM_OF_ONES_AND_ZEROS ->
          fitting(column, chosen.of(column).statistics.count());
      default -> chosen.of(column).getLong(column);
    };
  }

  private long fitting(int column, long count) {
    if (!columns[column].type().holds(count)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE,
          "a sum does not fit " + columns[column].type() + ": " + count,
          null);
    }
    return count;
  }

  @Override
  public double getDouble(int column) {
    return switch (columns[column].use()) {
      case SHARE ->
          isNull(column) ? 0 : (double) chosen.of(column).statistics.count() / chosen.count();
      default -> chosen.of(column).getDouble(column);
    };
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (isNull(column)) {
      return null;
    }
    return switch (columns[column].use()) {
      case PLAIN -> chosen.of(column).getObject(column);
      case SUM_OF_ONES, SUM_OF_ONES_AND_ZEROS -> columns[column].type().box(getLong(column));
      case SUM_WITH_ZEROS, SHARE -> (Object) getDouble(column);
      case TIME_OF -> times[column];
    };
  }

  @Override
  public void close() {
    answered = true;
    forget();
    descent.close();
  }
}
