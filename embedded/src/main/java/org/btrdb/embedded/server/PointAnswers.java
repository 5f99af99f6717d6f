package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.wire.WireBytes;
import org.jspecify.annotations.Nullable;

/** Points in messages of a size that the transport likes best; one message if there are none. */
final class PointAnswers implements Answers<WireBytes> {
  /** Measured: smaller messages halve the throughput, larger ones win nothing. */
  static final int POINTS = 20_000;

  private final DataCursor<PointBatch> cursor;
  private final PointMessages messages;
  private PointBatch batch = PointBatch.EMPTY;
  private int taken;
  private boolean answered;

  PointAnswers(DataCursor<PointBatch> cursor, PointMessages messages) {
    this.cursor = cursor;
    this.messages = messages;
  }

  @Override
  public @Nullable WireBytes next() {
    boolean more = fill();
    if (!more && answered) {
      return null;
    }
    answered = true;
    messages.begin(cursor.version());
    for (int room = POINTS; room > 0 && more; more = fill()) {
      int count = Math.min(room, batch.size() - taken);
      messages.add(batch.slice(taken, count));
      taken += count;
      room -= count;
    }
    return messages.message();
  }

  /** Has a batch with points not yet taken; false at the end. */
  private boolean fill() {
    while (taken == batch.size()) {
      if (!cursor.next()) {
        return false;
      }
      batch = cursor.current();
      taken = 0;
    }
    return true;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
