package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statistics at 2^k ns as tables. */
class PointwidthTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final String ALL = "TO_NANOS(time) AS t, min, mean, max, count, stddev ";

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  /** The windows that brute force makes of some points. */
  static Map<Long, List<Object>> windows(
      long[] times, double[] values, int pointWidth, LongPredicate start) {
    TreeMap<Long, double[]> sums = new TreeMap<>();
    for (int i = 0; i < times.length; i++) {
      long window = times[i] & (-1L << pointWidth);
      if (start.test(window)) {
        double[] sum =
            sums.computeIfAbsent(
                window,
                w -> new double[] {Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 0});
        sum[0] = Math.min(sum[0], values[i]);
        sum[1] += values[i];
        sum[2] = Math.max(sum[2], values[i]);
        sum[3]++;
      }
    }
    Map<Long, List<Object>> windows = new TreeMap<>();
    sums.forEach(
        (w, sum) -> {
          double mean = sum[1] / sum[3];
          double squares = 0;
          for (int i = 0; i < times.length; i++) {
            if ((times[i] & (-1L << pointWidth)) == w) {
              squares += (values[i] - mean) * (values[i] - mean);
            }
          }
          windows.put(
              w, List.of(w, sum[0], mean, sum[2], (long) sum[3], Math.sqrt(squares / sum[3])));
        });
    return windows;
  }

  /** Equal but for the last digits of means and deviations. */
  static void assertSame(
      String what, List<List<@Nullable Object>> rows, List<List<Object>> expected) {
    assertThat(rows).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      for (int c = 0; c < rows.get(i).size(); c++) {
        Object actual = Objects.requireNonNull(rows.get(i).get(c));
        if (actual instanceof Double number) {
          assertThat(number)
              .as("%s, row %d, column %d", what, i, c)
              .isCloseTo(
                  (Double) expected.get(i).get(c),
                  org.assertj.core.data.Offset.offset(1e-9 * Math.max(1, Math.abs(number))));
        } else {
          assertThat(actual)
              .as("%s, row %d, column %d", what, i, c)
              .isEqualTo(expected.get(i).get(c));
        }
      }
    }
  }

  @Test
  void rowsAreTheWindowsWhoseStartMatches() {
    Random random = new Random(SEED);
    long[] times = random.longs(2000, -5_000_000, 5_000_000).sorted().toArray();
    double[] values = random.doubles(times.length, -3, 3).toArray();
    db.stream("p", "s", times, values);
    for (int round = 0; round < 100; round++) {
      int pointWidth = random.nextInt(26);
      long from = random.nextLong(-6_000_000, 6_000_000);
      long to = from + random.nextLong(4_000_000);
      String sql =
          "SELECT "
              + ALL
              + "FROM p.s$pw"
              + pointWidth
              + " WHERE time >= FROM_NANOS("
              + from
              + ") AND time < FROM_NANOS("
              + to
              + ") ORDER BY time";
      assertSame(
          sql + " (seed " + SEED + ")",
          db.rows(sql),
          List.copyOf(windows(times, values, pointWidth, w -> w >= from && w < to).values()));
      assertThat(db.calls()).as(sql).hasSizeLessThanOrEqualTo(1).doesNotContain("raw");
    }
  }

  @Test
  void severalRangesAreSeveralCalls() {
    db.stream("p", "s", new long[] {0, 5, 9, 17, 33}, new double[] {0, 1, 2, 3, 4});
    assertThat(
            db.rows(
                "SELECT TO_NANOS(time), count FROM p.s$pw3 WHERE time < FROM_NANOS(8) OR time >"
                    + " FROM_NANOS(16)"))
        .containsExactly(List.of(0L, 2L), List.of(32L, 1L));
    assertThat(db.calls()).containsExactly("alignedWindows", "alignedWindows");
    assertThat(db.rows("SELECT count FROM p.s$pw3 WHERE time = FROM_NANOS(9)")).isEmpty();
    assertThat(db.calls()).isEmpty();
    assertThat(db.rows("SELECT count FROM p.s$pw3 WHERE time = FROM_NANOS(?)", 8L))
        .containsExactly(List.of(1L));
  }

  /** Trap 7 of the design: pointwidths are 0 to 62. */
  @Test
  void everyPointwidthHoldsEveryPointAtBothEndsOfTime() {
    long[] times = {
      TimeRange.MIN_NANOS, TimeRange.MIN_NANOS + 1, -1, 0, 1, TimeRange.MAX_POINT_NANOS
    };
    double[] values = {1, 2, 3, 4, 5, 6};
    db.stream("p", "s", times, values);
    for (int pointWidth = 0; pointWidth <= 62; pointWidth++) {
      String sql = "SELECT " + ALL + "FROM p.s$pw" + pointWidth + " ORDER BY time";
      assertSame(
          sql, db.rows(sql), List.copyOf(windows(times, values, pointWidth, w -> true).values()));
    }
    assertThat(db.rows("SELECT TO_NANOS(time) FROM p.s$pw62 WHERE time < FROM_NANOS(0)"))
        .containsExactly(List.of(-(1L << 62)));
    assertThat(db.rows("SELECT TO_NANOS(time) FROM p.s$pw61 WHERE time > FROM_NANOS(0)"))
        .containsExactly(List.of(1L << 61));
    assertThat(
            db.rows(
                "SELECT TO_NANOS(time) FROM p.s$pw62 WHERE time <= TIMESTAMP '9999-12-31 23:59:59'"))
        .hasSize(2);
    assertThatThrownBy(() -> db.rows("SELECT * FROM p.s$pw63"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 's$pw63'");
  }

  @Test
  void columnsLimitsAndOrderArePushed() {
    long[] times = java.util.stream.LongStream.range(0, 100_000).map(i -> i * 1000).toArray();
    db.stream("p", "s", times, new double[times.length]);
    assertThat(db.rows("SELECT count FROM p.s$pw10 ORDER BY time LIMIT 2"))
        .containsExactly(List.of(2L), List.of(1L));
    assertThat(db.plan("SELECT count, time FROM p.s$pw10 ORDER BY time, min"))
        .containsExactly(
            "path: column batches straight to the result",
            "call: AlignedWindows(\"p\".\"s\", [1933-06-20 00:01:35.393153024, 2079-08-08"
                + " 23:55:13.820540928), pointwidth 10, latest version): at most 4503599627370496"
                + " windows");
    assertThat(db.rows("SELECT COUNT(*), SUM(count) FROM p.s$pw20"))
        .containsExactly(List.of(96L, 100_000L));
    assertThat(db.calls()).containsExactly("alignedWindows");
  }

  @Test
  void oldVersionsAndJoins() {
    UUID uuid = db.stream("p", "s", new long[] {0, 5}, new double[] {1, 3});
    long version = db.btrdb().flush(uuid, CallScope.unbounded()).major();
    db.update("INSERT INTO p.s (time, value) VALUES (FROM_NANOS(6), 100)");
    assertThat(db.rows("SELECT max FROM p.s$pw8 FOR VERSION AS OF " + version))
        .containsExactly(List.of(3.0));
    assertThat(db.rows("SELECT max FROM p.s$pw8 FOR VERSION AS OF ?", version))
        .containsExactly(List.of(3.0));
    assertThat(db.rows("SELECT max FROM p.s$pw8")).containsExactly(List.of(100.0));
    db.stream("p", "other", new long[] {1, 300}, new double[] {7, 8});
    assertThat(
            db.rows(
                "SELECT a.mean, b.mean FROM p.s$pw8 AS a JOIN p.other$pw8 AS b ON a.time = b.time"
                    + " WHERE a.time < FROM_NANOS(256)"))
        .hasSize(1);
    assertThat(db.calls()).containsExactly("alignedWindows", "alignedWindows");
  }

  /** Trap 3 of the design: servers before 5.x have no deviations, which would read as zeros. */
  @Test
  void aServerWithoutDeviationsHasNone() {
    Capabilities can = db.btrdb().capabilities();
    try (TestBtrdb old =
        new TestBtrdb(
            SessionOptions.DEFAULT,
            new Capabilities(
                false,
                can.mergePolicies(),
                can.editableTags(),
                can.maxInsertPoints(),
                can.subscriptions()))) {
      old.stream("p", "s", new long[] {0, 5}, new double[] {1, 3});
      assertThat(old.rows("SELECT mean, stddev FROM p.s$pw8"))
          .containsExactly(Arrays.asList(2.0, null));
      assertThat(old.calls()).containsExactly("alignedWindows");
    }
  }
}
