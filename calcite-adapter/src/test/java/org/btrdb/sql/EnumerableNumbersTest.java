package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.btrdb.client.CallScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that Calcite runs give no wrong number where Calcite by itself would. */
class EnumerableNumbersTest {
  private static final String WHOLE = "(SELECT CAST(value AS INTEGER) AS i FROM t.s)";

  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);
  private final SqlSession enumerable =
      SqlSession.over(
          db.btrdb(), SessionOptions.DEFAULT.withExecutor(SessionOptions.Executor.ENUMERABLE));

  EnumerableNumbersTest() {
    db.stream("t", "s", new long[] {0, 1, 2, 3, 4}, new double[] {0, 1, 2, 2, 4});
  }

  @AfterEach
  void close() {
    db.close();
  }

  private SqlRefusal refusal(String sql) {
    return catchThrowableOfType(
        SqlRefusal.class, () -> TestBtrdb.rows(enumerable.prepare(sql, "", CallScope.unbounded())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT CAST(value AS INTEGER) * 2147483647 FROM t.s",
        "SELECT CAST(value AS INTEGER) + 2147483647 FROM t.s",
        "SELECT -2147483647 - CAST(value AS INTEGER) FROM t.s",
        "SELECT CAST(value AS BIGINT) + 9223372036854775807 FROM t.s",
        "SELECT -(-2147483648 + CAST(value AS INTEGER)) FROM t.s",
        "SELECT SUM(CAST(value AS INTEGER) + 2147483640) FROM t.s",
        "SELECT SUM(CAST(value AS BIGINT) + 9223372036854775800) FROM t.s",
        "SELECT value > 1, SUM(CAST(value AS INTEGER) + 2147483640) FROM t.s"
            + " GROUP BY ROLLUP (value > 1)",
        "SELECT SUM(CAST(value AS INTEGER) + 2147483640) OVER () FROM t.s",
        "SELECT SUM(CAST(value AS BIGINT) + 9223372036854775800) OVER (ORDER BY time) FROM t.s",
        "SELECT CAST(value * 1e12 AS INTEGER) FROM t.s",
        "SELECT LN(-1) FROM t.s",
      })
  void whatDoesNotFitIsRefused(String sql) {
    for (int run = 0; run < 2; run++) {
      SqlRefusal e = refusal(sql);
      assertThat(e).isNotNull();
      assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.OUT_OF_RANGE);
    }
  }

  /** Java computes constants once for a class, and says only then what is wrong with them. */
  @Test
  void aPlanWithAnImpossibleConstantSaysSoEachTime() {
    PreparedSql prepared =
        enumerable.prepare("SELECT value + LN(-1) FROM t.s", "", CallScope.unbounded());
    for (int run = 0; run < 3; run++) {
      SqlRefusal e = catchThrowableOfType(SqlRefusal.class, () -> TestBtrdb.rows(prepared));
      assertThat(e).isNotNull().hasMessageContaining("logarithm");
      assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.OUT_OF_RANGE);
    }
  }

  @Test
  void wholeNumbersThatFitAreRight() {
    assertThat(
            both.row(
                "SELECT SUM(i), SUM(CAST(i AS BIGINT)), SUM(CAST(i AS SMALLINT)),"
                    + " SUM(CAST(i AS TINYINT)), SUM(DISTINCT i), SUM(i) FILTER (WHERE i > 9),"
                    + " SUM(NULLIF(i, 2)), SUM(i * 3 - CAST(i AS BIGINT)), SUM(-i) FROM "
                    + WHOLE))
        .isEqualTo(Arrays.asList(9, 9L, (short) 9, (byte) 9, 7, null, 5, 18L, -9));
    assertThat(both.rows("SELECT i / 2, -i FROM " + WHOLE + " WHERE i > 1"))
        .containsExactly(List.of(1, -2), List.of(1, -2), List.of(2, -4));
  }

  @Test
  void sumsOfWindowsOverWholeNumbersAreRight() {
    assertThat(
            both.rows(
                "SELECT i, SUM(i) OVER (ORDER BY i ROWS 1 PRECEDING), SUM(CAST(i AS BIGINT)) OVER"
                    + " (), SUM(NULLIF(i, 2)) OVER (PARTITION BY i), AVG(i) OVER () FROM "
                    + WHOLE
                    + " WHERE i > 0"))
        .containsExactly(
            Arrays.asList(1, 1, 9L, 1, 2.25),
            Arrays.asList(2, 3, 9L, null, 2.25),
            Arrays.asList(2, 4, 9L, null, 2.25),
            Arrays.asList(4, 6, 9L, 4, 2.25));
  }

  @Test
  void deviationsOfWholeNumbersKeepTheirFraction() {
    List<?> row =
        db.rows(
                "SELECT COVAR_POP(i, i), COVAR_SAMP(i, i), REGR_SXX(i, i), VAR_POP(i), VAR_SAMP(i)"
                    + " FROM "
                    + WHOLE)
            .get(0);
    double[] expected = {1.76, 2.2, 8.8, 1.76, 2.2};
    for (int i = 0; i < expected.length; i++) {
      assertThat((Double) row.get(i)).as("column %d", i).isCloseTo(expected[i], within(1e-12));
    }
  }

  @Test
  void deviationsOfLargeValuesKeepTheirDigits() {
    List<?> row =
        db.rows(
                "SELECT COVAR_POP(value + 1e9, value - 1e9), COVAR_SAMP(value + 1e9, value),"
                    + " REGR_SXX(value, value + 1e9), REGR_SYY(value + 1e9, value),"
                    + " VAR_POP(CAST(value AS INTEGER) + 1000000000),"
                    + " COVAR_POP(value, NULLIF(value, 2)), REGR_SXX(NULLIF(value, 2), value),"
                    + " COVAR_SAMP(value, NULLIF(value, value)) FROM t.s")
            .get(0);
    double[] expected = {1.76, 2.2, 8.8, 8.8, 1.76, 26.0 / 9, 26.0 / 3};
    for (int i = 0; i < expected.length; i++) {
      assertThat((Double) row.get(i)).as("column %d", i).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(row.get(7)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT SUM(DISTINCT value) OVER (ORDER BY time) FROM t.s",
        "SELECT COUNT(DISTINCT value) OVER () FROM t.s",
        "SELECT NTH_VALUE(value, 2) OVER (ORDER BY time) FROM t.s",
        "SELECT NTILE(2) OVER (ORDER BY time) FROM t.s",
      })
  void windowsThatCalciteComputesWrongAreRefused(String sql) {
    SqlRefusal e = refusal(sql);
    assertThat(e).isNotNull();
    assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.UNSUPPORTED);
  }

  /** Rows of one column are values there, and not arrays, which are equal only to themselves. */
  @Test
  void setsOfOneColumnAreSets() {
    for (String sql :
        List.of(
            "SELECT value FROM t.s UNION SELECT value FROM t.s",
            "SELECT value FROM t.s INTERSECT SELECT value FROM t.s",
            "SELECT DISTINCT value FROM t.s",
            "SELECT value FROM t.s EXCEPT SELECT value + 10 FROM t.s")) {
      assertThat(rows(sql))
          .as(sql)
          .containsExactlyInAnyOrder(List.of(0.0), List.of(1.0), List.of(2.0), List.of(4.0));
    }
    assertThat(rows("SELECT value FROM t.s EXCEPT SELECT value FROM t.s")).isEmpty();
    // One side comes from a stream as it is and the other is computed.
    assertThat(rows("SELECT time FROM t.s UNION SELECT date_bin('2ns', time) FROM t.s")).hasSize(5);
    assertThat(rows("SELECT time FROM t.s EXCEPT SELECT date_bin('2ns', time) FROM t.s"))
        .hasSize(2);
    assertThat(rows("SELECT value FROM t.s INTERSECT ALL SELECT value FROM t.s")).hasSize(5);
  }

  /** Calcite keeps what found no pair in a set by identity: equal values of one column are one. */
  @ParameterizedTest
  @ValueSource(strings = {"RIGHT", "FULL"})
  void rowsThatFindNoPairAreAllThere(String kind) {
    String right =
        " JOIN (SELECT CASE WHEN value > 9 THEN 'a' ELSE 'b' END AS k FROM t.s) AS b ON a.value >"
            + " CHAR_LENGTH(b.k) + 8";
    assertThat(
            refusal("SELECT b.k FROM (SELECT value FROM t.s WHERE value < 0) AS a " + kind + right))
        .satisfies(
            e ->
                assertThat(e == null ? null : e.reason()).isEqualTo(SqlRefusal.Reason.UNSUPPORTED));
    assertThat(
            db.rows("SELECT b.k FROM (SELECT value FROM t.s WHERE value < 0) AS a " + kind + right))
        .hasSize(5);
  }

  private List<List<Object>> rows(String sql) {
    return TestBtrdb.rows(enumerable.prepare(sql, "", CallScope.unbounded()));
  }

  /** Calcite forgets the sides of the second TRIM here. */
  @Test
  void trimKnowsItsSidesEverywhere() {
    assertThat(
            rows(
                "SELECT TRIM(BOTH '1' FROM SUBSTRING(CAST('' AS VARCHAR) FROM 2)),"
                    + " COALESCE(UPPER(CASE WHEN FALSE THEN CAST('x' AS VARCHAR) END),"
                    + " TRIM(BOTH '1' FROM CAST('1.51' AS VARCHAR)) || 'z'),"
                    + " CASE WHEN value < 1 THEN TRIM(LEADING '1' FROM CAST('1.1' AS VARCHAR)) END,"
                    + " CASE WHEN value < 1 THEN TRIM(TRAILING '1' FROM CAST('1.1' AS VARCHAR)) END"
                    + " FROM t.s WHERE value < 1"))
        .containsExactly(List.of("", ".5z", ".1", "1."));
  }

  /** Calcite makes two steps of these, and would answer NULL for a count of no rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST(COUNT(*) FILTER (WHERE value > 1) AS VARCHAR), SUM(DISTINCT value), COUNT(*)",
        "COUNT(value), SUM(DISTINCT value)",
        "COUNT(DISTINCT value) FILTER (WHERE value > 1), COUNT(*), AVG(DISTINCT value)",
      })
  void countsBesideDistinctOnesOfAllRowsAreRefused(String aggregates) {
    for (String groups : List.of("", " GROUP BY ROLLUP (value > 1)")) {
      SqlRefusal e = refusal("SELECT " + aggregates + " FROM t.s WHERE value > 9" + groups);
      assertThat(e).isNotNull();
      assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.UNSUPPORTED);
    }
    String grouped = "SELECT " + aggregates + " FROM t.s GROUP BY value > 1";
    assertThat(rows(grouped)).containsExactlyInAnyOrderElementsOf(db.rows(grouped));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COUNT(DISTINCT time), CAST(COUNT(DISTINCT value) AS VARCHAR)",
        "SUM(DISTINCT value), SUM(value), MIN(time), AVG(value)",
      })
  void otherAggregatesBesideDistinctOnesAreRight(String aggregates) {
    for (String where : List.of("", " WHERE value > 9")) {
      for (String groups : List.of("", " GROUP BY value > 1", " GROUP BY ROLLUP (value > 1)")) {
        String sql = "SELECT " + aggregates + " FROM t.s" + where + groups;
        assertThat(rows(sql)).as(sql).containsExactlyInAnyOrderElementsOf(db.rows(sql));
      }
    }
  }
}
