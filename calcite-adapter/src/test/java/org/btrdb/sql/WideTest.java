package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collection with its streams side by side. */
class WideTest {
  private static final long SEED = Long.getLong("seed", new Random().nextLong());
  private static final long SECOND = 1_000_000_000L;

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private void threePhases() {
    db.stream("sun/PMU3", "L1", new long[] {1, 2, 2, 4}, new double[] {1, 2, 3, 4});
    db.stream("sun/PMU3", "L2", new long[] {2, 3, 4}, new double[] {20, 30, 40});
    db.stream("sun/PMU3", "L3", new long[] {9}, new double[] {900});
  }

  @Test
  void onlyTheStreamsThatAreUsedAreReadAndMakeRows() {
    threePhases();
    assertThat(db.rows("SELECT TO_NANOS(time), L1, L2 FROM \"sun/PMU3\" ORDER BY time"))
        .containsExactly(
            Arrays.asList(1L, 1.0, null),
            Arrays.asList(2L, 2.0, 20.0),
            Arrays.asList(2L, 3.0, null),
            Arrays.asList(3L, null, 30.0),
            Arrays.asList(4L, 4.0, 40.0));
    assertThat(db.allCalls()).containsExactly("lookup", "raw", "raw");
    assertThat(db.rows("SELECT TO_NANOS(time) FROM wide.\"sun/PMU3\" WHERE L3 > 0"))
        .containsExactly(List.of(9L));
    assertThat(db.calls()).containsExactly("raw");
    assertThat(db.rows("SELECT time FROM \"sun/PMU3\"")).hasSize(6);
    assertThat(db.calls()).hasSize(3);
    assertThat(db.rows("SELECT L1 FROM \"sun/PMU3\" WHERE L2 IS NULL")).hasSize(2);
    assertThat(db.rows("SELECT * FROM \"sun/PMU3\" WHERE time >= FROM_NANOS(3) LIMIT 1"))
        .containsExactly(Arrays.asList(3L, null, 30.0, null));
  }

  /** Whatever a query around it uses: a sub-query has the rows that it has alone. */
  @Test
  void theSelectThatNamesAWideTableDecidesItsRows() {
    threePhases();
    String inner = "(SELECT time, L1, L2 FROM \"sun/PMU3\")";
    for (String outer :
        List.of(
            "SELECT COUNT(*) FROM " + inner,
            "SELECT COUNT(*) FROM (SELECT L3, time FROM \"sun/PMU3\") AS o RIGHT JOIN "
                + inner
                + " AS i ON o.time = i.time",
            "WITH w AS " + inner + " SELECT COUNT(time) FROM w",
            "SELECT COUNT(*) FROM (SELECT L1 FROM " + inner + " ORDER BY time LIMIT 10)",
            "SELECT SUM(c) FROM (SELECT date_bin(2, time), COUNT(*) AS c, MAX(L1) FROM "
                + inner
                + " GROUP BY date_bin(2, time))")) {
      assertThat(db.rows(outer)).as(outer).containsExactly(List.of(5L));
    }
    assertThat(db.rows("SELECT L1 FROM (SELECT * FROM \"sun/PMU3\")")).hasSize(6);
    assertThat(db.rows("SELECT date_bin(2, time), MAX(L1) FROM " + inner + " GROUP BY 1"))
        .hasSize(3);
    assertThat(
            db.rows(
                "SELECT date_bin(2, time), MAX(L1) FROM (SELECT * FROM \"sun/PMU3\") GROUP BY 1"))
        .hasSize(4);
    assertThat(
            db.rows(
                "SELECT L1 FROM \"sun/PMU3\" AS w WHERE NOT EXISTS (SELECT 1 FROM \"sun/PMU3\".L3"
                    + " WHERE L3.time = w.time AND w.L2 > 0)"))
        .hasSize(5);
  }

  @Test
  void aggregatesOfColumnsAreStatisticsOfTheirStreams() {
    threePhases();
    assertThat(db.rows("SELECT COUNT(L1), SUM(L2), MAX(L1), AVG(L1) FROM \"sun/PMU3\""))
        .containsExactly(List.of(4L, 90.0, 4.0, 2.5));
    assertThat(db.allCalls()).containsExactly("lookup", "windows", "windows");
    assertThat(
            db.rows(
                "SELECT TO_NANOS(date_bin(2, time)), COUNT(L1), COUNT(L3), MIN(L3) FROM"
                    + " \"sun/PMU3\" GROUP BY date_bin(2, time) ORDER BY 1"))
        .containsExactly(
            Arrays.asList(0L, 1L, 0L, null),
            Arrays.asList(2L, 2L, 0L, null),
            Arrays.asList(4L, 1L, 0L, null),
            Arrays.asList(8L, 0L, 1L, 900.0));
    assertThat(db.calls()).doesNotContain("raw");
    assertThat(db.rows("SELECT COUNT(*), COUNT(L1) FROM \"sun/PMU3\""))
        .containsExactly(List.of(5L - 1, 4L));
    assertThat(db.rows("SELECT AVG(L1 * L2) FROM \"sun/PMU3\"")).containsExactly(List.of(100.0));
  }

  @Test
  void theDeviceAndItsStreamsResolveSideBySide() {
    threePhases();
    assertThat(
            db.rows(
                "SELECT w.L1, s.value FROM \"sun/PMU3\" AS w JOIN \"sun/PMU3\".L2 AS s ON"
                    + " w.time = s.time WHERE w.time = FROM_NANOS(4)"))
        .containsExactly(List.of(4.0, 40.0));
    assertThatThrownBy(() -> db.rows("SELECT * FROM \"no/such\""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no collection 'no/such'");
    assertThatThrownBy(() -> db.rows("SELECT L9 FROM \"sun/PMU3\""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("Column 'L9' not found");
  }

  @Test
  void aJoinOnTimeReadsTheDeviceInTheRangeOfItsPartner() {
    threePhases();
    String join =
        "SELECT w.L1, s.value FROM \"sun/PMU3\" AS w JOIN \"sun/PMU3\".L2 AS s ON w.time = s.time"
            + " WHERE s.time < FROM_NANOS(3)";
    assertThat(db.rows(join)).containsExactlyInAnyOrder(List.of(2.0, 20.0), List.of(3.0, 20.0));
    assertThat(db.plan(join))
        .filteredOn(line -> line.contains("RawValues"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("00:00:00.000000003)"));
  }

  @Test
  void randomBucketsAgreeWithBruteForce() {
    Random random = new Random(SEED);
    List<long[]> times = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    long start = IsoTime.parseNanos("1969-12-31 23:59:00");
    for (int s = 0; s < 3; s++) {
      long[] t =
          random.longs(random.nextInt(800), 0, 120).map(x -> start + x * SECOND).sorted().toArray();
      double[] v = random.doubles(t.length, -5, 5).toArray();
      times.add(t);
      values.add(v);
      db.stream("w", "s" + s, t, v);
    }
    for (int round = 0; round < 60; round++) {
      long width = (1 + random.nextInt(40)) * SECOND;
      long from = start + random.nextInt(60) * SECOND;
      long to = from + random.nextInt(80) * SECOND;
      Map<Long, double[][]> expected = new TreeMap<>();
      for (int s = 0; s < 3; s++) {
        for (int i = 0; i < times.get(s).length; i++) {
          long time = times.get(s)[i];
          if (time >= from && time < to) {
            double[][] cell =
                expected.computeIfAbsent(
                    Math.floorDiv(time, width) * width,
                    k -> new double[][] {{0, 0}, {0, 0}, {0, 0}});
            cell[s][0]++;
            cell[s][1] += values.get(s)[i];
          }
        }
      }
      String sql =
          "SELECT TO_NANOS(date_bin("
              + width
              + ", time)) AS b, COUNT(s0), SUM(s0), COUNT(s1),"
              + " SUM(s1), COUNT(s2), SUM(s2) FROM w WHERE time >= FROM_NANOS("
              + from
              + ") AND time < FROM_NANOS("
              + to
              + ") GROUP BY date_bin("
              + width
              + ", time)"
              + " ORDER BY b";
      List<List<@Nullable Object>> rows = db.rows(sql);
      String what = sql + " (seed " + SEED + ")";
      assertThat(rows.stream().map(r -> r.get(0)))
          .as(what)
          .isEqualTo(List.copyOf(expected.keySet()));
      for (List<@Nullable Object> row : rows) {
        double[][] cell = Objects.requireNonNull(expected.get(row.get(0)));
        for (int s = 0; s < 3; s++) {
          assertThat(row.get(1 + 2 * s)).as(what).isEqualTo((long) cell[s][0]);
          if (cell[s][0] == 0) {
            assertThat(row.get(2 + 2 * s)).as(what).isNull();
          } else {
            assertThat((Double) Objects.requireNonNull(row.get(2 + 2 * s)))
                .as(what)
                .isCloseTo(cell[s][1], org.assertj.core.data.Offset.offset(1e-9));
          }
        }
      }
    }
  }
}
