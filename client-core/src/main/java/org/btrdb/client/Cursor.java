package org.btrdb.client;

/**
 * A forward-only reader of parts of an answer, pulled by the caller's own thread.
 *
 * <p>Closing ends the call behind it at once and is idempotent. Not thread-safe, but for {@link
 * CallScope#cancel()} of its scope, which may come from any thread.
 *
 * @param <T> the part handed out: a list, or a columnar batch
 */
public interface Cursor<T> extends AutoCloseable {

  /** Moves to the next part; false at the end, however often it is called. Parts may be empty. */
  boolean next();

  /** The part moved to; valid until the next {@link #next()} or {@link #close()}. */
  T current();

  @Override
  void close();
}
