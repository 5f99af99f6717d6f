package org.btrdb.embedded.server;

import java.util.List;
import java.util.function.Function;
import org.btrdb.client.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Lists in messages of limited size; one message if there is nothing.
 *
 * @param <T> an element
 * @param <M> the message
 */
final class ListAnswers<T, M> implements Answers<M> {
  /** As 4.x (reference 2.1). */
  private static final int ELEMENTS = 1000;

  private final Cursor<List<T>> cursor;
  private final Function<List<T>, M> message;
  private List<T> part = List.of();
  private int taken;
  private boolean answered;

  ListAnswers(Cursor<List<T>> cursor, Function<List<T>, M> message) {
    this.cursor = cursor;
    this.message = message;
  }

  @Override
  public @Nullable M next() {
    while (taken == part.size()) {
      if (!cursor.next()) {
        return answered ? null : empty();
      }
      part = cursor.current();
      taken = 0;
    }
    int from = taken;
    taken = Math.min(part.size(), from + ELEMENTS);
    answered = true;
    return message.apply(part.subList(from, taken));
  }

  private M empty() {
    answered = true;
    return message.apply(List.of());
  }

  @Override
  public void close() {
    cursor.close();
  }
}
