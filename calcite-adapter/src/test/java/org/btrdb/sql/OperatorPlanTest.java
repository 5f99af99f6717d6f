package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our operators as statements use them: NaN, duplicates, memory, cancelling, closing, EXPLAIN. */
class OperatorPlanTest {
  private static final long SECOND = 1_000_000_000L;

  /** Stream a with NaN, which no server stores, for -1. */
  private static final String NANS =
      "(SELECT time, CASE WHEN value < 0 THEN SQRT(value) ELSE value END AS value FROM a)";

  private final TestBtrdb db = new TestBtrdb();

  /** Cursors that were opened and not yet closed. */
  private final Set<Object> open = ConcurrentHashMap.newKeySet();

  private int failAtRead = Integer.MAX_VALUE;
  private int reads;

  OperatorPlanTest() {
    db.stream("o", "a", times(5), new double[] {1, 2, -1, 2, -1});
    db.stream("o", "b", new long[] {0, SECOND, SECOND, 9 * SECOND}, new double[] {10, 20, 30, 40});
    double[] many = new double[20_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 7919 % 20_011;
    }
    db.stream("o", "many", times(many.length), many);
  }

  private static long[] times(int size) {
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      times[i] = i * SECOND;
    }
    return times;
  }

  @AfterEach
  void close() {
    assertThat(open).as("cursors left open").isEmpty();
    db.close();
  }

  /** A BTrDB that notes which cursors are open and fails at one read if told so. */
  private Btrdb watched() {
    return proxy(
        Btrdb.class,
        db.btrdb(),
        (method, result) -> {
          boolean reading = method.equals("raw") || method.equals("windows");
          if (!reading || !(result instanceof DataCursor<?> cursor)) {
            return result;
          }
          if (++reads == failAtRead) {
            cursor.close();
            throw new IllegalStateException("no more");
          }
          open.add(cursor);
          return proxy(
              DataCursor.class,
              cursor,
              (called, answer) -> {
                if (called.equals("close")) {
                  open.remove(cursor);
                }
                return answer;
              });
        });
  }

  private interface After {
    @Nullable Object result(String method, @Nullable Object result);
  }

  private static <T> T proxy(Class<T> type, Object target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return after.result(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private PreparedSql prepare(String sql, long maxHeldBytes) {
    return SqlSession.over(
            watched(),
            SessionOptions.DEFAULT
                .withMaxHeldBytes(maxHeldBytes)
                .withExecutor(SessionOptions.Executor.OPERATORS))
        .prepare(sql, "o", CallScope.unbounded());
  }

  private List<List<@Nullable Object>> rows(String sql) {
    return rows(sql, SessionOptions.DEFAULT_MAX_HELD_BYTES);
  }

  private List<List<@Nullable Object>> rows(String sql, long maxHeldBytes) {
    PreparedSql prepared = prepare(sql, maxHeldBytes);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(), CallScope.unbounded(), 0)) {
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

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void nanIsOneValueAndTheLargest() {
    assertThat(rows("SELECT value FROM " + NANS + " AS a ORDER BY value"))
        .containsExactly(row(1.0), row(2.0), row(2.0), row(Double.NaN), row(Double.NaN));
    assertThat(rows("SELECT value FROM " + NANS + " AS a ORDER BY value DESC LIMIT 3"))
        .containsExactly(row(Double.NaN), row(Double.NaN), row(2.0));
    assertThat(rows("SELECT value, COUNT(*) FROM " + NANS + " AS a GROUP BY value ORDER BY value"))
        .containsExactly(row(1.0, 1L), row(2.0, 2L), row(Double.NaN, 2L));
    assertThat(rows("SELECT COUNT(*) FROM " + NANS + " AS a WHERE value > 1e300"))
        .containsExactly(row(2L));
    assertThat(
            rows(
                "SELECT COUNT(*) FROM "
                    + NANS
                    + " AS x JOIN "
                    + NANS
                    + " AS y ON x.value = y.value"))
        .containsExactly(row(9L));
    assertThat(rows("SELECT MIN(value + 0), MAX(value + 0) FROM " + NANS + " AS a"))
        .containsExactly(row(1.0, Double.NaN));
    assertThat(rows("SELECT DISTINCT value FROM " + NANS + " AS a")).hasSize(3);
  }

  @Test
  void equalTimesMultiplyAndOuterJoinsKeepTheRest() {
    String from = " FROM (SELECT * FROM a WHERE value = value) AS a %s JOIN b ON a.time = b.time";
    String select = "SELECT a.time, b.time, b.value" + from;
    assertThat(rows(select.replace("%s", "") + " ORDER BY b.value"))
        .containsExactly(row(0L, 0L, 10.0), row(SECOND, SECOND, 20.0), row(SECOND, SECOND, 30.0));
    assertThat(rows(select.replace("%s", "LEFT"))).hasSize(6);
    assertThat(rows(select.replace("%s", "RIGHT")))
        .hasSize(4)
        .contains(row(null, 9 * SECOND, 40.0));
    assertThat(rows(select.replace("%s", "FULL")))
        .hasSize(7)
        .contains(row(4 * SECOND, null, null), row(null, 9 * SECOND, 40.0));
    assertThat(plan("SELECT a.time FROM a JOIN b ON a.time = b.time"))
        .anyMatch(line -> line.contains("Merge join"));
    assertThat(rows("SELECT time FROM a WHERE time IN (SELECT time FROM b)")).hasSize(2);
    assertThat(rows("SELECT time FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.time = a.time)"))
        .hasSize(3);
  }

  @Test
  void aConditionOfAnOuterJoinDecidesOnlyWhatMatches() {
    assertThat(
            rows(
                "SELECT a.time, b.value FROM a LEFT JOIN b ON a.time = b.time AND b.value > 25"
                    + " ORDER BY a.time LIMIT 2"))
        .containsExactly(row(0L, null), row(SECOND, 30.0));
    assertThat(
            rows(
                "SELECT a.time, b.value FROM b LEFT JOIN a ON a.value > b.value AND a.value < 0"
                    + " ORDER BY b.value"))
        .containsExactly(row(null, 10.0), row(null, 20.0), row(null, 30.0), row(null, 40.0));
  }

  @Test
  void setOperationsCountTheirRows() {
    String twice = "SELECT value FROM a WHERE value = 2";
    assertThat(rows(twice + " UNION " + twice)).containsExactly(row(2.0));
    assertThat(rows(twice + " UNION ALL " + twice)).hasSize(4);
    assertThat(rows("SELECT value FROM a EXCEPT SELECT value FROM b")).hasSize(3);
    assertThat(rows("SELECT value FROM a EXCEPT ALL SELECT 2e0 FROM b WHERE value = 10"))
        .hasSize(4)
        .contains(row(2.0));
    assertThat(rows("SELECT value FROM a INTERSECT SELECT value FROM a")).hasSize(3);
    assertThat(rows("SELECT value FROM a INTERSECT ALL SELECT value FROM a")).hasSize(5);
  }

  @Test
  void windowsReachBackAndAhead() {
    assertThat(
            rows(
                "SELECT LAG(value) OVER (ORDER BY time), LEAD(value, 2, 0e0) OVER (ORDER BY time),"
                    + " ROW_NUMBER() OVER (ORDER BY time),"
                    + " SUM(value) OVER (ORDER BY time ROWS 1 PRECEDING) FROM b"
                    + " WHERE value <> 30 ORDER BY time"))
        .containsExactly(
            row(null, 40.0, 1L, 10.0), row(10.0, 0.0, 2L, 30.0), row(20.0, 0.0, 3L, 60.0));
    assertThat(
            rows(
                "SELECT COUNT(*) OVER (ORDER BY time RANGE BETWEEN INTERVAL '1' SECOND PRECEDING"
                    + " AND CURRENT ROW), LAST_VALUE(value) OVER (PARTITION BY value ORDER BY time)"
                    + " FROM b ORDER BY value"))
        .containsExactly(row(1L, 10.0), row(3L, 20.0), row(3L, 30.0), row(1L, 40.0));
  }

  @Test
  void aStreamingWindowHoldsFewRows() {
    assertThat(
            rows(
                "SELECT MAX(d) FROM (SELECT value - LAG(value) OVER (ORDER BY time) AS d,"
                    + " SUM(value) OVER (ORDER BY time ROWS 9 PRECEDING) FROM many)",
                100_000))
        .hasSize(1);
  }

  @Test
  void aScalarSubQueryWithSeveralRowsIsRefused() {
    assertThatThrownBy(() -> rows("SELECT value FROM a WHERE value = (SELECT value FROM b)"))
        .isInstanceOfSatisfying(
            SqlRefusal.class, e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.CARDINALITY));
  }

  @Test
  void memoryIsBounded() {
    for (String sql :
        List.of(
            "SELECT value FROM many ORDER BY value",
            "SELECT value, COUNT(*) FROM many GROUP BY value",
            "SELECT x.value FROM many AS x JOIN many AS y ON x.value = y.value",
            "SELECT DISTINCT value FROM many",
            "SELECT COUNT(DISTINCT value + 1) FROM many",
            "SELECT SUM(value) OVER (PARTITION BY value) FROM many")) {
      assertThatThrownBy(() -> rows(sql, 100_000))
          .as(sql)
          .isInstanceOfSatisfying(
              SqlRefusal.class, e -> assertThat(e.reason().sqlState()).isEqualTo("54000"));
      assertThat(rows(sql)).as(sql).isNotEmpty();
    }
    for (String sql :
        List.of(
            "SELECT value FROM many ORDER BY value LIMIT 10",
            "SELECT FLOOR(time TO MINUTE), COUNT(DISTINCT value) FROM many"
                + " GROUP BY FLOOR(time TO MINUTE)",
            "SELECT COUNT(*) FROM many AS x FULL JOIN many AS y ON x.time = y.time",
            "SELECT value + 1 FROM many WHERE value > 5")) {
      assertThat(rows(sql, 100_000)).as(sql).isNotEmpty();
    }
    // The state of a deviation is larger than that of an average.
    String groups = "SELECT value, %s(value) FROM many GROUP BY value";
    assertThat(rows(groups.replace("%s", "AVG"), 2_000_000)).hasSize(20_000);
    assertThatThrownBy(() -> rows(groups.replace("%s", "STDDEV"), 2_000_000))
        .isInstanceOf(SqlRefusal.class);
  }

  @Test
  void aCancelEndsALoopThatAsksNoInput() {
    CallScope scope = CallScope.unbounded();
    PreparedSql endless =
        prepare(
            "SELECT COUNT(*) FROM many AS x JOIN many AS y ON x.value < y.value - 1e9",
            SessionOptions.DEFAULT_MAX_HELD_BYTES);
    try (RowCursor cursor = endless.query(List.of(), scope, 0)) {
      Thread canceller =
          new Thread(
              () -> {
                while (open.size() != 1 && !scope.isCancelled()) {
                  Thread.onSpinWait();
                }
                scope.cancel();
              });
      canceller.start();
      assertThatThrownBy(cursor::next).isInstanceOf(BtrdbException.class).hasMessage("cancelled");
    }
  }

  @Test
  void whatWasOpenedIsClosedWhenOpeningTheRestFails() {
    for (String sql :
        List.of(
            "SELECT x.value FROM a AS x JOIN b AS y ON x.time = y.time",
            "SELECT x.value FROM a AS x JOIN b AS y ON x.value < y.value",
            "SELECT value FROM a EXCEPT SELECT value FROM b",
            "SELECT value FROM a UNION ALL SELECT value FROM b")) {
      reads = 0;
      failAtRead = 2;
      assertThatThrownBy(() -> rows(sql)).as(sql).hasMessageContaining("no more");
      assertThat(open).as(sql).isEmpty();
    }
  }

  @Test
  void aLimitEndsItsInput() {
    PreparedSql limited =
        prepare("SELECT value + 1 FROM many LIMIT 3", SessionOptions.DEFAULT_MAX_HELD_BYTES);
    try (RowCursor cursor = limited.query(List.of(), CallScope.unbounded(), 0)) {
      int count = 0;
      while (cursor.next()) {
        count++;
      }
      assertThat(count).isEqualTo(3);
      assertThat(open).isEmpty();
    }
  }

  @Test
  void unionAllOpensItsInputsOneByOne() {
    PreparedSql union =
        prepare(
            "SELECT value FROM a UNION ALL SELECT value FROM b",
            SessionOptions.DEFAULT_MAX_HELD_BYTES);
    try (RowCursor cursor = union.query(List.of(), CallScope.unbounded(), 0)) {
      assertThat(cursor.next()).isTrue();
      assertThat(reads).isEqualTo(1);
    }
  }

  private List<String> plan(String sql) {
    return rows("EXPLAIN PLAN FOR " + sql).stream().map(r -> String.valueOf(r.get(0))).toList();
  }

  @Test
  void explainShowsTheOperators() {
    assertThat(plan("SELECT value, COUNT(*) FROM b WHERE value > 10 GROUP BY value ORDER BY 2"))
        .first()
        .isEqualTo("path: operators, row by row");
    assertThat(plan("SELECT FLOOR(time TO MINUTE), COUNT(DISTINCT value) FROM b GROUP BY 1"))
        .anyMatch(line -> line.contains("Aggregate ordered by"));
  }
}
