package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Table functions called with columns of other tables. */
class LateralTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());

  private final TestBtrdb db = new TestBtrdb();
  private final Random random = new Random(SEED);

  @AfterEach
  void close() {
    db.close();
  }

  private void threeStreams() {
    db.stream("a/b", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});
    db.stream("a/b", "t", new long[] {1, 2, 30}, new double[] {10, 20, 30});
    db.stream("a/b", "none", new long[] {}, new double[] {});
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  /** Each call made alone is the oracle. */
  @Test
  void rowsAreThoseOfOneCallForEachOuterRowInItsOrder() {
    int streams = 40;
    for (int i = 0; i < streams; i++) {
      int count = random.nextInt(60);
      long[] times = random.longs(count, 0, 1_000).sorted().toArray();
      db.stream("c", "s" + i, times, random.doubles(count).toArray());
    }
    for (int round = 0; round < 12; round++) {
      List<String> calls =
          List.of(
              "raw_values(p.id, p.a, p.b)",
              "windows(p.id, p.a, p.b, p.w)",
              "nearest(p.id, p.a, p.w > 50)",
              "gaps(p.id, p.a, p.b, p.w)",
              "resample(p.id, p.a, p.b, p.w + 20, CASE WHEN p.w > 50 THEN 'linear' ELSE '' END)",
              "events(p.id, p.a, p.b, 'value > 0.' || p.w)",
              "time_series(p.a, p.b, p.w * 3)");
      String call = calls.get(round % calls.size());
      List<String> outer = new ArrayList<>();
      List<List<@Nullable Object>> inner = new ArrayList<>();
      List<List<@Nullable Object>> left = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String id = random.nextInt(9) == 0 ? "NULL" : "'c/s" + random.nextInt(streams) + "'";
        long a = random.nextLong(900);
        long b = a + random.nextLong(900);
        long w = 1 + random.nextLong(99);
        String values = id + ", " + a + ", " + b + ", " + w;
        outer.add("(" + i + ", " + values + ")");
        String alone =
            call.replace("p.id", "CAST(" + id + " AS VARCHAR)")
                .replace("p.a", String.valueOf(a))
                .replace("p.b", String.valueOf(b))
                .replace("p.w", String.valueOf(w));
        List<List<@Nullable Object>> rows = db.rows("SELECT * FROM " + alone);
        for (List<@Nullable Object> row : rows) {
          inner.add(joined(i, row));
          left.add(joined(i, row));
        }
        if (rows.isEmpty()) {
          left.add(
              joined(
                  i,
                  Collections.nCopies(
                      db.prepare("SELECT * FROM " + alone).columns().size(), null)));
        }
      }
      String from =
          "SELECT p.n, f.* FROM (VALUES " + String.join(", ", outer) + ") AS p (n, id, a, b, w) ";
      String what = call + " (seed " + SEED + ")";
      String cross = from + "CROSS JOIN LATERAL TABLE(" + call + ") AS f";
      assertThat(db.rows(cross)).as(what).isEqualTo(inner);
      assertThat(db.rows(cross.replace("CROSS JOIN LATERAL", "CROSS APPLY")))
          .as(what)
          .isEqualTo(inner);
      String outerJoin = from + "LEFT JOIN LATERAL TABLE(" + call + ") AS f ON TRUE";
      assertThat(db.rows(outerJoin)).as(what).isEqualTo(left);
      assertThat(
              TestBtrdb.rows(
                  SqlSession.over(
                          db.btrdb(),
                          SessionOptions.DEFAULT.withExecutor(SessionOptions.Executor.ENUMERABLE))
                      .prepare(outerJoin, "", CallScope.unbounded())))
          .as(what)
          .isEqualTo(left);
    }
  }

  private static List<@Nullable Object> joined(int n, List<@Nullable Object> row) {
    List<@Nullable Object> joined = new ArrayList<>(List.of(n));
    joined.addAll(row);
    return joined;
  }

  @Test
  void streamsOfATableAreNotLookedUpAgain() {
    threeStreams();
    String from = "SELECT s.name, w.time, w.value FROM btrdb.streams AS s ";
    assertThat(
            db.rows(
                from
                    + "LEFT JOIN LATERAL TABLE(raw_values(s.uuid, 0, 100)) AS w ON w.value > 5"
                    + " WHERE s.collection = 'a/b' AND s.name <> 's' ORDER BY 1, 2"))
        .containsExactly(
            row("none", null, null), row("t", 1L, 10.0), row("t", 2L, 20.0), row("t", 30L, 30.0));
    assertThat(db.allCalls()).as("not of s").containsExactly("lookup", "raw", "raw");
    assertThat(
            db.rows(
                from
                    + ", LATERAL TABLE(raw_values(s.uuid, 0, 100)) AS w WHERE w.value < 3 AND"
                    + " CHAR_LENGTH(s.name) = w.value"))
        .containsExactly(row("s", 1L, 1.0));
    assertThat(db.allCalls()).containsExactly("lookup", "raw", "raw", "raw");
  }

  @Test
  void whateverStandsBesideIt() {
    threeStreams();
    String f = "TABLE(nearest('a/b/t', x.time)) AS f";
    same(
        "SELECT x.time, f.value FROM a.s AS x CROSS JOIN LATERAL " + f,
        row(1L, 10.0),
        row(2L, 20.0),
        row(3L, 30.0));
    same(
        "SELECT x.time, y.m FROM a.s AS x LEFT JOIN LATERAL (SELECT MAX(r.value) AS m FROM a.t AS r"
            + " WHERE r.time < x.time) AS y ON TRUE CROSS JOIN LATERAL "
            + f,
        row(1L, null),
        row(2L, 10.0),
        row(3L, 20.0));
    same(
        "SELECT x.time, y.m, f.value FROM a.s AS x CROSS JOIN LATERAL "
            + f
            + " LEFT JOIN LATERAL (SELECT MAX(r.value) AS m FROM a.t AS r WHERE TO_NANOS(r.time) < f.value) AS y"
            + " ON TRUE WHERE x.time > 1",
        row(2L, 20.0, 20.0),
        row(3L, 20.0, 30.0));
    same(
        "SELECT s.name, f.time, b.value FROM btrdb.streams AS s CROSS JOIN LATERAL"
            + " TABLE(raw_values(s.uuid, 0, 100)) AS f CROSS JOIN LATERAL TABLE(nearest(s.uuid,"
            + " f.time, TRUE)) AS b ORDER BY 1, 2",
        row("s", 2L, 1.0),
        row("s", 3L, 2.0),
        row("t", 2L, 10.0),
        row("t", 30L, 20.0));
    same(
        "SELECT s.name, x.value FROM btrdb.streams AS s CROSS JOIN LATERAL (SELECT b.value FROM"
            + " raw_values(s.uuid, 2, 100) AS f CROSS JOIN LATERAL TABLE(nearest(s.uuid, f.time,"
            + " TRUE)) AS b) AS x ORDER BY 1, 2",
        row("s", 1.0),
        row("s", 2.0),
        row("t", 10.0),
        row("t", 20.0));
    same(
        "SELECT s.name, w.n FROM btrdb.streams AS s CROSS JOIN LATERAL (SELECT COUNT(*) AS n FROM"
            + " raw_values(s.uuid, 0, 100) WHERE value > 1) AS w ORDER BY 1",
        row("none", 0L),
        row("s", 2L),
        row("t", 3L));
    same(
        "SELECT s.name, (SELECT n.value FROM nearest(s.uuid, 2) AS n) FROM btrdb.streams AS s ORDER"
            + " BY 1",
        row("none", null),
        row("s", 2.0),
        row("t", 20.0));
    same(
        "SELECT s.name FROM btrdb.streams AS s WHERE EXISTS (SELECT 1 FROM gaps(s.uuid, 0, 31, 20))"
            + " ORDER BY 1",
        row("none"),
        row("s"),
        row("t"));
    same(
        "SELECT s.name FROM btrdb.streams AS s WHERE NOT EXISTS (SELECT 1 FROM raw_values(s.uuid, 3,"
            + " 100)) ORDER BY 1",
        row("none"));
    same(
        "SELECT x.time, (SELECT MAX(r.value) FROM a.t AS r WHERE r.time <= x.time AND r.time >="
            + " (SELECT MIN(time) FROM raw_values('a/b/s', x.time, 100))) FROM a.s AS x",
        row(1L, 10.0),
        row(2L, 20.0),
        row(3L, null));
    same(
        "SELECT x.time, r.value FROM a.s AS x CROSS JOIN LATERAL (SELECT t.value FROM a.t AS t,"
            + " nearest('a/b/t', x.time) AS n WHERE t.value < n.value) AS r",
        row(2L, 10.0),
        row(3L, 10.0),
        row(3L, 20.0));
    same(
        "SELECT s.name, GROUPING(s.name), COUNT(*) FROM btrdb.streams AS s LEFT JOIN LATERAL"
            + " TABLE(raw_values(s.uuid, 0, 100)) AS w ON TRUE GROUP BY GROUPING SETS ((s.name), ())"
            + " ORDER BY 1",
        row("none", 0L, 1L),
        row("s", 0L, 3L),
        row("t", 0L, 3L),
        row(null, 1L, 7L));
    same(
        "SELECT f.value FROM a.s AS x CROSS JOIN LATERAL "
            + f
            + " UNION ALL SELECT value FROM a.s WHERE time IN (SELECT f.time FROM a.s AS x CROSS JOIN"
            + " LATERAL TABLE(raw_values('a/b/t', x.time, 3)) AS f) ORDER BY 1",
        row(1.0),
        row(2.0),
        row(10.0),
        row(20.0),
        row(30.0));
  }

  /** Calcite finds no join for the sub-query; it must not move the columns of what is beside it. */
  @Test
  void whatCannotBePlannedIsRefused() {
    threeStreams();
    assertThatThrownBy(
            () ->
                db.rows(
                    "SELECT x.time, y.m FROM \"a/b\".s AS x CROSS JOIN LATERAL (SELECT MAX(r.value)"
                        + " AS m FROM \"a/b\".t AS r WHERE r.time <= x.time) AS y CROSS JOIN LATERAL"
                        + " TABLE(nearest('a/b/s', x.time)) AS f"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("has a form that cannot be planned");
  }

  private void same(String sql, Object... rows) {
    String text = sql.replace(" a.", " \"a/b\".");
    assertThat(db.rows(text)).as(text).isEqualTo(List.of(rows));
    SqlSession enumerable =
        SqlSession.over(
            db.btrdb(), SessionOptions.DEFAULT.withExecutor(SessionOptions.Executor.ENUMERABLE));
    assertThat(TestBtrdb.rows(enumerable.prepare(text, "", CallScope.unbounded())))
        .as(text)
        .isEqualTo(List.of(rows));
  }

  @Test
  void parametersAndLiteralsOfTheStatementKeepTheirPlaces() {
    threeStreams();
    PreparedSql prepared =
        db.prepare(
            "SELECT w.time + INTERVAL '0.001' SECOND, CAST(? AS BIGINT) FROM \"a/b\".s AS s CROSS"
                + " JOIN LATERAL TABLE(raw_values(?, s.time, ?)) AS w WHERE s.time > ? AND w.time <"
                + " CURRENT_TIMESTAMP");
    for (long after = 0; after < 3; after++) {
      long from = after;
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (long s = 1; s <= 3; s++) {
        for (long t : new long[] {1, 2, 30}) {
          if (s > from && t >= s && t < 20 + from * 6) {
            expected.add(row(t + 1_000_000, 7L));
          }
        }
      }
      assertThat(TestBtrdb.rows(prepared, 7L, "a/b/t", 20 + from * 6, from)).isEqualTo(expected);
    }
    for (int second = 0; second < 3; second++) {
      assertThat(
              db.rows(
                  "SELECT COUNT(*) FROM \"a/b\".s AS s CROSS JOIN LATERAL TABLE(raw_values('a/b/t',"
                      + " s.time, 50)) AS w WHERE s.time < TIMESTAMP '1970-01-01"
                      + " 00:00:00.00000000"
                      + second
                      + "'"))
          .containsExactly(List.of(second < 2 ? 0L : 3L));
    }
  }

  @Test
  void callsRunSideBySideAndNotMoreThanEight() {
    int streams = 24;
    for (int i = 0; i < streams; i++) {
      db.stream("c", "s" + i, new long[] {i}, new double[] {i});
    }
    CyclicBarrier eight = new CyclicBarrier(8);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Btrdb waiting =
        intercepted(
            "nearest",
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              try {
                eight.await(60, TimeUnit.SECONDS); // goes on when eight calls are under way
              } catch (Exception e) {
                throw new IllegalStateException("no eight calls at once", e);
              } finally {
                running.decrementAndGet();
              }
            });
    List<List<@Nullable Object>> rows =
        TestBtrdb.rows(
            SqlSession.over(waiting, SessionOptions.DEFAULT)
                .prepare(
                    "SELECT f.value FROM time_series(0, 24, 1) AS g CROSS JOIN LATERAL"
                        + " TABLE(nearest('c/s' || TO_NANOS(g.time), 0)) AS f",
                    "",
                    CallScope.unbounded()));
    assertThat(rows).hasSize(streams);
    for (int i = 0; i < streams; i++) {
      assertThat(rows.get(i)).isEqualTo(List.of((double) i));
    }
    assertThat(most).hasValueLessThanOrEqualTo(8);
  }

  @Test
  void whoStopsEarlyHasAskedForLittle() {
    threeStreams();
    String sql =
        "SELECT w.value FROM time_series(0, 1000000, 1) AS g CROSS JOIN LATERAL"
            + " TABLE(raw_values('a/b/t', 0, TIMESTAMPADD(SECOND, 1, g.time))) AS w";
    assertThat(db.rows(sql + " LIMIT 2")).hasSize(2);
    assertThat(db.calls()).hasSizeLessThanOrEqualTo(8);
    AtomicInteger open = new AtomicInteger();
    SqlSession session = SqlSession.over(counted(open), SessionOptions.DEFAULT);
    PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
    CallScope scope = CallScope.unbounded();
    RowCursor rows = prepared.query(List.of(), scope, 0);
    for (int i = 0; i < 50; i++) {
      assertThat(rows.next()).isTrue();
    }
    assertThat(open).as("open calls").hasPositiveValue().hasValueLessThanOrEqualTo(32);
    scope.cancel();
    assertThatThrownBy(
            () -> {
              while (rows.next()) {
                rows.getDouble(0);
              }
            })
        .isInstanceOfSatisfying(
            BtrdbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    rows.close();
    assertThat(open).as("calls left open").hasValue(0);
  }

  /** This BTrDB, with something that happens before each call of a method. */
  private Btrdb intercepted(String name, Runnable before) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                before.run();
              }
              return invoke(db.btrdb(), method, arguments);
            });
  }

  /** This BTrDB, counting the raw reads that are open. */
  private Btrdb counted(AtomicInteger open) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              Object answer = invoke(db.btrdb(), method, arguments);
              if (answer == null || !method.getName().equals("raw")) {
                return answer;
              }
              open.incrementAndGet();
              AtomicInteger once = new AtomicInteger();
              return Proxy.newProxyInstance(
                  DataCursor.class.getClassLoader(),
                  new Class<?>[] {DataCursor.class},
                  (cursor, step, values) -> {
                    if (step.getName().equals("close") && once.getAndIncrement() == 0) {
                      open.decrementAndGet();
                    }
                    return invoke(answer, step, values);
                  });
            });
  }

  private static @Nullable Object invoke(
      Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void aStreamThatIsNotThereIsAnError() {
    threeStreams();
    UUID none = UUID.randomUUID();
    assertThatThrownBy(
            () ->
                db.rows(
                    "SELECT * FROM (VALUES (UUID '"
                        + none
                        + "')) AS v (u) CROSS JOIN LATERAL TABLE(raw_values(v.u, 0, 9)) AS w"))
        .isInstanceOfSatisfying(
            BtrdbException.class, e -> assertThat(e.code().sqlState()).isEqualTo("42S02"))
        .hasMessageContaining(none.toString());
    assertThatThrownBy(
            () ->
                db.rows(
                    "SELECT * FROM (VALUES ('a/b/s'), ('a/b/x')) AS v (p) CROSS JOIN LATERAL"
                        + " TABLE(raw_values(v.p, 0, 9)) AS w"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 'x' in collection 'a/b'");
  }

  @Test
  void thePlanShowsWhatIsCalledForEachRow() {
    threeStreams();
    String sql =
        "SELECT s.name, w.mean FROM btrdb.streams AS s CROSS JOIN LATERAL"
            + " TABLE(windows(s.uuid, 0, 100, 10)) AS w WHERE s.collection = 'a/b'";
    assertThat(db.plan(sql).stream().map(String::strip))
        .contains(
            "Lateral, INNER: the second input for each row of the first, whose columns are ?1 to"
                + " ?11")
        .anyMatch(line -> line.startsWith("call: LookupStreams("))
        .anyMatch(
            line -> line.startsWith("call: for each row, ") && line.contains("\"?1 (uuid)\""));
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void conditionsAndLimitsGoIntoTheCalls() {
    threeStreams();
    String call =
        "SELECT s.name, w.value FROM btrdb.streams AS s CROSS JOIN LATERAL (SELECT time, value FROM"
            + " raw_values(s.uuid, 0, 100) ";
    assertThat(db.rows(call + "ORDER BY time DESC LIMIT 1) AS w ORDER BY 1"))
        .containsExactly(row("s", 3.0), row("t", 30.0));
    assertThat(db.calls()).containsOnly("nearest").hasSize(3);
    assertThat(db.rows(call + "ORDER BY value DESC LIMIT 2) AS w WHERE w.time < 3 ORDER BY 1, 2"))
        .containsExactly(row("s", 2.0), row("t", 20.0));
    assertThat(
            db.rows(
                call + "WHERE time > 1 AND value < CHAR_LENGTH(s.name) * 25e0) AS w ORDER BY 1, 2"))
        .containsExactly(row("s", 2.0), row("s", 3.0), row("t", 20.0));
    assertThat(
            db.plan(call + "WHERE time > 1 AND value < CHAR_LENGTH(s.name) * 25e0) AS w")
                .toString())
        .contains("+ 1 ns", "value < ")
        .doesNotContain("Filter");
    assertThat(
            db.rows(
                "SELECT v.n, (SELECT COUNT(*) FROM raw_values(v.p, 0, 100) WHERE value > 1) FROM"
                    + " (VALUES (1, 'a/b/s'), (2, CAST(NULL AS VARCHAR))) AS v (n, p) ORDER BY 1"))
        .as("of no stream there are none")
        .containsExactly(row(1, 2L), row(2, 0L));
    PreparedSql last =
        db.prepare("SELECT value FROM raw_values(?, 0, 100) ORDER BY time DESC LIMIT 1");
    assertThat(TestBtrdb.rows(last, "a/b/t")).containsExactly(row(30.0));
    assertThat(db.calls()).containsExactly("nearest");
    assertThat(TestBtrdb.rows(last, (Object) null)).isEmpty();
  }

  @Test
  void ordersOfTheOuterSideAreKept() {
    threeStreams();
    String sql =
        "SELECT x.time, w.value FROM \"a/b\".s AS x CROSS JOIN LATERAL"
            + " TABLE(raw_values('a/b/t', x.time, 100)) AS w ORDER BY x.time";
    assertThat(db.plan(sql).toString()).contains("Lateral").doesNotContain("Sort");
    String one =
        "SELECT w.time FROM nearest('a/b/s', 2) AS x CROSS JOIN LATERAL"
            + " TABLE(raw_values('a/b/t', x.time, 100)) AS w ORDER BY w.time";
    assertThat(db.plan(one).toString()).contains("Lateral").doesNotContain("Sort");
  }

  @Test
  void gapsAreFilledOnBothSides() {
    threeStreams();
    String filled =
        "(SELECT date_bin_gapfill(2, time) AS b, locf(MAX(value)) AS v FROM %s WHERE time >= %f AND"
            + " time < %t GROUP BY 1)";
    same(
        "SELECT s.name, x.b, x.v FROM btrdb.streams AS s CROSS JOIN LATERAL "
            + filled
                .replace("%s", "raw_values(s.uuid, 0, 100)")
                .replace("%f", "TIMESTAMP '1970-01-01 00:00:00.000000002'")
                .replace("%t", "TIMESTAMP '1970-01-01 00:00:00.000000008'")
            + " AS x WHERE s.name = 's' ORDER BY 1, 2",
        row("s", 2L, 3.0),
        row("s", 4L, 3.0),
        row("s", 6L, 3.0));
    same(
        "SELECT x.b, x.v, f.value FROM "
            + filled
                .replace("%s", "a.s")
                .replace("%f", "TIMESTAMP '1970-01-01 00:00:00.000000002'")
                .replace("%t", "TIMESTAMP '1970-01-01 00:00:00.000000006'")
            + " AS x CROSS JOIN LATERAL TABLE(nearest('a/b/t', x.b)) AS f",
        row(2L, 3.0, 20.0),
        row(4L, 3.0, 30.0));
  }

  /** Without what each side held, a thousand of them fit side by side. */
  @Test
  void memoryOfEndedSidesIsGivenBack() {
    long[] times = LongStream.range(0, 500).toArray();
    db.stream("a/b", "s", times, random.doubles(500).toArray());
    SqlSession little =
        SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withMaxHeldBytes(2_000_000));
    for (String side :
        List.of(
            "SELECT value FROM raw_values('a/b/s', 0, g.time) ORDER BY value OFFSET 1 ROWS",
            "SELECT value FROM raw_values('a/b/s', 0, g.time) INTERSECT SELECT value FROM"
                + " raw_values('a/b/s', 0, g.time)")) {
      String sql =
          "SELECT COUNT(*) FROM time_series(500, 1500, 1) AS g CROSS JOIN LATERAL ("
              + side
              + ") AS w";
      assertThat(TestBtrdb.rows(little.prepare(sql, "", CallScope.unbounded())))
          .as(side)
          .containsExactly(List.of(side.contains("OFFSET") ? 499_000L : 500_000L));
    }
  }

  @Test
  void aRowThatFailsFailsInItsTurnAndLeavesNothingOpen() {
    threeStreams();
    AtomicInteger open = new AtomicInteger();
    SqlSession session = SqlSession.over(counted(open), SessionOptions.DEFAULT);
    String right =
        "SELECT w.value FROM (VALUES (1, 'a/b/s'), (2, 'a/b/t'), (3, 'a/b/x'), (4, 'a/b/s')) AS v"
            + " (n, p) CROSS JOIN LATERAL TABLE(raw_values(v.p, 0, 100)) AS w";
    String left =
        "SELECT w.value FROM (SELECT 12 / (3 - TO_NANOS(time)) AS q FROM \"a/b\".s) AS x CROSS JOIN"
            + " LATERAL TABLE(raw_values('a/b/s', x.q - x.q, 100)) AS w";
    Map<String, String> failures =
        Map.of(right, "no stream 'x' in collection 'a/b'", left, "division by zero");
    for (String sql : failures.keySet()) {
      assertThat(TestBtrdb.rows(session.prepare(sql + " LIMIT 6", "", CallScope.unbounded())))
          .as(sql)
          .hasSize(6);
      RowCursor rows =
          session
              .prepare(sql, "", CallScope.unbounded())
              .query(List.of(), CallScope.unbounded(), 0);
      for (int i = 0; i < 6; i++) {
        assertThat(rows.next()).as(sql).isTrue();
      }
      assertThatThrownBy(rows::next)
          .as(sql)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining(failures.get(sql));
      assertThat(open).as("calls left open by " + sql).hasValue(0);
      rows.close();
    }
  }

  @Test
  void pinnedCallsSeeTheStateAtTheBeginning() {
    UUID uuid = db.stream("a/b", "s", new long[] {1, 2}, new double[] {1, 2});
    db.btrdb().flush(uuid, CallScope.unbounded());
    db.btrdb()
        .insert(
            uuid,
            PointBatch.of(new long[] {3}, new double[] {3}),
            MergePolicy.NEVER,
            CallScope.unbounded());
    String sql =
        "COUNT(*) FROM btrdb.streams AS s CROSS JOIN LATERAL TABLE(raw_values(s.uuid, 0, 9)) AS w";
    assertThat(db.rows("SELECT " + sql)).containsExactly(List.of(3L));
    assertThat(db.rows("SELECT /*+ CONSISTENCY(PINNED) */ " + sql)).containsExactly(List.of(2L));
  }
}
