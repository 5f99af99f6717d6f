package org.btrdb.client.multi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.btrdb.client.CallScope;

/**
 * The answers of a call for each of many things, in their order, made side by side some ahead of
 * what was asked for. A caller that stops early wastes little: the first calls are no more than may
 * run at once, and later ones are made for twice as many things each time, up to a limit.
 *
 * <p>Fails as {@link ParallelCalls} does, before the answers of the same group of calls are handed
 * out. Belongs to one thread.
 */
public final class CallsAhead<T, R> implements Iterator<R> {

  /** How many calls run at once. */
  public static final int AT_ONCE = 8;

  private final Iterator<T> things;
  private final int most;
  private final CallScope scope;
  private final Function<T, R> call;
  private Iterator<R> answers = Collections.emptyIterator();
  private int next = AT_ONCE;

  /**
   * Makes no call yet.
   *
   * @param most answers that are held at most, at least {@link #AT_ONCE}
   * @param scope that of the calls
   */
  public CallsAhead(Iterator<T> things, int most, CallScope scope, Function<T, R> call) {
    this.things = things;
    this.most = most;
    this.scope = scope;
    this.call = call;
  }

  @Override
  public boolean hasNext() {
    if (!answers.hasNext() && things.hasNext()) {
      List<T> some = new ArrayList<>();
      while (some.size() < next && things.hasNext()) {
        some.add(things.next());
      }
      next = Math.min(2 * next, most);
      answers = ParallelCalls.of(some, AT_ONCE, scope, call).iterator();
    }
    return answers.hasNext();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return answers.next();
  }
}
