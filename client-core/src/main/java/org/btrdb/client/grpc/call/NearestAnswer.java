package org.btrdb.client.grpc.call;

import java.util.Optional;
import java.util.function.Supplier;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;

/**
 * What a server's answer to Nearest means. Servers have answered a point of time 0 and value 0 for
 * a stream that is empty (issue 56 of the server), so that answer is believed only if the point can
 * be read.
 */
public final class NearestAnswer {
  private NearestAnswer() {}

  /**
   * The point answered; empty if there is none.
   *
   * @param answered as it came
   * @param timeNanos the time asked for
   * @param backward whether points before that time were asked for, and not from it on
   * @param firstNano a read of the range [0, 1) at the same version, opened only in doubt; closed
   *     here
   */
  public static Optional<Point> of(
      Point answered,
      long timeNanos,
      boolean backward,
      Supplier<? extends DataCursor<PointBatch>> firstNano) {
    if (answered.timeNanos() != 0 || answered.value() != 0) {
      return Optional.of(answered);
    }
    boolean wasAskedFor = backward ? timeNanos > 0 : timeNanos <= 0;
    return wasAskedFor && holdsPoints(firstNano) ? Optional.of(answered) : Optional.empty();
  }

  private static boolean holdsPoints(Supplier<? extends DataCursor<PointBatch>> read) {
    try (DataCursor<PointBatch> cursor = read.get()) {
      while (cursor.next()) {
        if (cursor.current().size() > 0) {
          return true;
        }
      }
      return false;
    }
  }
}
