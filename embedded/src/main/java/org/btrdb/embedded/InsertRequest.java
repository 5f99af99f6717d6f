package org.btrdb.embedded;

import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.tree.Points;

/** One call to insert: all points are looked at first, then stored in steps of bounded size. */
record InsertRequest(Engine engine, UUID uuid, PointBatch points, MergePolicy policy) {
  /** Points that one step may have; each step is stored whole or not at all. */
  static final int MAX_POINTS = 1_000_000;

  StreamVersion run(CallScope scope) {
    OpenStream stream = engine.stream(uuid);
    checkPoints();
    StreamVersion version = stream.published().version();
    for (int from = 0; from < points.size(); from += MAX_POINTS) {
      PointBatch step = points.slice(from, Math.min(MAX_POINTS, points.size() - from));
      try {
        scope.check();
        version = engine.insert(uuid, Points.sorted(step), policy);
      } catch (BtrdbException e) {
        throw from == 0 ? e : partly(from, e);
      }
    }
    return version;
  }

  private BtrdbException partly(int stored, BtrdbException cause) {
    return new BtrdbException(
        cause.code(),
        cause.getMessage()
            + " ("
            + stored
            + " of "
            + points.size()
            + " points for stream "
            + uuid
            + " were stored)",
        cause);
  }

  private void checkPoints() {
    for (int i = 0; i < points.size(); i++) {
      long time = points.time(i);
      double value = points.value(i);
      if (time < TimeRange.MIN_NANOS || time > TimeRange.MAX_POINT_NANOS) {
        throw new BtrdbException(
            ErrorCode.INVALID_TIME_RANGE,
            "point "
                + i
                + " for stream "
                + uuid
                + ": time "
                + time
                + " ns lies outside "
                + TimeRange.MIN_NANOS
                + " to "
                + TimeRange.MAX_POINT_NANOS);
      }
      if (!Double.isFinite(value)) {
        throw new BtrdbException(
            ErrorCode.INVALID_VALUE,
            "point "
                + i
                + " for stream "
                + uuid
                + ", at "
                + time
                + " ns: "
                + value
                + " cannot be stored");
      }
    }
  }
}
