package org.btrdb.client.multi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * One call for each of several things, a few of them at the same time: a round trip is mostly
 * waiting. The caller's thread is one of those that call; the others end before the answer.
 */
public final class ParallelCalls {
  private ParallelCalls() {}

  /**
   * The answers in the order of the things. After a failure no further call begins, those under way
   * end, and the first failure is thrown. An interrupt of the caller ends all calls.
   *
   * @param atOnce how many calls may be under way, at least 1
   * @param scope that of the calls
   */
  public static <T, R> List<R> of(
      List<T> things, int atOnce, CallScope scope, Function<T, R> call) {
    List<AtomicReference<R>> answers = new ArrayList<>(things.size());
    things.forEach(thing -> answers.add(new AtomicReference<>()));
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          int i;
          while (failure.get() == null && (i = next.getAndIncrement()) < answers.size()) {
            try {
              scope.check();
              answers.get(i).set(call.apply(things.get(i)));
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < Math.min(atOnce, things.size()); i++) {
      Thread other = new Thread(work, "btrdb-call-" + i);
      other.setDaemon(true);
      other.start();
      others.add(other);
    }
    work.run();
    others.forEach(other -> join(other, others, failure));
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first; // no call throws anything else
    }
    return answers.stream().map(AtomicReference::get).toList();
  }

  private static void join(Thread other, List<Thread> all, AtomicReference<Throwable> failure) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      if (interrupted) {
        failure.compareAndSet(null, new BtrdbException(ErrorCode.CANCELLED, "interrupted"));
        all.forEach(Thread::interrupt);
      }
      try {
        other.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
