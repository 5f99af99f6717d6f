package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** Windows of one or several calls on one version of a stream, in ascending order. */
final class WindowBuckets implements BucketSource {
  private final WindowRead request;
  private final Execution execution;
  private final List<WindowPiece> pieces;
  private final List<DataCursor<StatBatch>> begun;
  private Snapshot.@Nullable Windows answered;
  private final boolean needsDeviation;
  private int piece;
  private boolean opened;
  private int index = -1;

  private WindowBuckets(
      WindowRead request,
      Execution execution,
      List<WindowPiece> pieces,
      List<DataCursor<StatBatch>> begun,
      boolean needsDeviation) {
    this.request = request;
    this.execution = execution;
    this.pieces = pieces;
    this.begun = begun;
    this.needsDeviation = needsDeviation;
  }

  /** Makes the calls; their answers are awaited by the first {@link #next()}. */
  static WindowBuckets open(WindowRead request, List<WindowPiece> pieces, Execution execution) {
    return new WindowBuckets(
        request,
        execution,
        pieces,
        Snapshot.begin(request, pieces, execution),
        request.needsDeviation() && execution.btrdb().capabilities().standardDeviation());
  }

  private Snapshot.Windows windows() {
    if (answered == null) {
      answered = Snapshot.windows(request, pieces, begun, execution);
    }
    return answered;
  }

  @Override
  public boolean next() {
    Snapshot.Windows windows = windows();
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
    windows().cursors().get(piece).close();
    piece++;
    opened = false;
  }

  @Override
  public long timeNanos() {
    return windows().cursors().get(piece).current().time(index);
  }

  @Override
  public void addTo(Statistics statistics) {
    StatBatch batch = windows().cursors().get(piece).current();
    double stddev = batch.stddev(index);
    if (needsDeviation && Double.isNaN(stddev)) {
      long start = batch.time(index);
      TimeRange window = new TimeRange(start, start + pieces.get(piece).widthNanos());
      stddev = PointDeviation.of(request, window, execution);
    }
    statistics.add(
        batch.count(index), batch.min(index), batch.mean(index), batch.max(index), stddev);
  }

  @Override
  public void close() {
    (answered == null ? begun : answered.cursors()).forEach(DataCursor::close);
  }
}
