package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.wire.WireBytes;
import org.jspecify.annotations.Nullable;

/** Windows that hold points, in messages; one message if there are none. */
final class StatAnswers implements Answers<WireBytes> {
  /** As many bytes as a message of points has. */
  static final int WINDOWS = 7_000;

  private final DataCursor<StatBatch> cursor;
  private final StatMessages messages;
  private final StatRun run;
  private boolean answered;

  StatAnswers(DataCursor<StatBatch> cursor, StatMessages messages) {
    this.cursor = cursor;
    this.messages = messages;
    this.run = new StatRun(cursor);
  }

  @Override
  public @Nullable WireBytes next() {
    boolean more = run.hasNext();
    if (!more && answered) {
      return null;
    }
    answered = true;
    messages.begin(cursor.version());
    for (int room = WINDOWS; room > 0 && more; room--, more = run.hasNext()) {
      run.takeInto(messages);
    }
    return messages.message();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
