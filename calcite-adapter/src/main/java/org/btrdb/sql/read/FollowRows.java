package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;

/** Rows of a subscription; the reader's own thread waits for them. */
final class FollowRows extends BatchRows {
  private final Subscription subscription;

  /**
   * Subscribes, and waits for the first part: every insert that begins after it is told. A server
   * that leaves out the part without points makes this wait for an insert.
   */
  FollowRows(FollowRead request, Execution execution) {
    super(request.columns());
    this.subscription =
        execution.btrdb().subscribe(List.of(request.table().stream().uuid()), execution.scope());
    try {
      takePart();
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
  }

  private boolean takePart() {
    row = -1;
    boolean moved = subscription.next();
    batch = moved ? subscription.current().points() : PointBatch.EMPTY;
    return moved;
  }

  @Override
  public boolean next() {
    while (++row >= batch.size()) {
      if (!takePart()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
