package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ROLLUP, CUBE and GROUPING SETS against one GROUP BY for each set. */
class GroupingSetsTest {
  private final TestBtrdb db = new TestBtrdb();

  GroupingSetsTest() {
    long[] times = new long[60];
    double[] values = new double[60];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
      values[i] = i % 7;
    }
    db.stream("t", "s", times, values);
    db.stream("t", "none", new long[0], new double[0]);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void same(String grouped, String... parts) {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (String part : parts) {
      expected.addAll(db.rows(part));
    }
    assertThat(db.rows(grouped)).as(grouped).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void eachSetIsAGroupingOfItsOwn() {
    String from = " FROM (SELECT value > 3 AS a, TO_NANOS(time) / 25 AS b, value FROM t.s) AS q";
    String what = ", COUNT(*), SUM(value), COUNT(DISTINCT value), MAX(value) FILTER (WHERE b > 0)";
    String none = "CAST(NULL AS BOOLEAN)";
    String noNumber = "CAST(NULL AS BIGINT)";
    String both = "SELECT a, b, GROUPING(a, b), GROUPING(b)";
    same(
        both + what + from + " GROUP BY CUBE(a, b)",
        "SELECT a, b, CAST(0 AS BIGINT), CAST(0 AS BIGINT)" + what + from + " GROUP BY a, b",
        "SELECT a, "
            + noNumber
            + ", CAST(1 AS BIGINT), CAST(1 AS BIGINT)"
            + what
            + from
            + " GROUP BY a",
        "SELECT "
            + none
            + ", b, CAST(2 AS BIGINT), CAST(0 AS BIGINT)"
            + what
            + from
            + " GROUP BY b",
        "SELECT "
            + none
            + ", "
            + noNumber
            + ", CAST(3 AS BIGINT), CAST(1 AS BIGINT)"
            + what
            + from);
    same(
        "SELECT b, a" + what + from + " GROUP BY b, ROLLUP(a)",
        "SELECT b, a" + what + from + " GROUP BY b, a",
        "SELECT b, " + none + what + from + " GROUP BY b");
    same(
        "SELECT a, COUNT(*)" + from + " GROUP BY ROLLUP(a) HAVING COUNT(*) > 30 OR a",
        "SELECT a, COUNT(*)" + from + " GROUP BY a HAVING COUNT(*) > 30 OR a",
        "SELECT " + none + ", COUNT(*)" + from);
  }

  @Test
  void theTotalOfNoRowsIsARow() {
    for (String from : List.of(" FROM t.none", " FROM t.s WHERE value > 100")) {
      assertThat(db.rows("SELECT value, COUNT(*), MAX(value)" + from + " GROUP BY ROLLUP(value)"))
          .containsExactly(Arrays.asList(null, 0L, null));
      assertThat(db.rows("SELECT COUNT(*)" + from + " GROUP BY GROUPING SETS ((value), (time))"))
          .isEmpty();
      assertThat(db.rows("SELECT COUNT(*)" + from + " GROUP BY ()")).containsExactly(List.of(0L));
    }
  }

  @Test
  void eachSetIsPushed() {
    assertThat(
            db.rows(
                "SELECT date_bin(30, time), AVG(value), COUNT(*) FROM t.s"
                    + " GROUP BY ROLLUP(date_bin(30, time))"))
        .hasSize(3);
    assertThat(db.allCalls()).contains("windows").doesNotContain("raw");
  }
}
