package org.btrdb.jdbc;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.btrdb.client.Cursor;

/** Things that are found as they are asked for; closing ends the calls that find them. */
abstract class Listing<T> implements Iterator<T>, AutoCloseable {
  private Optional<T> ahead = Optional.empty();
  private boolean atEnd;

  /** The next thing, empty at the end, after which it is not asked again. */
  abstract Optional<T> find();

  @Override
  public boolean hasNext() {
    if (ahead.isEmpty() && !atEnd) {
      ahead = find();
      atEnd = ahead.isEmpty();
    }
    return !atEnd;
  }

  @Override
  public T next() {
    T thing = peek();
    ahead = Optional.empty();
    return thing;
  }

  /** What {@link #next} will answer. */
  private T peek() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ahead.orElseThrow();
  }

  @Override
  public void close() {}

  static <T> Listing<T> of(Iterable<T> things) {
    return of(things.iterator());
  }

  static <T> Listing<T> of(Iterator<T> things) {
    return new Listing<>() {
      @Override
      Optional<T> find() {
        return things.hasNext() ? Optional.of(things.next()) : Optional.empty();
      }
    };
  }

  static <T> Listing<T> of(Cursor<List<T>> cursor) {
    return new Listing<>() {
      private Iterator<T> part = List.<T>of().iterator();

      @Override
      Optional<T> find() {
        while (!part.hasNext()) {
          if (!cursor.next()) {
            return Optional.empty();
          }
          part = cursor.current().iterator();
        }
        return Optional.of(part.next());
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }

  /** Those of two ordered listings, in order. */
  static <T> Listing<T> merged(Listing<T> a, Listing<T> b, Comparator<T> order) {
    return new Listing<>() {
      @Override
      Optional<T> find() {
        if (a.hasNext() && (!b.hasNext() || order.compare(a.peek(), b.peek()) <= 0)) {
          return Optional.of(a.next());
        }
        return b.hasNext() ? Optional.of(b.next()) : Optional.empty();
      }

      @Override
      public void close() {
        a.close();
        b.close();
      }
    };
  }

  /** Those that meet a condition. */
  final Listing<T> where(Predicate<T> condition) {
    return new Derived<T, T>(this) {
      @Override
      Optional<T> find() {
        while (source().hasNext()) {
          T thing = source().next();
          if (condition.test(thing)) {
            return Optional.of(thing);
          }
        }
        return Optional.empty();
      }
    };
  }

  /** The first ones, up to and without one that meets a condition. */
  final Listing<T> until(Predicate<T> condition) {
    return new Derived<T, T>(this) {
      @Override
      Optional<T> find() {
        return source().hasNext() && !condition.test(source().peek())
            ? Optional.of(source().next())
            : Optional.empty();
      }
    };
  }

  /** What is listed for each, one after the other. */
  final <R> Listing<R> each(Function<T, Listing<R>> function) {
    return new Derived<T, R>(this) {
      private Listing<R> current = Listing.of(List.of());

      @Override
      Optional<R> find() {
        while (!current.hasNext()) {
          current.close();
          if (!source().hasNext()) {
            return Optional.empty();
          }
          current = function.apply(source().next());
        }
        return Optional.of(current.next());
      }

      @Override
      public void close() {
        current.close();
        super.close();
      }
    };
  }

  /** Another form of each. */
  final <R> Listing<R> as(Function<T, R> function) {
    return new Derived<T, R>(this) {
      @Override
      Optional<R> find() {
        return source().hasNext() ? Optional.of(function.apply(source().next())) : Optional.empty();
      }
    };
  }

  /** Another iterator over the same, which asks this one; closing closes this one. */
  final <R> Listing<R> through(Function<Iterator<T>, Iterator<R>> function) {
    Iterator<R> iterator = function.apply(this);
    return new Derived<T, R>(this) {
      @Override
      Optional<R> find() {
        return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
      }
    };
  }

  /** Made from another listing, which it closes. */
  private abstract static class Derived<S, T> extends Listing<T> {
    private final Listing<S> source;

    Derived(Listing<S> source) {
      this.source = source;
    }

    final Listing<S> source() {
      return source;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
