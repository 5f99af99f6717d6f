package org.btrdb.sql.read;

import org.btrdb.client.Cursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;

/** How many points a range holds: one window over all of it. */
final class PointCount {
  private PointCount() {}

  static long of(StreamTable table, TimeRange range, Execution execution) {
    long count = 0;
    try (Cursor<StatBatch> cursor =
        execution
            .btrdb()
            .windows(
                table.stream().uuid(),
                range,
                range.lengthNanos(),
                StreamVersion.LATEST,
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
