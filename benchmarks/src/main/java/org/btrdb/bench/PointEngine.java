package org.btrdb.bench;

import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** A database in this process that holds one series of points; such databases are compared. */
interface PointEngine extends AutoCloseable {

  /** Stores points that come after those it has; they are durable when it returns. */
  void insert(PointBatch points);

  /** Reads all points in order of time. */
  ScanSums scan();

  /** Statistics of all equal windows of a range, without the empty ones, in order of time. */
  StatBatch windows(TimeRange range, long widthNanos);

  /** Statistics of all points; the time of this one window has no meaning. */
  StatBatch statistics();

  /** The last point before a time, which must exist. */
  Point before(long timeNanos);

  @Override
  void close();
}
