package org.btrdb.embedded.server;

import org.jspecify.annotations.Nullable;

/**
 * The messages of one streamed answer, made one by one as the reader takes them.
 *
 * @param <M> the message
 */
interface Answers<M> extends AutoCloseable {

  /** The next message, null after the last; it may use the arrays of the one before. */
  @Nullable M next();

  @Override
  void close();
}
