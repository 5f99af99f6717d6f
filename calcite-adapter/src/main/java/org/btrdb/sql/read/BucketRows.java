package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** One row for each bucket that holds points, in ascending order. */
final class BucketRows extends StatisticRow {
  private static final long FEW_WINDOWS = 1_000_000;

  private final @Nullable Grid grid;
  private final @Nullable BucketSource parts;
  private boolean ahead;

  private BucketRows(
      List<WindowRead.Column> columns,
      Execution execution,
      @Nullable Grid grid,
      @Nullable BucketSource parts) {
    super(columns, execution.btrdb().capabilities().standardDeviation());
    this.grid = grid;
    this.parts = parts;
  }

  /** Rows of parts that each lie inside one bucket of a grid; closing them closes the parts. */
  static BucketRows of(
      List<WindowRead.Column> columns, Grid grid, BucketSource parts, Execution execution) {
    return new BucketRows(columns, execution, grid, parts);
  }

  static BucketRows open(WindowRead request, List<TimeRange> ranges, Execution execution) {
    Grid grid = request.bucket().grid(execution.parameters());
    Calls calls = calls(request, ranges, grid, execution);
    if (calls.ranges().isEmpty()) {
      return new BucketRows(request.columns(), execution, null, null);
    }
    BucketSource parts =
        calls.points()
            ? new PointBuckets(request, calls.ranges(), execution)
            : WindowBuckets.open(
                request,
                calls.ranges().stream().flatMap(range -> grid.cover(range).stream()).toList(),
                execution);
    return of(request.columns(), grid, parts, execution);
  }

  /**
   * What to ask for.
   *
   * @param ranges where the points are, none empty
   * @param points whether to read the points and not windows
   */
  record Calls(List<TimeRange> ranges, boolean points) {}

  /**
   * Decides what to ask for. A server answers every window of a Windows call, empty ones too: many
   * windows are first narrowed to the data, and where buckets are finer than the points it is the
   * points that are few.
   */
  static Calls calls(WindowRead request, List<TimeRange> ranges, Grid grid, Execution execution) {
    if (ranges.stream().noneMatch(range -> grid.isWide(range))) {
      return new Calls(ranges, false);
    }
    List<TimeRange> narrow =
        ranges.stream()
            .map(r -> grid.isWide(r) ? narrowed(request, r, execution) : r)
            .filter(range -> !range.isEmpty())
            .toList();
    long windows = narrow.stream().mapToLong(grid::windows).sum();
    boolean points =
        windows > FEW_WINDOWS
            && windows > narrow.stream().mapToLong(r -> PointCount.of(request, r, execution)).sum();
    return new Calls(narrow, points);
  }

  /**
   * A range cut to where points are. A point written between these calls and the windows may be
   * left out, as if it had been written after the statement.
   */
  private static TimeRange narrowed(WindowRead request, TimeRange range, Execution execution) {
    UUID stream = request.table().stream().uuid();
    long version = request.version().number(execution.parameters());
    Optional<Point> first =
        execution.btrdb().nearest(stream, range.startNanos(), false, version, execution.scope());
    if (first.isEmpty() || first.get().timeNanos() >= range.endNanos()) {
      return new TimeRange(0, 0);
    }
    Optional<Point> last =
        execution.btrdb().nearest(stream, range.endNanos(), true, version, execution.scope());
    long end = last.map(p -> p.timeNanos() + 1).orElse(range.endNanos());
    return new TimeRange(first.get().timeNanos(), Math.max(end, first.get().timeNanos() + 1));
  }

  @Override
  public boolean next() {
    if (parts == null || grid == null) {
      return false;
    }
    statistics.clear();
    if (!ahead && !parts.next()) {
      return false;
    }
    ahead = false;
    bucketNanos = grid.bucketOf(parts.timeNanos());
    parts.addTo(statistics);
    while (parts.next()) {
      if (grid.bucketOf(parts.timeNanos()) != bucketNanos) {
        ahead = true;
        break;
      }
      parts.addTo(statistics);
    }
    return true;
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.close();
    }
  }
}
