package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million rows by our operators and by Calcite's Enumerable; prints milliseconds. */
@Tag("long")
class OperatorBenchmarkTest {
  private static final int ROWS = Integer.getInteger("rows", 1_000_000);
  private static final int RUNS = 5;

  private static final Map<String, String> QUERIES =
      new TreeMap<>(
          Map.of(
              "1 filter and project",
              "SELECT time, value * 2 + 1 FROM s WHERE value > 50 AND value < 900",
              "2 group by expression",
              "SELECT MOD(CAST(value AS BIGINT), 100), COUNT(*), AVG(value), MAX(value) FROM s"
                  + " GROUP BY MOD(CAST(value AS BIGINT), 100)",
              "3 group by ordered time",
              "SELECT FLOOR(time TO MINUTE), COUNT(DISTINCT value) FROM s GROUP BY"
                  + " FLOOR(time TO MINUTE)",
              "4 join on time",
              "SELECT COUNT(*), SUM(s.value - t.value) FROM s JOIN t ON s.time = t.time",
              "5 join on value",
              "SELECT COUNT(*) FROM s JOIN u ON s.value = u.value",
              "6 top 10",
              "SELECT time, value FROM s ORDER BY value DESC, time LIMIT 10",
              "7 sort",
              "SELECT value FROM s ORDER BY value",
              "8 lag and moving sum",
              "SELECT value - LAG(value) OVER (ORDER BY time), SUM(value) OVER (ORDER BY time ROWS"
                  + " 9 PRECEDING) FROM s"));

  @Test
  void ownAgainstEnumerable() {
    try (TestBtrdb db = new TestBtrdb()) {
      stream(db, "s", ROWS, 7919, 1_000);
      stream(db, "t", ROWS, 6007, 1_000);
      stream(db, "u", 1_000, 1, 1_000);
      for (Map.Entry<String, String> query : QUERIES.entrySet()) {
        double own = best(db, SessionOptions.Executor.OPERATORS, query.getValue());
        double calcite = best(db, SessionOptions.Executor.ENUMERABLE, query.getValue());
        System.getLogger("bench")
            .log(
                System.Logger.Level.INFO,
                "{0}: operators {1} ms, Enumerable {2} ms",
                query.getKey(),
                Math.round(own),
                Math.round(calcite));
        assertThat(own).as(query.getKey()).isLessThan(3 * calcite);
      }
    }
  }

  private static void stream(TestBtrdb db, String name, int size, int step, int modulus) {
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = i * 1_000_000_000L;
      values[i] = (long) i * step % modulus;
    }
    db.stream("b", name, times, values);
  }

  private static double best(TestBtrdb db, SessionOptions.Executor executor, String sql) {
    SqlSession session = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
    PreparedSql prepared = session.prepare(sql, "b", CallScope.unbounded());
    long best = Long.MAX_VALUE;
    long rows = 0;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      try (RowCursor cursor = prepared.query(List.of(), CallScope.unbounded(), 0)) {
        while (cursor.next()) {
          rows++;
        }
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(rows).isPositive();
    return best / 1e6;
  }
}
