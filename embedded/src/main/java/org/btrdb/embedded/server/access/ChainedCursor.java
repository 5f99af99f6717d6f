package org.btrdb.embedded.server.access;

import java.util.Iterator;
import org.btrdb.client.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Several cursors one after the other; each is opened when the one before has ended.
 *
 * @param <T> the part handed out
 */
final class ChainedCursor<T> implements Cursor<T> {
  private final Iterator<Cursor<T>> cursors;
  private @Nullable Cursor<T> open;

  /**
   * A chain.
   *
   * @param cursors opens each when it is asked for it
   */
  ChainedCursor(Iterator<Cursor<T>> cursors) {
    this.cursors = cursors;
  }

  @Override
  public boolean next() {
    while (open == null || !open.next()) {
      if (!cursors.hasNext()) {
        return false;
      }
      if (open != null) {
        open.close();
      }
      open = cursors.next();
    }
    return true;
  }

  @Override
  public T current() {
    if (open == null) {
      throw new IllegalStateException("no part: next() was not called, or was false");
    }
    return open.current();
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
