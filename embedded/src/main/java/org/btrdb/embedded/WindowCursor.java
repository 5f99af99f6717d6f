package org.btrdb.embedded;

import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.WindowWalk;

/** The windows of a walk, some hundreds at a time in one batch used again and again. */
final class WindowCursor implements DataCursor<StatBatch> {
  private static final int BATCH_WINDOWS = 512;

  private final EmbeddedBtrdb connection;
  private final CallScope scope;
  private final StreamVersion version;
  private final WindowWalk walk;
  private final StatBatch batch = new StatBatch(16);
  private boolean closed;

  WindowCursor(EmbeddedBtrdb connection, CallScope scope, StreamVersion version, WindowWalk walk) {
    this.connection = connection;
    this.scope = scope;
    this.version = version;
    this.walk = walk;
  }

  @Override
  public boolean next() {
    batch.clear();
    if (closed) {
      return false;
    }
    connection.check(scope);
    closed = !walk.next(batch, BATCH_WINDOWS);
    return !closed;
  }

  @Override
  public StatBatch current() {
    return batch;
  }

  @Override
  public StreamVersion version() {
    return version;
  }

  @Override
  public void close() {
    closed = true;
  }
}
