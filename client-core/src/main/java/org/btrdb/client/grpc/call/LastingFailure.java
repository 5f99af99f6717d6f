package org.btrdb.client.grpc.call;

import org.btrdb.client.DataCursor;
import org.btrdb.client.model.StreamVersion;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that fails again once it has failed: what stopped halfway has neither an end nor a rest
 * that could be read.
 *
 * @param <B> the kind of batch
 */
public final class LastingFailure<B> implements DataCursor<B> {
  private final DataCursor<B> cursor;
  private @Nullable RuntimeException failure;

  /** A cursor that closes what it reads. */
  public LastingFailure(DataCursor<B> cursor) {
    this.cursor = cursor;
  }

  @Override
  public boolean next() {
    if (failure != null) {
      throw failure;
    }
    try {
      return cursor.next();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public B current() {
    return cursor.current();
  }

  @Override
  public StreamVersion version() {
    return cursor.version();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
