package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.TimeRange;

/** The points themselves, for buckets that are finer than the points. */
final class PointBuckets implements BucketSource {
  private final RawRows points;

  PointBuckets(WindowRead request, List<TimeRange> ranges, Execution execution) {
    RawRead read =
        RawRead.all(request.table()).withVersion(request.version()).withTimes(request.times());
    this.points = new RawRows(read, ranges, execution);
  }

  @Override
  public boolean next() {
    return points.next();
  }

  @Override
  public long timeNanos() {
    return points.getLong(0);
  }

  @Override
  public void addTo(Statistics statistics) {
    double value = points.getDouble(1);
    statistics.add(1, value, value, value, 0);
  }

  @Override
  public void close() {
    points.close();
  }
}
