package org.btrdb.client.multi;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;

/** The points of one stream on a grid, in batches; closing it closes the points. */
final class SnappedPoints implements DataCursor<PointBatch> {
  private static final int ROWS = 4096;

  private final DataCursor<PointBatch> points;
  private final GridRun run;
  private final long[] times = new long[ROWS];
  private final double[] values = new double[ROWS];
  private int size;

  SnappedPoints(DataCursor<PointBatch> points, TimeGrid grid) {
    this.points = points;
    this.run = new GridRun(points, grid);
  }

  @Override
  public boolean next() {
    size = 0;
    while (size < ROWS && run.advance()) {
      times[size] = run.time();
      values[size++] = run.value();
    }
    return size > 0;
  }

  @Override
  public PointBatch current() {
    return new PointBatch(times, values, 0, size);
  }

  @Override
  public StreamVersion version() {
    return points.version();
  }

  @Override
  public void close() {
    size = 0;
    run.close();
  }
}
