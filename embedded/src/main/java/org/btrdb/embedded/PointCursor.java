package org.btrdb.embedded;

import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.PointWalk;

/** The points of a walk, the arrays of the leaves themselves. */
final class PointCursor implements DataCursor<PointBatch> {
  private final EmbeddedBtrdb connection;
  private final CallScope scope;
  private final StreamVersion version;
  private final PointWalk walk;
  private PointBatch batch = PointBatch.EMPTY;
  private boolean closed;

  PointCursor(EmbeddedBtrdb connection, CallScope scope, StreamVersion version, PointWalk walk) {
    this.connection = connection;
    this.scope = scope;
    this.version = version;
    this.walk = walk;
  }

  @Override
  public boolean next() {
    if (closed) {
      return false;
    }
    connection.check(scope);
    PointBatch next = walk.next();
    batch = next == null ? PointBatch.EMPTY : next;
    closed = next == null;
    return next != null;
  }

  @Override
  public PointBatch current() {
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
