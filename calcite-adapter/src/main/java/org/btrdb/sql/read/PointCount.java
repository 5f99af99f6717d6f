package org.btrdb.sql.read;

import org.btrdb.client.Cursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/** How many points a range holds: one window over all of it. */
final class PointCount {
  private PointCount() {}

  static long of(StreamRequest request, TimeRange range, Execution execution) {
    long count = 0;
    try (Cursor<StatBatch> cursor =
        execution
            .btrdb()
            .windows(
                request.table().stream().uuid(),
                range,
                range.lengthNanos(),
                request.version().number(execution.parameters()),
                execution.scope())) {
      while (cursor.next()) {
        for (int i = 0; i < cursor.current().size(); i++) {
          count += cursor.current().count(i);
        }
      }
    }
    return count;
  }
}
