package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.btrdb.client.Btrdb;
import org.btrdb.embedded.server.BtrdbServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fifty connections, eight threads, statements that end, are cancelled, time out, or are left open
 * when their result, statement or connection is closed: afterwards no call is open on the server,
 * no thread is left, and memory is where it was. {@code -DleakSeconds=n}, {@code -Dseed=n}.
 */
class LeakTest {
  private static final int CONNECTIONS = 50;
  private static final int THREADS = 8;
  private static final int POINTS = 200_000;
  private static final int STREAMS = 4;
  private static final int LEFT_OPEN = 24;
  private static final long MAX_GROWTH_BYTES = 8 << 20;

  private static final String[] STATEMENTS = {
    "SELECT time, value FROM leak.s0",
    "SELECT a.time, a.value + b.value FROM leak.s0 AS a JOIN leak.s1 AS b ON a.time = b.time",
    "SELECT FLOOR(time TO MINUTE), AVG(value) FROM leak.s2 GROUP BY FLOOR(time TO MINUTE)",
    "SELECT * FROM tall.leak WHERE time < TIMESTAMP '1970-01-02 00:00:00'",
    "SELECT * FROM leak.s3 ORDER BY value DESC",
    "SELECT COUNT(*) FROM leak.s0 WHERE value > ?",
    "SELECT nothing FROM leak.s0",
    "SELECT value FROM leak.missing",
    "SELECT 1 / (value - value) FROM leak.s1",
  };

  private final AtomicInteger openCursors = new AtomicInteger();
  private final Queue<Future<Void>> cancels = new ConcurrentLinkedQueue<>();
  private final AtomicLong statements = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  @Test
  void nothingIsLeftInAFewSeconds() throws Exception {
    nothingIsLeftAfter(Duration.ofSeconds(4));
  }

  @Test
  @Tag("long")
  void nothingIsLeftInAMinute() throws Exception {
    nothingIsLeftAfter(Duration.ofSeconds(Integer.getInteger("leakSeconds", 60)));
  }

  private void nothingIsLeftAfter(Duration time) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    String about = "seed " + seed;
    try (TestData data = new TestData()) {
      for (int stream = 0; stream < STREAMS; stream++) {
        data.ramp("leak", "s" + stream, POINTS);
      }
      Set<Thread> before = threads();
      try (BtrdbServer server =
          BtrdbServer.start(counting(data.btrdb()), BtrdbServer.LOOPBACK, 0)) {
        String url = "jdbc:btrdb://" + BtrdbServer.LOOPBACK + ":" + server.port();
        load(url, seed, time.dividedBy(4)); // classes, pools and caches at their size
        long usedBefore = usedBytes();
        load(url, seed + 1, time);
        awaitZero(openCursors, about);
        assertThat(usedBytes() - usedBefore).as(about).isLessThan(MAX_GROWTH_BYTES);
      }
      awaitThreads(before, about);
      System.out.println(
          about + ", statements " + statements + ", failed or cancelled " + failures);
    }
  }

  private void load(String url, long seed, Duration time) throws Exception {
    List<Connection> connections = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    ScheduledExecutorService canceller = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(DriverManager.getConnection(url));
      }
      long end = System.nanoTime() + time.toNanos();
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed * THREADS + i);
        List<Connection> own =
            connections.subList(i * CONNECTIONS / THREADS, (i + 1) * CONNECTIONS / THREADS);
        Callable<Void> work =
            () -> {
              while (System.nanoTime() - end < 0) {
                int at = random.nextInt(own.size());
                statement(own.get(at), random, canceller);
                if (random.nextInt(20) == 0) {
                  own.get(at).close(); // with whatever is open on it
                  own.set(at, DriverManager.getConnection(url));
                }
              }
              return null;
            };
        running.add(workers.submit(work));
      }
      for (Future<Void> one : running) {
        one.get();
      }
      for (Future<Void> cancel = cancels.poll(); cancel != null; cancel = cancels.poll()) {
        cancel.get();
      }
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
      workers.shutdown();
      canceller.shutdown();
      assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(canceller.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @SuppressWarnings("MustBeClosed") // some are left to their connection on purpose
  private void statement(Connection connection, Random random, ScheduledExecutorService canceller) {
    String sql = STATEMENTS[random.nextInt(STATEMENTS.length)];
    statements.incrementAndGet();
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      if (sql.contains("?")) {
        statement.setInt(1, random.nextInt(POINTS));
      }
      int fate = random.nextInt(LEFT_OPEN + 1);
      if (fate % 4 == 0) {
        statement.setMaxRows(random.nextInt(1, 1_000));
      }
      if (fate % 4 == 1) {
        Callable<Void> cancel =
            () -> {
              cancel(statement);
              return null;
            };
        cancels.add(canceller.schedule(cancel, random.nextInt(5_000), TimeUnit.MICROSECONDS));
      }
      ResultSet result = statement.executeQuery();
      long rows = fate % 4 == 2 ? Long.MAX_VALUE : random.nextInt(POINTS / 4);
      for (long i = 0; i < rows && result.next(); i++) {
        result.getString(1);
        i += 20;
      }
      if (fate == LEFT_OPEN) {
        return; // until its connection is closed; each holds up to a window of bytes
      }
      if (fate % 4 != 3) {
        result.close();
      }
      statement.close();
    } catch (SQLException e) {
      failures.incrementAndGet();
      assertThat(e.getSQLState())
          .as(e.getMessage())
          .isIn("57014", "42703", "42S22", "42S02", "22012");
    }
  }

  private static void cancel(Statement statement) throws SQLException {
    if (!statement.isClosed()) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        assertThat(statement.isClosed()).isTrue();
      }
    }
  }

  /** The same BTrDB, with its open cursors counted. */
  private Btrdb counting(Btrdb btrdb) {
    return (Btrdb) counting(btrdb, Btrdb.class);
  }

  private Object counting(Object target, Class<?> type) {
    AtomicBoolean closed = new AtomicBoolean();
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (type != Btrdb.class
              && method.getName().equals("close")
              && closed.compareAndSet(false, true)) {
            openCursors.decrementAndGet();
          }
          Object answer;
          try {
            answer = method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (org.btrdb.client.Cursor.class.isAssignableFrom(method.getReturnType())) {
            openCursors.incrementAndGet();
            return counting(answer, method.getReturnType());
          }
          return answer;
        });
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  private static void awaitZero(AtomicInteger counter, String about) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (counter.get() != 0 && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(counter.get()).as("cursors open on the server, " + about).isZero();
  }

  private static void awaitThreads(Set<Thread> before, String about) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    List<String> left;
    do {
      left =
          threads().stream()
              .filter(t -> !before.contains(t) && !isTheJvms(t))
              .map(Thread::getName)
              .toList();
    } while (!left.isEmpty() && System.nanoTime() - end < 0);
    assertThat(left).as("threads, " + about).isEmpty();
  }

  private static boolean isTheJvms(Thread thread) {
    // Netty's threads that live for the JVM, as every client of the process shares them.
    return thread.getName().startsWith("globalEventExecutor")
        || thread.getThreadGroup() == null
        || thread.getThreadGroup().getName().equals("system");
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
