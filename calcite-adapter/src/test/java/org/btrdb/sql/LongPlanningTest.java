package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements whose planning takes long: it ends with the statement, and never in an Error. */
class LongPlanningTest {
  private final TestBtrdb db = new TestBtrdb();

  LongPlanningTest() {
    db.stream("t", "s", new long[] {0, 1, 2}, new double[] {0, 1, 2});
  }

  @AfterEach
  void close() {
    db.close();
  }

  private SqlSession session(SessionOptions.Executor executor) {
    return SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
  }

  /** A statement that no other has planned, as its number is in a name. */
  private static String joins(int number) {
    return "SELECT COUNT(*) AS n"
        + number
        + " FROM t.s AS s0 "
        + IntStream.range(1, 100)
            .mapToObj(i -> "JOIN t.s AS s" + i + " ON s0.time = s" + i + ".time")
            .collect(Collectors.joining(" "));
  }

  private static long plan(SqlSession session, String sql, CallScope scope) {
    long startNanos = System.nanoTime();
    assertThat(session.prepare(sql, "", scope)).isNotNull();
    return System.nanoTime() - startNanos;
  }

  @ParameterizedTest
  @EnumSource(
      value = SessionOptions.Executor.class,
      names = {"OPERATORS", "ENUMERABLE"})
  void endsAtTheDeadlineOfItsStatement(SessionOptions.Executor executor) {
    SqlSession session = session(executor);
    plan(session, joins(0), CallScope.unbounded());
    long wholeNanos = plan(session, joins(1), CallScope.unbounded());
    for (int parts : new int[] {20, 10}) { // code still warming up may be faster then
      String sql = joins(parts);
      CallScope scope = CallScope.withTimeout(Duration.ofNanos(wholeNanos / parts));
      BtrdbException e =
          catchThrowableOfType(BtrdbException.class, () -> session.prepare(sql, "", scope));
      long lateNanos = -scope.remainingNanos();
      assertThat(e).as("a %dth of %d ns", parts, wholeNanos).isNotNull();
      assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(Duration.ofNanos(lateNanos)).isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void ofStatementsNestedTooDeeplyIsRefused() {
    int terms = 2_000;
    for (SessionOptions.Executor executor : SessionOptions.Executor.values()) {
      SqlSession session = session(executor);
      for (String sql :
          new String[] {
            "SELECT " + "value + ".repeat(terms) + "1 FROM t.s",
            "SELECT value FROM t.s WHERE value > 1" + " OR value * 2 > 1".repeat(terms),
            "SELECT value FROM t.s WHERE value > 1" + " AND value * 2 > 1".repeat(terms),
            "SELECT " + "'a' || ".repeat(terms) + "'b' FROM t.s",
            "SELECT " + "(".repeat(terms) + "value" + ")".repeat(terms) + " FROM t.s",
            "SELECT value FROM t.s" + " UNION ALL SELECT value FROM t.s".repeat(terms),
            "EXPLAIN PLAN FOR SELECT " + "value + ".repeat(terms) + "1 FROM t.s",
            "INSERT INTO t.s SELECT time, " + "value + ".repeat(terms) + "1 FROM t.s",
          }) {
        SqlRefusal e =
            catchThrowableOfType(
                SqlRefusal.class, () -> session.prepare(sql, "", CallScope.unbounded()));
        String shown = sql.substring(0, 60);
        assertThat(e).as(shown).isNotNull();
        assertThat(e.reason()).as(shown).isEqualTo(SqlRefusal.Reason.TOO_COMPLEX);
        assertThat(e).as(shown).hasMessageContaining("nested too deeply");
        assertThat(e.getMessage()).as(shown).doesNotContain("\n");
      }
    }
  }
}
