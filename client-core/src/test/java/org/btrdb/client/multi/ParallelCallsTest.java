package org.btrdb.client.multi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls at the same time: as many as allowed, in order, and none left behind. */
@Timeout(30)
class ParallelCallsTest {
  private static final List<Integer> THINGS = IntStream.range(0, 40).boxed().toList();

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("btrdb-call"))
        .toList();
  }

  @Test
  void asManyAsAllowedAreUnderWayAndAnswersKeepTheirOrder() {
    CyclicBarrier fourAtOnce = new CyclicBarrier(4);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    List<Integer> answers =
        ParallelCalls.of(
            THINGS,
            4,
            CallScope.unbounded(),
            i -> {
              seen.add(Thread.currentThread());
              try {
                fourAtOnce.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return i * 2;
            });
    assertThat(answers).isEqualTo(THINGS.stream().map(i -> i * 2).toList());
    assertThat(seen).hasSize(4).contains(Thread.currentThread());
    assertThat(threads()).isEmpty();
  }

  @Test
  void aFailureEndsItAndLeavesNoThread() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                ParallelCalls.of(
                    THINGS,
                    1,
                    CallScope.unbounded(),
                    i -> {
                      calls.incrementAndGet();
                      throw new BtrdbException(ErrorCode.OVERLOADED, "thing " + i);
                    }))
        .hasMessage("thing 0");
    assertThat(calls).hasValue(1);
    assertThat(threads()).isEmpty();
  }

  @Test
  void aCancelledScopeAndAnInterruptEndIt() {
    CallScope cancelled = CallScope.unbounded();
    cancelled.cancel();
    assertThatThrownBy(() -> ParallelCalls.of(THINGS, 3, cancelled, i -> i))
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CANCELLED);
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                ParallelCalls.of(
                    THINGS,
                    3,
                    CallScope.unbounded(),
                    i -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new BtrdbException(ErrorCode.CANCELLED, "interrupted", e);
                      }
                      return i;
                    }))
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(threads()).isEmpty();
  }

  @Test
  void anErrorOfAnyThreadIsThrown() {
    CyclicBarrier two = new CyclicBarrier(2);
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                ParallelCalls.of(
                    List.of(1, 2),
                    2,
                    CallScope.unbounded(),
                    i -> {
                      try {
                        two.await();
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                      if (Thread.currentThread() != caller) {
                        throw new StackOverflowError("too deep");
                      }
                      return i;
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(threads()).isEmpty();
  }
}
