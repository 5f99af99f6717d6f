package org.btrdb.sql.read;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;

/** The points themselves, for buckets that are finer than the points. */
final class PointBuckets implements BucketSource {
  private final DataCursor<PointBatch> cursor;
  private PointBatch batch = PointBatch.EMPTY;
  private int index = -1;

  PointBuckets(DataCursor<PointBatch> cursor) {
    this.cursor = cursor;
  }

  @Override
  public boolean next() {
    while (++index >= batch.size()) {
      if (!cursor.next()) {
        return false;
      }
      batch = cursor.current();
      index = -1;
    }
    return true;
  }

  @Override
  public long timeNanos() {
    return batch.time(index);
  }

  @Override
  public void addTo(Statistics statistics) {
    double value = batch.value(index);
    statistics.add(1, value, value, value, 0);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
