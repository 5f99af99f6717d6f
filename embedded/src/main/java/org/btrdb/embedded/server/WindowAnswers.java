package org.btrdb.embedded.server;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * All windows of a range, in messages; those without points, which the interface leaves out, are
 * put in between (reference 11).
 */
final class WindowAnswers implements Answers<WireBytes> {
  private final DataCursor<StatBatch> cursor;
  private final long endNanos;
  private final long widthNanos;
  private final StatMessages messages;
  private final StatRun run;
  private long nextNanos;

  /**
   * The windows of a range.
   *
   * @param range a whole number of windows, at least one
   */
  WindowAnswers(
      DataCursor<StatBatch> cursor, TimeRange range, long widthNanos, StatMessages messages) {
    this.cursor = cursor;
    this.messages = messages;
    this.run = new StatRun(cursor);
    this.nextNanos = range.startNanos();
    this.endNanos = range.endNanos();
    this.widthNanos = widthNanos;
  }

  @Override
  public @Nullable WireBytes next() {
    if (nextNanos == endNanos) {
      return null;
    }
    boolean more = run.hasNext();
    messages.begin(cursor.version());
    for (int room = StatAnswers.WINDOWS; room > 0 && nextNanos != endNanos; room--) {
      if (more && run.time() == nextNanos) {
        run.takeInto(messages);
        more = run.hasNext();
      } else {
        messages.addEmpty(nextNanos);
      }
      nextNanos += widthNanos;
    }
    return messages.message();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
