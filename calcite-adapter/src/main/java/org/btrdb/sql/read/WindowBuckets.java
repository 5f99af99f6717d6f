package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** Windows of one or several calls on one version of a stream, in ascending order. */
final class WindowBuckets implements BucketSource {
  private final WindowRead request;
  private final Execution execution;
  private final List<WindowPiece> pieces;
  private final Snapshot.Windows windows;
  private final boolean needsDeviation;
  private int piece;
  private boolean opened;
  private int index = -1;

  private WindowBuckets(
      WindowRead request,
      Execution execution,
      List<WindowPiece> pieces,
      Snapshot.Windows windows,
      boolean needsDeviation) {
    this.request = request;
    this.execution = execution;
    this.pieces = pieces;
    this.windows = windows;
    this.needsDeviation = needsDeviation;
  }

  static WindowBuckets open(WindowRead request, List<WindowPiece> pieces, Execution execution) {
    return new WindowBuckets(
        request,
        execution,
        pieces,
        Snapshot.windows(request, pieces, execution),
        request.needsDeviation());
  }

  @Override
  public boolean next() {
    while (piece < pieces.size()) {
      DataCursor<StatBatch> cursor = windows.cursors().get(piece);
      if (!opened) {
        opened = true;
        index = -1;
        if (!windows.hasPart().get(piece)) {
          nextPiece();
          continue;
        }
      }
      if (++index < cursor.current().size()) {
        return true;
      }
      index = -1;
      if (!cursor.next()) {
        nextPiece();
      }
    }
    return false;
  }

  private void nextPiece() {
    windows.cursors().get(piece).close();
    piece++;
    opened = false;
  }

  @Override
  public long timeNanos() {
    return windows.cursors().get(piece).current().time(index);
  }

  @Override
  public void addTo(Statistics statistics) {
    StatBatch batch = windows.cursors().get(piece).current();
    double stddev = batch.stddev(index);
    if (needsDeviation && Double.isNaN(stddev)) {
      stddev = exactDeviation(batch);
    }
    statistics.add(
        batch.count(index), batch.min(index), batch.mean(index), batch.max(index), stddev);
  }

  /**
   * Real servers answer NaN over data in their write buffer (reference 1.9): ask for the points.
   */
  private double exactDeviation(StatBatch batch) {
    long start = batch.time(index);
    TimeRange range = new TimeRange(start, start + pieces.get(piece).widthNanos());
    Statistics points = new Statistics();
    points.clear();
    try (DataCursor<PointBatch> cursor =
        execution
            .btrdb()
            .raw(
                request.table().stream().uuid(),
                range,
                request.version().number(execution.parameters()),
                execution.scope())) {
      while (cursor.next()) {
        PointBatch part = cursor.current();
        for (int i = 0; i < part.size(); i++) {
          double value = part.value(i);
          points.add(1, value, value, value, 0);
        }
      }
    }
    return Math.sqrt(points.varPop());
  }

  @Override
  public void close() {
    windows.cursors().forEach(DataCursor::close);
  }
}
