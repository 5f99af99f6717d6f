package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** One row for each bucket that holds points, in ascending order. */
final class BucketRows extends StatisticRow {
  private static final long FEW_WINDOWS = 1_000_000;

  private final Bucket.@Nullable Grid grid;
  private final @Nullable BucketSource parts;
  private boolean ahead;

  private BucketRows(
      List<WindowRead.Column> columns, Bucket.@Nullable Grid grid, @Nullable BucketSource parts) {
    super(columns);
    this.grid = grid;
    this.parts = parts;
  }

  static BucketRows open(WindowRead request, TimeRange range, Execution execution) {
    Bucket.Grid grid = request.bucket().grid(execution.parameters());
    TimeRange narrow = range;
    if (!range.isEmpty() && WindowPiece.isWide(range, grid)) {
      narrow = narrowed(request.table().stream().uuid(), range, execution);
    }
    if (narrow.isEmpty()) {
      return new BucketRows(request.columns(), null, null);
    }
    return new BucketRows(request.columns(), grid, parts(request, narrow, grid, execution));
  }

  /**
   * A server answers every window of a Windows call, empty ones too: where the buckets are finer
   * than the points it is the points that are few.
   */
  private static BucketSource parts(
      WindowRead request, TimeRange range, Bucket.Grid grid, Execution execution) {
    UUID stream = request.table().stream().uuid();
    long windows = range.lengthNanos() / grid.widthNanos();
    if (windows > FEW_WINDOWS && windows > count(request, range, execution)) {
      return new PointBuckets(
          execution.btrdb().raw(stream, range, StreamVersion.LATEST, execution.scope()));
    }
    return WindowBuckets.open(request, WindowPiece.cover(range, grid), execution);
  }

  private static long count(WindowRead request, TimeRange range, Execution execution) {
    Statistics all = new Statistics();
    all.clear();
    List<WindowPiece> whole = List.of(new WindowPiece(range, range.lengthNanos()));
    try (WindowBuckets counted = WindowBuckets.open(request, whole, execution)) {
      while (counted.next()) {
        counted.addTo(all);
      }
    }
    return all.count();
  }

  /**
   * A range cut to where points are. A point written between these calls and the windows may be
   * left out, as if it had been written after the statement.
   */
  private static TimeRange narrowed(UUID stream, TimeRange range, Execution execution) {
    Optional<Point> first =
        execution
            .btrdb()
            .nearest(stream, range.startNanos(), false, StreamVersion.LATEST, execution.scope());
    if (first.isEmpty() || first.get().timeNanos() >= range.endNanos()) {
      return new TimeRange(0, 0);
    }
    Optional<Point> last =
        execution
            .btrdb()
            .nearest(stream, range.endNanos(), true, StreamVersion.LATEST, execution.scope());
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
