package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which statements share a plan, and that each still answers what it asks for. */
class PlanCacheTest {
  private static final long SECOND = 1_000_000_000L;

  private final TestBtrdb db = new TestBtrdb();
  private final AtomicLong nanoTime = new AtomicLong();
  private CalciteSqlSession session = session(SessionOptions.DEFAULT);
  private UUID stream = UUID.randomUUID();

  private CalciteSqlSession session(SessionOptions options) {
    Ticker ticker =
        new Ticker() {
          @Override
          public long read() {
            return nanoTime.get();
          }
        };
    return new CalciteSqlSession(db.btrdb(), options, ticker);
  }

  private void later(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }

  /** Another session's, so that this one is told nothing. */
  private void rename(UUID uuid, String name) {
    db.btrdb()
        .setTags(
            uuid,
            db.btrdb().stream(uuid, CallScope.unbounded()).orElseThrow().propertyVersion(),
            null,
            MetadataChange.setting(Map.of("name", name)),
            CallScope.unbounded());
  }

  @BeforeEach
  void tenSeconds() {
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < 10; i++) {
      times[i] = i * SECOND;
      values[i] = i;
    }
    stream = db.stream("c", "s", times, values);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
    return rows(session.prepare(sql, "c", CallScope.unbounded()), parameters);
  }

  private static List<List<@Nullable Object>> rows(
      PreparedSql prepared, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor =
        prepared.query(java.util.Arrays.asList(parameters), CallScope.unbounded(), 0)) {
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

  private static String at(int second) {
    return "TIMESTAMP '1970-01-01 00:00:0" + second + "'";
  }

  /** The rows of the second statement, which must find the plan of the first. */
  private List<List<@Nullable Object>> shared(String first, String second) {
    rows(first);
    long before = session.plansFound();
    List<List<@Nullable Object>> rows = rows(second);
    assertThat(session.plansFound()).as(second).isEqualTo(before + 1);
    return rows;
  }

  private List<List<@Nullable Object>> notShared(String first, String second) {
    rows(first);
    long before = session.plansFound();
    List<List<@Nullable Object>> rows = rows(second);
    assertThat(session.plansFound()).as(second).isEqualTo(before);
    return rows;
  }

  private static List<Object> row(Object... values) {
    return List.of(values);
  }

  @Test
  void theSameTextHasOnePlan() {
    String sql = "SELECT COUNT(*) FROM s";
    assertThat(shared(sql, sql)).containsExactly(row(10L));
    String withParameter = "SELECT value FROM s WHERE time = ?";
    rows(withParameter, SECOND);
    assertThat(rows(withParameter, 3 * SECOND)).containsExactly(row(3.0));
    assertThat(session.plansFound()).isEqualTo(2);
  }

  @Test
  void timesThatAreComparedWithMayDiffer() {
    String count = "SELECT COUNT(*) FROM s WHERE ";
    assertThat(shared(count + "time >= " + at(3), count + "time >= " + at(8)))
        .containsExactly(row(2L));
    assertThat(
            shared(
                count + at(1) + " < time AND time < " + at(8),
                count + at(6) + " < time AND time < " + at(7)))
        .containsExactly(row(0L));
    assertThat(
            shared(
                count + "time BETWEEN " + at(1) + " AND " + at(2),
                count + "time BETWEEN " + at(2) + " AND " + at(9)))
        .containsExactly(row(8L));
    assertThat(
            shared(
                count + "time NOT IN (" + at(1) + ", " + at(3) + ")",
                count + "time NOT IN (" + at(1) + ", " + at(2) + ")"))
        .containsExactly(row(8L));
    assertThat(
            shared(
                count + "FLOOR(time TO SECOND) = " + at(1) + " OR value < 0",
                count + "FLOOR(time TO SECOND) = " + at(9) + " OR value < 0"))
        .containsExactly(row(1L));
  }

  @Test
  void everyWayToWriteATimeMayDiffer() {
    String count = "SELECT COUNT(*) FROM s WHERE time >= ";
    assertThat(
            shared(count + "TIMESTAMP '1970-01-01'", count + "TIMESTAMP '1970-01-01T00:00:05.5Z'"))
        .containsExactly(row(4L));
    assertThat(shared(count + "'1970-01-01 00:00:01'", count + "'1970-01-01T01:00:08+01:00'"))
        .containsExactly(row(2L));
    assertThat(shared(count + "{ts '1970-01-01 00:00:01'}", count + "{ts '1970-01-01 00:00:07.5'}"))
        .containsExactly(row(2L));
  }

  @Test
  void conditionsOfJoinsAndSubQueriesToo() {
    String join =
        "SELECT COUNT(*) FROM s AS x JOIN (SELECT * FROM s WHERE time > %) AS y"
            + " ON x.time = y.time AND x.time < % WHERE x.time IN (SELECT time FROM s WHERE time <> %)";
    assertThat(
            shared(
                join.replaceFirst("%", at(1)).replaceFirst("%", at(2)).replaceFirst("%", at(3)),
                join.replaceFirst("%", at(2)).replaceFirst("%", at(8)).replaceFirst("%", at(5))))
        .containsExactly(row(4L));
    String with =
        "WITH w AS (SELECT value FROM s WHERE time < %) SELECT * FROM w UNION ALL SELECT 0";
    assertThat(shared(with.replace("%", at(0)), with.replace("%", at(1))))
        .containsExactlyInAnyOrder(row(0.0), row(0.0));
  }

  @Test
  void placesInTheTextAreRightOverLinesTabsAndComments() {
    String sql =
        "-- '1970'\r\nSELECT\t/* 'a' 7 */ COUNT(*)\n\tFROM s\r\tWHERE \"value\" <> 77 AND\ttime >= %";
    assertThat(shared(sql.replace("%", at(1)), sql.replace("%", at(9)))).containsExactly(row(1L));
  }

  @Test
  void whatDecidesTheShapeOfAnAnswerIsNoParameter() {
    assertThat(notShared("SELECT " + at(1), "SELECT " + at(2))).hasSize(1);
    assertThat(
            notShared(
                "SELECT COUNT(*) FROM s WHERE value > 3", "SELECT COUNT(*) FROM s WHERE value > 8"))
        .containsExactly(row(1L));
    assertThat(
            notShared(
                "SELECT time, value FROM s ORDER BY 2 LIMIT 1",
                "SELECT time, value FROM s ORDER BY 1 LIMIT 1"))
        .hasSize(1);
    assertThat(
            notShared(
                "SELECT COUNT(*) FROM s WHERE time > " + at(0) + " + INTERVAL '1' SECOND",
                "SELECT COUNT(*) FROM s WHERE time > " + at(0) + " + INTERVAL '2' SECOND"))
        .containsExactly(row(7L));
    assertThat(
            notShared(
                "SELECT COUNT(*) FROM s WHERE " + at(1) + " = " + at(1),
                "SELECT COUNT(*) FROM s WHERE " + at(1) + " = " + at(2)))
        .containsExactly(row(0L));
    assertThat(
            notShared(
                "SELECT date_bin('1s', time, "
                    + at(1)
                    + ") FROM s GROUP BY date_bin('1s', time, "
                    + at(1)
                    + ")",
                "SELECT date_bin('2s', time, "
                    + at(1)
                    + ") FROM s GROUP BY date_bin('2s', time, "
                    + at(1)
                    + ")"))
        .hasSize(6);
    String version = "SELECT COUNT(*) FROM s FOR VERSION AS OF ";
    db.btrdb().flush(stream, CallScope.unbounded());
    long before = db.btrdb().version(stream, CallScope.unbounded()).major();
    db.btrdb()
        .insert(
            stream,
            PointBatch.of(new long[] {-1}, new double[] {0}),
            MergePolicy.NEVER,
            CallScope.unbounded());
    db.btrdb().flush(stream, CallScope.unbounded());
    assertThat(notShared(version + before, version + (before + 1))).containsExactly(row(11L));
  }

  /** A planner sees that they are equal, and plans accordingly. */
  @Test
  void equalTimesAreOneParameter() {
    String two = "SELECT COUNT(*) FROM s WHERE time NOT IN (%, %)";
    String equal = two.replace("%", at(1));
    String different = two.replaceFirst("%", at(1)).replaceFirst("%", at(2));
    assertThat(notShared(different, equal)).containsExactly(row(9L));
    assertThat(shared(equal, two.replace("%", at(4)))).containsExactly(row(9L));
    String mixed = two.replaceFirst("%", at(1)).replaceFirst("%", "'1970-01-01 00:00:01'");
    assertThat(notShared(different, mixed)).containsExactly(row(9L));
  }

  /** The literals that are none: the rest of a shared text stands for itself. */
  @Test
  void otherLiteralsOfASharedTextMustBeTheSame() {
    String sql = "SELECT 'a', value FROM s WHERE time = " + at(4) + " AND value < 5";
    assertThat(shared(sql, sql.replace(at(4), at(3)))).containsExactly(row("a", 3.0));
    assertThat(notShared(sql, sql.replace("'a'", "'b'"))).containsExactly(row("b", 4.0));
    assertThat(notShared(sql, sql.replace("< 5", "< 4"))).isEmpty();
  }

  @Test
  void wrongAndFarTimesAreNoParameters() {
    String count = "SELECT COUNT(*) FROM s WHERE time < ";
    rows(count + at(5));
    assertThat(rows(count + "TIMESTAMP '9999-12-31 00:00:00'")).containsExactly(row(10L));
    assertThat(session.plansFound()).isZero();
    assertThatThrownBy(() -> rows(count + "TIMESTAMP '1970-01-32 00:00:00'"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("Illegal TIMESTAMP literal '1970-01-32 00:00:00'");
    assertThat(rows(count + at(6))).containsExactly(row(6L));
    assertThat(session.plansFound()).isEqualTo(1);
  }

  @Test
  void theSchemaBelongsToTheText() {
    db.stream("d", "s", new long[] {1}, new double[] {7});
    String sql = "SELECT MAX(value) FROM s WHERE time >= TIMESTAMP '1970-01-01'";
    rows(sql);
    try (RowCursor other =
        session
            .prepare(sql, "d", CallScope.unbounded())
            .query(List.of(), CallScope.unbounded(), 0)) {
      assertThat(other.next()).isTrue();
      assertThat(other.getDouble(0)).isEqualTo(7);
    }
  }

  @Test
  void aNameThatStandsForAnotherStreamIsPlannedAnew() {
    String sql = "SELECT MAX(value) FROM s WHERE time >= " + at(1);
    assertThat(rows(sql)).containsExactly(row(9.0));
    rename(stream, "old");
    db.stream("c", "s", new long[] {5 * SECOND}, new double[] {77});
    assertThat(rows(sql)).containsExactly(row(9.0));
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    assertThat(rows(sql)).containsExactly(row(77.0));
  }

  @Test
  void aNameThatStandsForNothingAnyMoreIsMissed() {
    String sql = "SELECT MAX(value) FROM s WHERE time >= " + at(1);
    rows(sql);
    rename(stream, "old");
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    assertThatThrownBy(() -> rows(sql)).hasMessageContaining("'s'");
    rename(stream, "s");
    assertThat(rows(sql)).containsExactly(row(9.0));
  }

  @Test
  void whatThisSessionChangesIsSeenAtOnce() {
    String wide = "SELECT * FROM wide.c WHERE time = " + at(1);
    assertThat(rows(wide).get(0)).hasSize(2);
    session
        .prepare("CREATE TABLE c.other", "", CallScope.unbounded())
        .update(List.of(), CallScope.unbounded());
    assertThat(rows(wide).get(0)).hasSize(3);
  }

  @Test
  void aRefreshIsSeenByKeptPlans() {
    String sql = "SELECT MAX(value) FROM s";
    rows(sql);
    rename(stream, "old");
    db.stream("c", "s", new long[] {5 * SECOND}, new double[] {77});
    session.refresh();
    assertThat(rows(sql)).containsExactly(row(77.0));
  }

  @Test
  void aPreparedStatementReadsWhatItsNamesStandForWhenItRuns() {
    PreparedSql prepared =
        session.prepare("SELECT MAX(value) FROM s WHERE time >= ?", "c", CallScope.unbounded());
    assertThat(rows(prepared, 0L)).containsExactly(row(9.0));
    rename(stream, "old");
    db.stream("c", "s", new long[] {5 * SECOND}, new double[] {77});
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    assertThat(rows(prepared, 0L)).containsExactly(row(77.0));
    PreparedSql insert = session.prepare("INSERT INTO s VALUES (?, ?)", "c", CallScope.unbounded());
    rename(stream, "s2");
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    insert.update(List.of(7 * SECOND, 78.0), CallScope.unbounded());
    assertThat(rows("SELECT value FROM s ORDER BY time")).containsExactly(row(77.0), row(78.0));
    assertThat(rows("SELECT COUNT(*) FROM s2")).containsExactly(row(10L));
  }

  @Test
  void aPreparedStatementIsRefusedWhenItsColumnsHaveChanged() {
    PreparedSql prepared = session.prepare("SELECT * FROM wide.c", "", CallScope.unbounded());
    later(Duration.ofSeconds(2));
    assertThat(rows(prepared)).hasSize(10);
    db.stream("c", "other", new long[] {1}, new double[] {1});
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    assertThatThrownBy(() -> rows(prepared)).hasMessageContaining("prepare it again");
  }

  @Test
  void streamsThatTableFunctionsNameAreNamesToo() {
    String sql = "SELECT MAX(value) FROM TABLE(raw_values('c/s', 0, 9000000000))";
    PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
    assertThat(rows(sql)).containsExactly(row(8.0));
    rename(stream, "old");
    db.stream("c", "s", new long[] {5 * SECOND}, new double[] {77});
    later(SessionOptions.DEFAULT_NAME_LIFETIME);
    assertThat(rows(sql)).containsExactly(row(77.0));
    assertThat(rows(prepared)).containsExactly(row(77.0));
  }

  @Test
  void nowIsTheTimeOfEachRun() throws Exception {
    String sql = "SELECT CURRENT_TIMESTAMP FROM s WHERE time = " + at(1);
    Object first = rows(sql).get(0).get(0);
    Object second = first;
    while (second.equals(first)) {
      second = rows(sql).get(0).get(0);
    }
    assertThat((Long) second).isGreaterThan((Long) first);
  }

  /** Plans hold nothing of a run: threads that share one get each its own answer. */
  @Test
  void onePlanRunsInManyThreadsAtOnce() throws Exception {
    List<String> shapes =
        List.of(
            "SELECT COUNT(*) FROM s WHERE time >= %",
            "SELECT COUNT(*) FROM s AS x JOIN s AS y ON x.value = y.value WHERE x.time >= %",
            "SELECT SUM(n) FROM (SELECT value, COUNT(*) OVER (ORDER BY value ROWS CURRENT ROW) AS n"
                + " FROM s WHERE time >= % ORDER BY value DESC LIMIT 100) AS w",
            "SELECT CAST(COUNT(DISTINCT value) AS BIGINT) FROM s WHERE time >= % AND value > -1",
            "SELECT COUNT(*) FROM (SELECT value FROM s WHERE time >= % GROUP BY ROLLUP(value)"
                + " HAVING value IS NOT NULL) AS r");
    shapes.forEach(sql -> rows(sql.replace("%", at(0))));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread;
        runs.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 200; i++) {
                    String sql = shapes.get(i % shapes.size()).replace("%", at(i % 10));
                    assertThat(((Number) rows(sql).get(0).get(0)).longValue())
                        .as(sql)
                        .isEqualTo(10 - i % 10);
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(session.plansFound()).isEqualTo(800);
  }

  @Test
  void noMorePlansAreKeptThanAsked() {
    session = session(SessionOptions.DEFAULT.withMaxPlans(2));
    for (String sql : List.of("SELECT 1", "SELECT 2", "SELECT 3", "SELECT 1", "SELECT 3")) {
      session.prepare(sql, "", CallScope.unbounded());
    }
    assertThat(session.plansFound()).isEqualTo(1);
  }
}
