package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What searches by value cost: calls and points read, as the session tells them. */
class ValueSearchCostTest {
  private static final long STEP = 8_333_333;
  private static final int POINTS = 2_000_000;
  private static final int SAG_POINTS = 30;

  /** Where sags begin: far apart, at the first points and at the last. */
  private static final int[] SAGS = {0, 400_123, 1_234_567, POINTS - SAG_POINTS};

  private static final UUID STREAM = UUID.randomUUID();
  private static final Btrdb BTRDB = btrdb();

  private static Btrdb btrdb() {
    Btrdb btrdb = BtrdbConnector.open("mem", "cost-" + UUID.randomUUID(), Map.of());
    btrdb.create(new NewStream(STREAM, "p", Map.of("name", "s"), Map.of()), CallScope.unbounded());
    long[] times = new long[POINTS];
    double[] values = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      times[i] = i * STEP;
      values[i] = 7200 + 15 * Math.sin(i / 5730.0) + i % 7;
    }
    for (int sag : SAGS) {
      for (int i = 0; i < SAG_POINTS; i++) {
        values[sag + i] = 6000 + i;
      }
    }
    btrdb.insert(STREAM, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    btrdb.flush(STREAM, CallScope.unbounded());
    return btrdb;
  }

  @AfterAll
  static void close() {
    BTRDB.close();
  }

  /** Rows, and what the statement cost. */
  private record Answer(
      List<List<@Nullable Object>> rows,
      long windowCalls,
      long windowsRead,
      long rawCalls,
      long pointsRead) {}

  private static Answer answer(String sql, @Nullable Object... parameters) {
    SqlSession session = SqlSession.over(BTRDB, SessionOptions.DEFAULT);
    CallScope scope = CallScope.unbounded();
    List<List<@Nullable Object>> rows = rows(session, sql, scope, parameters);
    long windowCalls = 0;
    long windowsRead = 0;
    long rawCalls = 0;
    long pointsRead = 0;
    String calls =
        "SELECT rpc, COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE statement_id = "
            + scope.id()
            + " GROUP BY rpc";
    for (List<@Nullable Object> call : rows(session, calls, CallScope.unbounded())) {
      if ("RawValues".equals(call.get(0))) {
        rawCalls = (Long) call.get(1);
        pointsRead = (Long) call.get(2);
      } else if ("AlignedWindows".equals(call.get(0))) {
        windowCalls = (Long) call.get(1);
        windowsRead = (Long) call.get(2);
      }
    }
    return new Answer(rows, windowCalls, windowsRead, rawCalls, pointsRead);
  }

  private static List<List<@Nullable Object>> rows(
      SqlSession session, String sql, CallScope scope, @Nullable Object... parameters) {
    PreparedSql prepared = session.prepare(sql, "", scope);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(parameters), scope, 0)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(cursor.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void assertCheap(Answer answer) {
    assertThat(answer.pointsRead).isLessThan(POINTS / 100);
    assertThat(answer.windowCalls).isLessThanOrEqualTo(1 + 3L * SAGS.length);
    assertThat(answer.rawCalls).isLessThanOrEqualTo(SAGS.length);
  }

  @Test
  void sagsCostLessThanAHundredthOfThePoints() {
    for (String condition :
        new String[] {
          "value < 6480",
          "value NOT BETWEEN 6480 AND 7300",
          "value BETWEEN 6000 AND 6029",
          "NOT (value >= 6480)",
          "value < 6100 OR value IN (1, 2)",
          "value < CAST(? AS DOUBLE)",
          "value < 0.9 * (SELECT AVG(value) FROM p.s)"
        }) {
      Answer answer =
          condition.contains("?")
              ? answer("SELECT time, value FROM p.s WHERE " + condition, 6480.0)
              : answer("SELECT time, value FROM p.s WHERE " + condition);
      assertThat(answer.rows).as(condition).hasSize(SAGS.length * SAG_POINTS);
      assertThat(answer.rows.get(SAG_POINTS)).isEqualTo(List.of(SAGS[1] * STEP, 6000.0));
      assertCheap(answer);
    }
  }

  @Test
  void aLimitEndsTheSearchAtTheFirst() {
    Answer first = answer("SELECT time FROM p.s WHERE value < 6480 ORDER BY time LIMIT 1");
    assertThat(first.rows).containsExactly(List.of(0L));
    assertThat(first.rawCalls).isEqualTo(1);
    assertThat(first.windowCalls).isLessThanOrEqualTo(8); // five levels
  }

  @Test
  void aggregatesReadNoMoreThanRows() {
    long sags = (long) SAGS.length * SAG_POINTS;
    long last = (POINTS - 1) * STEP;
    Answer where =
        answer("SELECT COUNT(*), MIN(value), MIN(time), MAX(time) FROM p.s WHERE value < 6480");
    assertThat(where.rows).containsExactly(List.of(sags, 6000.0, 0L, last));
    assertCheap(where);
    Answer filter =
        answer(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE value < 6480), SUM(CASE WHEN value >= 6480"
                + " THEN 1 ELSE 0 END) FROM p.s");
    assertThat(filter.rows).containsExactly(List.of((long) POINTS, sags, POINTS - (int) sags));
    assertCheap(filter);
    Answer buckets =
        answer(
            "SELECT FLOOR(time TO HOUR), COUNT(*) FROM p.s WHERE value < 6480 GROUP BY 1 ORDER BY"
                + " 1");
    assertThat(buckets.rows).hasSize(3); // two are in the first hour
    assertCheap(buckets);
  }

  @Test
  void extremesAndTheirTimesAreFoundByTheirWindows() {
    Answer worst = answer("SELECT time, value FROM p.s ORDER BY value LIMIT 5");
    assertThat(worst.rows)
        .containsExactly(
            List.of(0L, 6000.0),
            List.of(SAGS[1] * STEP, 6000.0),
            List.of(SAGS[2] * STEP, 6000.0),
            List.of(SAGS[3] * STEP, 6000.0),
            List.of(STEP, 6001.0));
    assertThat(worst.pointsRead).isLessThan(POINTS / 100);
    Answer time = answer("SELECT MIN(value), ARG_MIN(time, value) FROM p.s");
    assertThat(time.rows).containsExactly(List.of(6000.0, 0L));
    assertThat(time.pointsRead).isLessThan(POINTS / 100);
    Answer where = answer("SELECT time FROM p.s WHERE value = (SELECT MIN(value) FROM p.s)");
    assertThat(where.rows).hasSize(SAGS.length);
    assertCheap(where);
  }

  @Test
  void whatWindowsCannotDecideCostsLittleMoreThanAllPoints() {
    UUID uuid = UUID.randomUUID();
    BTRDB.create(new NewStream(uuid, "p", Map.of("name", "n"), Map.of()), CallScope.unbounded());
    long[] times = new long[POINTS / 2];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * STEP;
      values[i] = i % 7;
    }
    BTRDB.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    BTRDB.flush(uuid, CallScope.unbounded());
    for (String sql :
        new String[] {
          "SELECT COUNT(*) FROM p.n WHERE value < 3", "SELECT time FROM p.n WHERE value < 3"
        }) {
      Answer half = answer(sql);
      assertThat(half.pointsRead).isEqualTo(times.length);
      assertThat(half.rawCalls).isLessThanOrEqualTo(2);
      assertThat(half.windowCalls).isLessThanOrEqualTo(6);
      assertThat(half.windowsRead).isLessThan(times.length / 256);
    }
  }

  /** A session that inserts a point before each of the first so many reads. */
  private static List<List<@Nullable Object>> whileInserting(
      Btrdb btrdb, UUID uuid, int inserts, String sql) {
    AtomicInteger left = new AtomicInteger(inserts);
    Btrdb changing =
        (Btrdb)
            Proxy.newProxyInstance(
                Btrdb.class.getClassLoader(),
                new Class<?>[] {Btrdb.class},
                (proxy, method, arguments) -> {
                  boolean reads =
                      method.getName().equals("raw") || method.getName().equals("alignedWindows");
                  if (reads && left.getAndDecrement() > 0) {
                    btrdb.insert(
                        uuid,
                        PointBatch.of(new long[] {-left.get()}, new double[] {-1}),
                        MergePolicy.NEVER,
                        CallScope.unbounded());
                  }
                  try {
                    return method.invoke(btrdb, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return rows(SqlSession.over(changing, SessionOptions.DEFAULT), sql, CallScope.unbounded());
  }

  @Test
  void aStreamThatChangesIsSearchedAgain() {
    try (Btrdb btrdb = BtrdbConnector.open("mem", "live-" + UUID.randomUUID(), Map.of())) {
      UUID uuid = UUID.randomUUID();
      btrdb.create(new NewStream(uuid, "p", Map.of("name", "s"), Map.of()), CallScope.unbounded());
      long[] times = new long[30_000]; // all of them buffered
      double[] values = new double[times.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = (long) i << 32;
        values[i] = i % 1000 == 0 ? -1 : 1;
      }
      btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
      long[] expected = {30};
      for (String sql :
          new String[] {
            "SELECT COUNT(*) FROM p.s WHERE value < 0",
            "SELECT COUNT(*), MAX(time) FROM p.s WHERE value < 0",
            "SELECT SUM(n) FROM (SELECT FLOOR(time TO YEAR), COUNT(*) AS n FROM p.s WHERE value <"
                + " 0 GROUP BY 1)"
          }) {
        expected[0] += 5;
        assertThat(whileInserting(btrdb, uuid, 5, sql).get(0).get(0))
            .as(sql)
            .isEqualTo(expected[0]);
      }
      expected[0] += 5;
      assertThat(whileInserting(btrdb, uuid, 5, "SELECT time FROM p.s WHERE value < 0"))
          .hasSize((int) expected[0]);
      expected[0] += 5;
      assertThat(whileInserting(btrdb, uuid, 5, "SELECT time FROM p.s ORDER BY value LIMIT 500"))
          .hasSize(500);
      assertThatThrownBy(
              () ->
                  whileInserting(
                      btrdb, uuid, 1000, "SELECT COUNT(*) FROM p.s WHERE value < 0 OR value > 2"))
          .isInstanceOf(BtrdbException.class)
          .hasMessageContaining("changed while the statement read it");
    }
  }
}
