package org.btrdb.sql.read;

import java.util.UUID;
import org.btrdb.client.Cursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** How many points a range holds: one window over all of it. */
public final class PointCount {
  private PointCount() {}

  static long of(StreamRequest request, TimeRange range, Execution execution) {
    return of(
        request.table().stream().uuid(),
        range,
        request.version().number(execution.parameters()),
        execution);
  }

  /**
   * The points of a stream at a version.
   *
   * @param range inside the domain, not empty
   */
  public static long of(UUID stream, TimeRange range, long version, Execution execution) {
    long count = 0;
    try (Cursor<StatBatch> cursor =
        execution.btrdb().windows(stream, range, range.lengthNanos(), version, execution.scope())) {
      while (cursor.next()) {
        for (int i = 0; i < cursor.current().size(); i++) {
          count += cursor.current().count(i);
        }
      }
    }
    return count;
  }
}
