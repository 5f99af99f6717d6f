package org.btrdb.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.btrdb.client.time.IsoTime;

/**
 * A small query as programs send it: always the same but for two times.
 *
 * @param name what it is
 * @param sql with {@code %1$s} and {@code %2$s} for the text of the times and {@code %3$s} for a
 *     name that another shape does not have
 */
record StatementShape(String name, String sql) {
  private static final long SECOND = 1_000_000_000L;
  private static final long RANGE_SECONDS = 6;

  /** The queries that the design measured. */
  static final List<StatementShape> ALL =
      List.of(
          new StatementShape(
              "range",
              "SELECT time, value AS %3$s FROM bench.s0 WHERE time >= TIMESTAMP '%1$s'"
                  + " AND time < TIMESTAMP '%2$s'"),
          new StatementShape(
              "buckets",
              "SELECT FLOOR(time TO SECOND) AS %3$s, MIN(value), AVG(value), MAX(value), COUNT(*)"
                  + " FROM bench.s0 WHERE time >= TIMESTAMP '%1$s' AND time < TIMESTAMP '%2$s'"
                  + " GROUP BY FLOOR(time TO SECOND)"),
          new StatementShape(
              "join of four",
              "SELECT a.time, a.value AS %3$s, b.value, c.value, d.value FROM bench.s0 AS a JOIN"
                  + " bench.s1 AS b ON a.time = b.time JOIN bench.s2 AS c ON a.time = c.time JOIN"
                  + " bench.s3 AS d ON a.time = d.time WHERE a.time >= TIMESTAMP '%1$s' AND a.time <"
                  + " TIMESTAMP '%2$s' AND b.time >= TIMESTAMP '%1$s' AND b.time < TIMESTAMP '%2$s'"
                  + " AND c.time >= TIMESTAMP '%1$s' AND c.time < TIMESTAMP '%2$s' AND d.time >="
                  + " TIMESTAMP '%1$s' AND d.time < TIMESTAMP '%2$s'"),
          new StatementShape(
              "expressions",
              "SELECT time, value * 2 + 1 AS %3$s, CASE WHEN value > 60 THEN 'high' ELSE 'low' END"
                  + " FROM bench.s0 WHERE time >= TIMESTAMP '%1$s' AND time < TIMESTAMP '%2$s' ORDER"
                  + " BY value DESC LIMIT 10"));

  /** The text with times of its own. */
  String text(Random random, String alias) {
    long start = random.nextInt(100_000) * 10_000_000L;
    return String.format(
        Locale.ROOT,
        sql,
        IsoTime.format(start),
        IsoTime.format(start + RANGE_SECONDS * SECOND),
        alias);
  }
}
