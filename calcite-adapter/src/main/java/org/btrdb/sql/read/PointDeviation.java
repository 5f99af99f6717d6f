package org.btrdb.sql.read;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.time.TimeRange;

/**
 * The standard deviation of a window from its points. Real servers answer NaN for windows over data
 * in their write buffer (reference 1.9).
 */
final class PointDeviation {
  private PointDeviation() {}

  /** The population standard deviation of the points of a range, which is not empty. */
  static double of(StreamRequest request, TimeRange range, Execution execution) {
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
    return points.stddevPop();
  }
}
