package org.btrdb.client.grpc.call;

import java.util.function.Function;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamVersion;

/** Stores more points than a server takes at once, in several calls and in order. */
public final class InsertSteps {
  private InsertSteps() {}

  /**
   * Makes the calls; at least one, also for no points.
   *
   * @param mostPoints of one call
   * @param call stores some points
   * @return what the last call answered
   * @throws BtrdbException that of a call, saying how many points were stored before it if any
   */
  public static StreamVersion store(
      PointBatch points, int mostPoints, Function<PointBatch, StreamVersion> call) {
    int stored = 0;
    try {
      while (true) {
        PointBatch step = points.slice(stored, Math.min(points.size() - stored, mostPoints));
        StreamVersion version = call.apply(step);
        stored += step.size();
        if (stored == points.size()) {
          return version;
        }
      }
    } catch (BtrdbException e) {
      throw stored == 0
          ? e
          : new BtrdbException(
              e.code(),
              e.getMessage() + " (" + stored + " of " + points.size() + " points were stored)",
              e);
    }
  }
}
