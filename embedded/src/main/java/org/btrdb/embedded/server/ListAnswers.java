package org.btrdb.embedded.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.btrdb.client.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Lists in messages of limited size; one message if there is nothing.
 *
 * @param <T> what is read
 * @param <E> an element of a message
 * @param <M> the message
 */
final class ListAnswers<T, E, M> implements Answers<M> {
  /** As 4.x (reference 2.1). */
  private static final int ELEMENTS = 1000;

  /** Far below what any client takes, also with one more element, whatever may be stored in it. */
  private static final int BYTES = 1 << 18;

  private final Cursor<List<T>> cursor;
  private final Function<T, E> element;
  private final ToIntFunction<E> bytesOf;
  private final Function<List<E>, M> message;
  private List<T> part = List.of();
  private int taken;
  private boolean answered;

  /**
   * Lists of what may be large.
   *
   * @param element makes an element
   * @param bytesOf the size of an element
   */
  ListAnswers(
      Cursor<List<T>> cursor,
      Function<T, E> element,
      ToIntFunction<E> bytesOf,
      Function<List<E>, M> message) {
    this.cursor = cursor;
    this.element = element;
    this.bytesOf = bytesOf;
    this.message = message;
  }

  /** Lists of what is never larger than a few hundred bytes. */
  static <E, M> ListAnswers<E, E, M> ofSmall(Cursor<List<E>> cursor, Function<List<E>, M> message) {
    return new ListAnswers<>(cursor, Function.identity(), e -> 0, message);
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
    List<E> elements = new ArrayList<>();
    for (int bytes = 0; taken < part.size() && elements.size() < ELEMENTS && bytes < BYTES; ) {
      E made = element.apply(part.get(taken++));
      bytes += bytesOf.applyAsInt(made);
      elements.add(made);
    }
    answered = true;
    return message.apply(elements);
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
