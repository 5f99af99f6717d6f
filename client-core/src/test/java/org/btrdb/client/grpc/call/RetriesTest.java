package org.btrdb.client.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures are followed by another attempt, when, and how often. */
class RetriesTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final VirtualTime time = new VirtualTime();

  private static BtrdbException answered(int code) {
    return ErrorMapper.of(new ServerStatus(code, ""), "s");
  }

  private static BtrdbException unavailable() {
    return new BtrdbException(ErrorCode.UNAVAILABLE, "s: no connection");
  }

  private Retries retries(long patienceMillis, long seed) {
    return new Retries(
        new RetryPolicy(Duration.ofMillis(patienceMillis), time, new Random(seed)),
        CallTarget.read(STREAM, CallScope.unbounded()));
  }

  private List<Long> pauses(Retries retries, BtrdbException failure) {
    List<Long> pauses = new ArrayList<>();
    while (true) {
      long pause = retries.pauseNanos(failure, Long.MAX_VALUE);
      if (pause == Retries.GIVE_UP) {
        return pauses;
      }
      pauses.add(pause);
      time.pass(pause);
    }
  }

  @Test
  void pausesDoubleWithJitterAndFillThePatience() {
    long seed = new Random().nextLong();
    List<Long> pauses = pauses(retries(20_000, seed), answered(405));
    assertThat(pauses).as("seed %d", seed).hasSizeBetween(15, 27);
    assertThat(pauses.stream().mapToLong(pause -> pause).sum())
        .as("seed %d", seed)
        .isEqualTo(20_000 * MILLI);
    long longest = 100 * MILLI;
    for (long pause : pauses.subList(0, pauses.size() - 1)) {
      assertThat(pause).as("seed %d, %s", seed, pauses).isBetween(longest / 2, longest);
      longest = Math.min(2 * longest, 1600 * MILLI);
    }
    assertThat(pauses(retries(20_000, seed + 1), answered(405))).isNotEqualTo(pauses);
  }

  @Test
  void aDeadServerIsToldOfSooner() {
    List<Long> pauses = pauses(retries(20_000, 1), unavailable());
    assertThat(pauses.stream().mapToLong(pause -> pause).sum()).isEqualTo(3_000 * MILLI);
    assertThat(pauses(retries(0, 1), unavailable())).isEmpty();
    assertThat(pauses(retries(0, 1), answered(405))).isEmpty();
  }

  @Test
  void anAnswerBetweenMakesUnavailableBegin() {
    Retries retries = retries(20_000, 1);
    assertThat(retries.pauseNanos(unavailable(), Long.MAX_VALUE)).isPositive();
    time.pass(2_900 * MILLI);
    assertThat(retries.pauseNanos(answered(405), Long.MAX_VALUE)).isPositive();
    time.pass(2_900 * MILLI);
    assertThat(retries.pauseNanos(unavailable(), Long.MAX_VALUE)).isPositive();
    time.pass(2_900 * MILLI);
    assertThat(retries.pauseNanos(unavailable(), Long.MAX_VALUE)).isPositive();
    time.pass(200 * MILLI);
    assertThat(retries.pauseNanos(unavailable(), Long.MAX_VALUE)).isEqualTo(Retries.GIVE_UP);
    assertThat(retries.last(unavailable()))
        .hasMessage("s: no connection (5 attempts in 8900 ms)")
        .extracting(BtrdbException::code)
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void noPauseReachesTheDeadline() {
    assertThat(retries(20_000, 1).pauseNanos(answered(405), 50 * MILLI)).isEqualTo(Retries.GIVE_UP);
    assertThat(retries(20_000, 1).pauseNanos(answered(405), 101 * MILLI)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "405, true, true",
    "419, true, true",
    "404, false, false",
    "413, false, false",
    "426, false, false",
    "500, false, false",
    "0, true, false",
  })
  void onlyWhatMayPassIsRepeated(int status, boolean read, boolean write) {
    BtrdbException failure = status == 0 ? unavailable() : answered(status);
    RetryPolicy policy = RetryPolicy.of(Duration.ofSeconds(20));
    CallScope scope = CallScope.unbounded();
    assertThat(new Retries(policy, CallTarget.read(STREAM, scope)).mayRepeat(failure))
        .isEqualTo(read);
    assertThat(new Retries(policy, CallTarget.write(STREAM, scope)).mayRepeat(failure))
        .isEqualTo(write);
  }
}
