package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;

/** Windows one by one, across the batches of a cursor. */
final class StatRun {
  private final DataCursor<StatBatch> cursor;
  private StatBatch batch = new StatBatch(0);
  private int taken;
  private boolean ended;

  StatRun(DataCursor<StatBatch> cursor) {
    this.cursor = cursor;
  }

  boolean hasNext() {
    while (!ended && taken == batch.size()) {
      ended = !cursor.next();
      if (!ended) {
        batch = cursor.current();
        taken = 0;
      }
    }
    return !ended;
  }

  /** The start of the next window; only if there is one. */
  long time() {
    return batch.time(taken);
  }

  void takeInto(StatMessages messages) {
    messages.add(batch, taken++);
  }
}
