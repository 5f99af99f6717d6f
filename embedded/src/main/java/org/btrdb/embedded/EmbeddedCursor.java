package org.btrdb.embedded;

import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the parts that a walk over an immutable tree or an index finds; each step looks whether
 * the connection and the call still live.
 */
final class EmbeddedCursor<T> implements DataCursor<T> {
  private static final StreamVersion NO_VERSION = new StreamVersion(0, 0);

  private final EmbeddedBtrdb connection;
  private final CallScope scope;
  private final StreamVersion version;
  private final Step<T> step;
  private @Nullable T current;
  private boolean begun;
  private boolean atEnd;
  private boolean closed;

  private EmbeddedCursor(
      EmbeddedBtrdb connection, CallScope scope, StreamVersion version, Step<T> step) {
    this.connection = connection;
    this.scope = scope;
    this.version = version;
    this.step = step;
  }

  /** A cursor over one state of a stream. */
  static <T> EmbeddedCursor<T> over(
      EmbeddedBtrdb connection,
      CallScope scope,
      OpenStream stream,
      StreamState state,
      Step<T> step) {
    return new EmbeddedCursor<>(
        connection, scope, state.version(), () -> stream.<@Nullable T>reading(step::next));
  }

  /** A cursor over metadata. */
  static <T> EmbeddedCursor<T> over(EmbeddedBtrdb connection, CallScope scope, Step<T> step) {
    return new EmbeddedCursor<>(connection, scope, NO_VERSION, step);
  }

  @Override
  public boolean next() {
    if (closed) {
      throw new BtrdbException(ErrorCode.CLOSED, "the cursor is closed");
    }
    connection.checkOpen();
    scope.check();
    begun = true;
    current = atEnd ? null : connection.<@Nullable T>whileOpen(step::next);
    atEnd = current == null;
    return !atEnd;
  }

  @Override
  public T current() {
    if (current == null) {
      throw new IllegalStateException("no part: next() was not called, or was false");
    }
    return current;
  }

  @Override
  public StreamVersion version() {
    if (!begun) {
      throw new IllegalStateException("next() was not called");
    }
    return version;
  }

  @Override
  public void close() {
    closed = true;
    current = null;
  }

  /** Finds the next part, null at the end. */
  @FunctionalInterface
  interface Step<T> {
    @Nullable T next();
  }
}
