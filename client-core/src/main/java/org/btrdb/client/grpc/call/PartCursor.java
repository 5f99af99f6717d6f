package org.btrdb.client.grpc.call;

import java.util.List;
import java.util.function.Function;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of lists, one list for each message.
 *
 * @param <R> the message
 * @param <T> an element
 */
public final class PartCursor<R, T> implements Cursor<List<T>> {
  private final OpenCall<?, R> call;
  private final Function<R, List<T>> elements;
  private @Nullable List<T> current;

  /**
   * A cursor that closes the call.
   *
   * @param elements takes a message apart, or throws what its status says
   */
  public PartCursor(OpenCall<?, R> call, Function<R, List<T>> elements) {
    this.call = call;
    this.elements = elements;
  }

  @Override
  public boolean next() {
    current = null;
    try {
      current = call.next(elements);
    } catch (BtrdbException e) {
      throw call.abandon(e);
    }
    return current != null;
  }

  @Override
  public List<T> current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public void close() {
    current = null;
    call.close();
  }
}
