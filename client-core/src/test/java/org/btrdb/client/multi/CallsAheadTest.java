package org.btrdb.client.multi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls are made before their answers are wanted, but not long before. */
@Timeout(30)
class CallsAheadTest {
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  private Iterator<Integer> things(int count) {
    return IntStream.range(0, count).peek(i -> taken.incrementAndGet()).boxed().iterator();
  }

  private static <R> CallsAhead<Integer, R> over(
      Iterator<Integer> things, Function<Integer, R> call) {
    return new CallsAhead<>(things, 32, CallScope.unbounded(), call);
  }

  @Test
  void answersComeInOrder() {
    for (int count : List.of(0, 1, 7, 8, 9, 100)) {
      Iterator<Integer> doubled = over(things(count), i -> 2 * i);
      for (int i = 0; i < count; i++) {
        assertThat(doubled.next()).isEqualTo(2 * i);
      }
      assertThat(doubled.hasNext()).isFalse();
      assertThatThrownBy(doubled::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void calledSideBySide() {
    CyclicBarrier eight = new CyclicBarrier(CallsAhead.AT_ONCE);
    Iterator<Integer> answers =
        over(
            things(16),
            i -> {
              try {
                eight.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return i;
            });
    assertThat(answers.next()).isZero();
  }

  @Test
  void aheadOfTheCallerButNotByMuch() {
    Iterator<Integer> answers = over(things(1_000), i -> calls.incrementAndGet());
    assertThat(calls).hasValue(0);
    answers.next();
    assertThat(calls).hasValue(8);
    for (int i = 1; i < 9; i++) {
      answers.next();
    }
    assertThat(calls).hasValue(8 + 16);
    for (int i = 9; i < 200; i++) {
      answers.next();
    }
    assertThat(calls.get()).isLessThanOrEqualTo(200 + 32);
    assertThat(taken.get()).isLessThanOrEqualTo(200 + 32 + 1);
  }

  @Test
  void aFailureIsThrownAndNothingMoreIsCalled() {
    Iterator<Integer> answers =
        over(
            things(100),
            i -> {
              calls.incrementAndGet();
              if (i == 9) {
                throw new BtrdbException(ErrorCode.NO_SUCH_STREAM, "thing " + i);
              }
              return i;
            });
    for (int i = 0; i < 8; i++) {
      answers.next();
    }
    assertThatThrownBy(answers::next).hasMessage("thing 9");
    assertThat(calls.get()).isLessThanOrEqualTo(24);
  }
}
