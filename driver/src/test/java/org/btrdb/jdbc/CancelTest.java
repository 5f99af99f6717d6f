package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement at work ends within 100 ms of a cancel from another thread. */
@Timeout(120)
class CancelTest {
  private static final int ROUNDS = 11;
  private static final long GOAL_NANOS = 100_000_000;

  /** By then a statement is at its work, and not near its end. */
  private static final long AT_WORK_NANOS = 20_000_000;

  private static TestData data;
  private static BtrdbServer server;

  @BeforeAll
  static void fill() {
    data = new TestData();
    data.ramp("a", "r", 1_000_000);
    server = BtrdbServer.start(data.btrdb(), BtrdbServer.LOOPBACK, 0);
  }

  @AfterAll
  static void close() {
    server.close();
    data.close();
  }

  @ParameterizedTest
  @CsvSource({
    "false, SELECT a.time FROM a.r AS a CROSS JOIN a.r AS b",
    "true, SELECT a.time FROM a.r AS a CROSS JOIN a.r AS b",
    "false, SELECT SUM(a.value * b.value) FROM a.r AS a CROSS JOIN a.r AS b",
    "true, SELECT SUM(a.value * b.value) FROM a.r AS a CROSS JOIN a.r AS b",
    "true, 'SELECT a.value, COUNT(*) FROM a.r AS a CROSS JOIN a.r AS b GROUP BY a.value'",
    "true, SELECT MAX(SQRT(a.value + b.value)) OVER () FROM a.r AS a JOIN a.r AS b ON a.time < b.time",
  })
  void aStatementEndsSoonAfterItsCancel(boolean isRemote, String sql) throws Exception {
    String url =
        isRemote ? "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port() : data.url();
    long[] nanos = new long[ROUNDS];
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int round = 0; round < ROUNDS; round++) {
        nanos[round] = fromCancelToEnd(statement, sql);
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "cancel: median %.1f ms, most %.1f ms: %s%n",
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS - 1] / 1e6,
        sql);
    assertThat(nanos[ROUNDS / 2]).isLessThan(GOAL_NANOS);
  }

  private static long fromCancelToEnd(Statement statement, String sql) throws Exception {
    FutureTask<Long> endNanos = new FutureTask<>(() -> ended(statement, sql));
    Thread reader = new Thread(endNanos);
    reader.start();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    while (threads.getThreadCpuTime(reader.getId()) < AT_WORK_NANOS) {
      assertThat(endNanos.isDone()).as("ended before its cancel").isFalse();
      Thread.onSpinWait();
    }
    long cancelNanos = System.nanoTime();
    statement.cancel();
    return endNanos.get() - cancelNanos;
  }

  /** When the statement ended by a cancel. */
  private static long ended(Statement statement, String sql) {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        rows.getObject(1);
      }
    } catch (SQLException e) {
      long endNanos = System.nanoTime();
      assertThat(e.getSQLState()).isEqualTo("57014");
      return endNanos;
    }
    return fail("it was not cancelled");
  }
}
