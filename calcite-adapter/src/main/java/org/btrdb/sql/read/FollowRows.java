package org.btrdb.sql.read;

import java.util.List;
import java.util.UUID;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** Rows of a subscription; the reader's own thread waits for them. */
final class FollowRows extends BatchRows {
  private final UUID stream;
  private final Subscription subscription;

  /**
   * Subscribes, and waits for the first part: every insert that begins after it is told. A server
   * that leaves out the part without points makes this wait for an insert.
   */
  FollowRows(FollowRead request, Execution execution) {
    super(request.columns());
    this.stream = request.table().stream().uuid();
    this.subscription = execution.btrdb().subscribe(List.of(stream), execution.scope());
    try {
      takePart();
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
  }

  private void takePart() {
    row = -1;
    batch = PointBatch.EMPTY;
    if (!subscription.next()) {
      throw new BtrdbException(
          ErrorCode.UNAVAILABLE,
          "the server ended the subscription to stream "
              + stream
              + "; what is inserted from now on is not told");
    }
    batch = subscription.current().points();
  }

  @Override
  public boolean next() {
    while (++row >= batch.size()) {
      takePart();
    }
    return true;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
