package org.btrdb.client.grpc.call;

import org.btrdb.client.DataCursor;
import org.btrdb.client.model.StreamVersion;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a range that can hold nothing, for which no call is made unless someone asks for
 * the version.
 *
 * @param <B> the kind of batch
 */
public final class EmptyCursor<B> implements DataCursor<B> {
  private final StreamRead read;
  private @Nullable StreamVersion version;
  private boolean begun;

  /** A cursor without any part. */
  public EmptyCursor(StreamRead read) {
    this.read = read;
  }

  @Override
  public boolean next() {
    begun = true;
    return false;
  }

  @Override
  public B current() {
    throw new IllegalStateException("next() returned false");
  }

  @Override
  public StreamVersion version() {
    if (!begun) {
      throw new IllegalStateException("the version is known after the first next()");
    }
    if (version == null) {
      version = read.versionIfUnsaid();
    }
    return version;
  }

  @Override
  public void close() {}
}
