package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs inside the tree: the calls that a statement becomes, and no others. */
class PushDownTest {
  private static final String HOUR =
      "SELECT FLOOR(time TO HOUR) AS hour, AVG(value) AS mean, COUNT(*) AS n FROM \"p\".s ";

  private final TestBtrdb db = new TestBtrdb();

  PushDownTest() {
    long start = IsoTime.parseNanos("2016-01-01");
    long[] times = new long[24 * 60];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = start + i * 60_000_000_000L;
      values[i] = i % 100;
    }
    db.stream("p", "s", times, values);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void wholeStreamAggregatesAreOneCall() {
    assertThat(db.rows("SELECT COUNT(*), MIN(value), MAX(value), AVG(value) FROM \"p\".s"))
        .hasSize(1);
    assertThat(db.calls()).containsExactly("windows");
    assertThat(db.allCalls()).containsExactly("lookup", "windows");
  }

  @Test
  void wholeBucketsAreOneCallAndCutOnesThree() {
    assertThat(
            db.rows(
                HOUR
                    + "WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP"
                    + " '2016-01-02 00:00:00' GROUP BY FLOOR(time TO HOUR) ORDER BY hour"))
        .hasSize(24);
    assertThat(db.calls()).containsExactly("windows");
    assertThat(
            db.rows(
                HOUR
                    + "WHERE time >= TIMESTAMP '2016-01-01 00:17:23.5' AND time < TIMESTAMP"
                    + " '2016-01-01 05:42:10.25' GROUP BY FLOOR(time TO HOUR)"))
        .hasSize(6);
    assertThat(db.calls()).containsExactly("windows", "windows", "windows");
  }

  @Test
  void rawRangesAreOneCall() {
    assertThat(
            db.rows(
                "SELECT time, value FROM \"p\".s WHERE time >= TIMESTAMP '2016-01-01 12:00:00'"
                    + " AND time < TIMESTAMP '2016-01-01 13:00:00' ORDER BY time"))
        .hasSize(60);
    assertThat(db.calls()).containsExactly("raw");
  }

  @Test
  void firstAndLastTimesAreNearest() {
    db.rows("SELECT MAX(time) FROM \"p\".s");
    assertThat(db.calls()).containsExactly("nearest");
  }

  @Test
  void questionsWithoutAnAnswerCostNoCall() {
    assertThat(db.rows("SELECT * FROM \"p\".s WHERE 1 = 0")).isEmpty();
    assertThat(db.calls()).isEmpty();
    assertThat(db.rows("SELECT * FROM \"p\".s LIMIT 0")).isEmpty();
    assertThat(db.calls()).isEmpty();
    assertThat(
            db.rows(
                "SELECT * FROM \"p\".s WHERE time > TIMESTAMP '2017-01-01 00:00:00' AND time <"
                    + " TIMESTAMP '2016-01-01 00:00:00'"))
        .isEmpty();
    assertThat(db.calls()).isEmpty();
    assertThat(
            db.rows(
                "SELECT COUNT(*), SUM(value) FROM \"p\".s WHERE time > TIMESTAMP '3000-01-01"
                    + " 00:00:00'"))
        .containsExactly(java.util.Arrays.asList(0L, null));
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void valuePredicatesReadPointsOnlyWhereWindowsDoNotDecide() {
    assertThat(db.rows("SELECT COUNT(*) FROM \"p\".s WHERE value > 98"))
        .containsExactly(List.of(14L));
    assertThat(db.calls()).containsExactly("alignedWindows", "raw");
    assertThat(db.rows("SELECT COUNT(*) FILTER (WHERE value > 98), COUNT(*) FROM \"p\".s"))
        .containsExactly(List.of(14L, 1440L));
    assertThat(db.calls()).containsExactly("alignedWindows", "raw");
    assertThat(db.rows("SELECT time, value FROM \"p\".s WHERE value > 99 OR value < 0")).isEmpty();
    assertThat(db.calls()).containsExactly("alignedWindows");
    assertThat(db.rows("SELECT SUM(CASE WHEN value <= 99 THEN 1 ELSE 0 END) FROM \"p\".s"))
        .containsExactly(List.of(1440));
    assertThat(db.calls()).containsExactly("alignedWindows");
    assertThat(db.rows("SELECT * FROM \"p\".s WHERE value > CAST(NULL AS DOUBLE)")).isEmpty();
    assertThat(db.calls()).isEmpty();
    assertThat(db.rows("SELECT COUNT(DISTINCT value) FROM \"p\".s")).containsExactly(List.of(100L));
  }

  @Test
  void shortRangesAreSearchedByOneCall() {
    assertThat(
            db.rows(
                "SELECT value FROM \"p\".s WHERE time = TIMESTAMP '2016-01-01 00:03:00' AND value"
                    + " BETWEEN ? AND 4",
                2.5))
        .containsExactly(List.of(3.0));
    assertThat(db.calls()).containsExactly("raw");
  }

  @Test
  void havingAndOrderRunOverTheBuckets() {
    assertThat(
            db.rows(
                "SELECT FLOOR(time TO HOUR) AS h, MAX(value) - MIN(value) AS swing FROM \"p\".s"
                    + " GROUP BY FLOOR(time TO HOUR) HAVING MAX(value) - MIN(value) < 99"
                    + " ORDER BY swing DESC, h LIMIT 1"))
        .hasSize(1);
    assertThat(db.calls()).doesNotContain("raw");
  }

  @Test
  void bucketsFinerThanThePointsReadThePoints() {
    assertThat(db.rows("SELECT date_bin('1us', time) AS t, COUNT(*) FROM \"p\".s GROUP BY 1"))
        .hasSize(1440);
    assertThat(db.calls()).contains("raw");
  }

  @Test
  void limitsStopTheRead() {
    assertThat(db.rows("SELECT time FROM \"p\".s ORDER BY time LIMIT 3 OFFSET 2")).hasSize(3);
    assertThat(db.calls()).containsExactly("raw");
    assertThat(db.rows("SELECT value FROM \"p\".s ORDER BY value DESC LIMIT 2"))
        .containsExactly(List.of(99.0), List.of(99.0));
    assertThat(db.rows("SELECT time FROM \"p\".s LIMIT ?", 7L)).hasSize(7);
  }

  @Test
  void aScalarSubQueryIsReadOnce() {
    assertThat(
            db.rows(
                "SELECT s.time FROM \"p\".s AS s WHERE s.value > 1.9 * (SELECT AVG(m.value) FROM"
                    + " \"p\".s AS m)"))
        .isNotEmpty();
    assertThat(db.calls()).containsExactly("windows", "alignedWindows", "raw");
  }

  @Test
  void explainShowsTheCalls() {
    List<String> plan =
        db.plan(
            HOUR
                + "WHERE time >= TIMESTAMP '2016-01-01 00:30:00' AND time < TIMESTAMP"
                + " '2016-01-01 02:00:00' GROUP BY FLOOR(time TO HOUR)");
    assertThat(plan)
        .containsExactly(
            "path: column batches straight to the result",
            "call: Windows(\"p\".\"s\", [2016-01-01 00:30:00.000000000, 2016-01-01"
                + " 01:00:00.000000000), width 1800000000000 ns, latest version): 1 windows",
            "call: Windows(\"p\".\"s\", [2016-01-01 01:00:00.000000000, 2016-01-01"
                + " 02:00:00.000000000), width 3600000000000 ns, latest version): 1 windows");
    assertThat(db.plan(HOUR + "GROUP BY FLOOR(time TO HOUR)"))
        .containsExactly(
            "path: column batches straight to the result",
            "call: Nearest(\"p\".\"s\") twice, for where the points begin and end",
            "call: Windows(\"p\".\"s\", [2016-01-01 00:00:00.000000000, 2016-01-01"
                + " 23:00:00.000000000), width 3600000000000 ns, latest version): 23 windows",
            "call: Windows(\"p\".\"s\", [2016-01-01 23:00:00.000000000, 2016-01-01"
                + " 23:59:00.000000001), width 3540000000001 ns, latest version): 1 windows");
    assertThat(db.plan("SELECT time, value FROM \"p\".s"))
        .contains("call: RawValues(\"p\".\"s\", [all time), latest version): 1440 points");
  }

  /** What the other side's range leaves out is still seen by a window function. */
  @Test
  void rangeOfAJoinIsNotCarriedBelowAWindowFunction() {
    db.stream("w", "s", new long[] {1, 2, 3}, new double[] {170, -170, -150});
    db.stream("w", "r", new long[] {2, 3}, new double[] {0, 0});
    assertThat(
            db.rows(
                "SELECT r.time, u.n, u.a FROM w.r AS r JOIN (SELECT time, ROW_NUMBER() OVER (ORDER"
                    + " BY time) AS n, unwrap_angle(value) OVER (ORDER BY time) AS a FROM w.s) AS u"
                    + " ON u.time = r.time WHERE r.time >= FROM_NANOS(2)"))
        .extracting(row -> row.get(1), row -> row.get(2))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, 190.0),
            org.assertj.core.groups.Tuple.tuple(3L, 210.0));
  }

  /** A key that is a window function over points is not computed of buckets. */
  @Test
  void windowFunctionOfABucketIsAKeyOfItsOwn() {
    db.stream("w", "s", new long[] {1, 2, 11}, new double[] {1, 2, 3});
    String bin = "date_bin('10ns', time)";
    assertThat(
            db.rows(
                "SELECT DISTINCT TO_NANOS("
                    + bin
                    + "), COUNT(*) OVER (PARTITION BY "
                    + bin
                    + ") FROM w.s"))
        .containsExactlyInAnyOrder(List.of(0L, 2L), List.of(10L, 1L));
    assertThat(
            db.rows(
                "SELECT TO_NANOS(b), n, COUNT(*) FROM (SELECT "
                    + bin
                    + " AS b, ROW_NUMBER() OVER (ORDER BY "
                    + bin
                    + ") AS n FROM w.s) GROUP BY b, n"))
        .containsExactlyInAnyOrder(List.of(0L, 1L, 1L), List.of(0L, 2L, 1L), List.of(10L, 3L, 1L));
  }
}
