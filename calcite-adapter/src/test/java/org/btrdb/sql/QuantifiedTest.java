package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SOME, ANY, ALL and IN over sub-queries against three-valued logic by hand. */
class QuantifiedTest {
  private static final List<String> OPERATORS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final TestBtrdb db = new TestBtrdb();

  QuantifiedTest() {
    db.stream("t", "s", new long[] {0, 1, 2, 3, 4, 5}, new double[] {0, 1, 2, 3, 4, 5});
    db.stream("t", "r", new long[] {1, 2, 40}, new double[] {1, 2, 3});
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static @Nullable Boolean compare(
      String operator, @Nullable Double left, @Nullable Double right) {
    if (left == null || right == null) {
      return null;
    }
    int order = Double.compare(left, right);
    return switch (operator) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static @Nullable Boolean quantified(
      String operator, boolean all, @Nullable Double left, List<@Nullable Double> right) {
    boolean unknown = false;
    for (Double value : right) {
      Boolean one = compare(operator, left, value);
      if (one == null) {
        unknown = true;
      } else if (one != all) {
        return !all;
      }
    }
    return unknown ? null : all;
  }

  @Test
  void someAndAllAreRight() {
    SoftAssertions softly = new SoftAssertions();
    for (String left : List.of("value", "NULLIF(value, 2)")) {
      for (String set : List.of("value", "NULLIF(value, 2)", "none", "value + 0 * s.value")) {
        for (String operator : OPERATORS) {
          for (String quantifier : List.of("ANY", "ALL")) {
            check(softly, left, set, operator, quantifier, operator + " " + quantifier);
          }
        }
        check(softly, left, set, "=", "ANY", "IN");
        check(softly, left, set, "<>", "ALL", "NOT IN");
      }
    }
    softly.assertAll();
  }

  private void check(
      SoftAssertions softly,
      String left,
      String set,
      String operator,
      String quantifier,
      String written) {
    boolean isEmpty = set.equals("none");
    String query =
        isEmpty
            ? "SELECT value FROM \"t\".r WHERE value > 100"
            : "SELECT " + set.replaceFirst("value", "r.value") + " FROM \"t\".r AS r";
    List<@Nullable Double> right = new ArrayList<>();
    if (!isEmpty) {
      right.addAll(Arrays.asList(1.0, set.startsWith("NULLIF") ? null : 2.0, 3.0));
    }
    String condition = left.replace("value", "s.value") + " " + written + " (" + query + ")";
    List<List<@Nullable Object>> selected = new ArrayList<>();
    List<List<@Nullable Object>> chosen = new ArrayList<>();
    List<List<@Nullable Object>> rejected = new ArrayList<>();
    for (double value = 0; value < 6; value++) {
      Double operand = left.startsWith("NULLIF") && value == 2 ? null : (Double) value;
      Boolean truth = quantified(operator, quantifier.equals("ALL"), operand, right);
      selected.add(Arrays.asList(value, truth));
      if (truth != null) {
        (truth ? chosen : rejected).add(Arrays.asList(value));
      }
    }
    String from = " FROM \"t\".s AS s";
    compare(softly, "SELECT s.value, " + condition + from, selected);
    compare(softly, "SELECT s.value" + from + " WHERE " + condition, chosen);
    compare(softly, "SELECT s.value" + from + " WHERE NOT (" + condition + ")", rejected);
  }

  private void compare(SoftAssertions softly, String sql, List<List<@Nullable Object>> expected) {
    try {
      softly.assertThat(db.rows(sql)).as(sql).containsExactlyInAnyOrderElementsOf(expected);
    } catch (SqlRefusal e) {
      softly.fail(sql + ": " + e.getMessage() + " " + e.getCause());
    }
  }

  @Test
  void uniqueAndSubQueriesInConditionsOfJoinsAreRight() {
    String from = "SELECT COUNT(*) FROM \"t\".s AS s ";
    assertThat(db.rows(from + "WHERE UNIQUE (SELECT value FROM \"t\".r)"))
        .containsExactly(List.of(6L));
    assertThat(db.rows(from + "WHERE UNIQUE (SELECT 0 * value FROM \"t\".r)"))
        .containsExactly(List.of(0L));
    assertThat(db.rows(from + "JOIN \"t\".r AS r ON s.value > ALL (SELECT value FROM \"t\".r)"))
        .containsExactly(List.of(2L * 3));
    assertThat(
            db.rows(
                from
                    + "LEFT JOIN \"t\".r AS r ON s.value = r.value AND EXISTS (SELECT 1 FROM"
                    + " \"t\".r AS x WHERE x.time = 40)"))
        .containsExactly(List.of(6L));
  }

  /** Calcite's decorrelator leaves out keys that are literals, and groups by nothing then. */
  @Test
  void constantKeysOverNoRowsMakeNoGroup() {
    String none =
        " FROM \"t\".s AS s WHERE s.value > 100"
            + " AND EXISTS (SELECT 1 FROM \"t\".r AS r WHERE r.time = s.time)";
    assertThat(db.rows("SELECT DISTINCT 'alarm'" + none)).isEmpty();
    assertThat(db.rows("SELECT 1, COUNT(*)" + none + " GROUP BY 1")).isEmpty();
    assertThat(db.rows("SELECT k, COUNT(*) FROM (SELECT 'x' AS k" + none + ") AS q GROUP BY k"))
        .isEmpty();
    assertThat(
            db.rows(
                "SELECT k, value, COUNT(*) FROM (SELECT 'x' AS k, value"
                    + none.replace("100", "1")
                    + ") AS q GROUP BY ROLLUP(k, value)"))
        .containsExactlyInAnyOrder(
            Arrays.asList("x", 2.0, 1L),
            Arrays.asList("x", null, 1L),
            Arrays.asList(null, null, 1L));
  }

  /** Calcite's decorrelator loses track of which row the innermost one refers to. */
  @Test
  void subQueriesWithinSubQueriesAreRight() {
    db.stream("n", "a", new long[] {1, 1, 2, 3}, new double[] {1, 5, 2, 3});
    db.stream("n", "b", new long[] {1, 2}, new double[] {1, 9});
    db.stream("n", "d", new long[] {1, 2, 3}, new double[] {1, 9, 9});
    db.stream("n", "c", new long[] {1, 2}, new double[] {1, 2});
    String of = "SELECT TO_NANOS(m.time), m.value FROM n.a AS m WHERE ";
    assertThat(
            db.rows(
                of
                    + "EXISTS (SELECT 1 FROM n.a AS j WHERE j.time = m.time AND j.value > m.value"
                    + " AND NOT EXISTS (SELECT 1 FROM n.b AS z WHERE z.time = m.time))"))
        .isEmpty();
    assertThat(
            db.rows(
                of
                    + "EXISTS (SELECT 1 FROM n.a AS j WHERE j.time = m.time"
                    + " AND m.value NOT IN (SELECT z.value FROM n.b AS z WHERE z.time = m.time))"))
        .containsExactlyInAnyOrder(List.of(1L, 5.0), List.of(2L, 2.0), List.of(3L, 3.0));
    assertThat(
            db.rows(
                "SELECT TO_NANOS(m.time), (SELECT COUNT(*) FROM n.d AS i WHERE i.time >= m.time"
                    + " AND i.value > m.value AND i.value > (SELECT AVG(z.value) FROM n.c AS z"
                    + " WHERE z.time <= m.time)) FROM n.a AS m"))
        .containsExactlyInAnyOrder(
            List.of(1L, 2L), List.of(1L, 2L), List.of(2L, 2L), List.of(3L, 1L));
    assertThat(
            db.rows(
                of
                    + "(SELECT COUNT(*) FROM n.d AS i WHERE m.value = (SELECT z.value FROM n.c AS z"
                    + " WHERE z.time <= i.time ORDER BY z.value DESC LIMIT 1)) >= 2"))
        .containsExactly(List.of(2L, 2.0));
    assertThat(
            db.rows(
                of
                    + "EXISTS (SELECT 1 FROM n.d AS i WHERE i.time = m.time AND NOT EXISTS"
                    + " (SELECT 1 FROM n.c AS z WHERE z.time = i.time AND z.value = m.value))"))
        .containsExactlyInAnyOrder(List.of(1L, 5.0), List.of(3L, 3.0));
    assertThat(
            db.rows(
                of
                    + "NOT (NULLIF(m.value, 2) IN (SELECT z.value FROM n.c AS z)"
                    + " AND NOT (NULLIF(m.value, 2) < -1))"))
        .containsExactlyInAnyOrder(List.of(1L, 5.0), List.of(3L, 3.0));
  }

  /** It would join on equality with the columns of the outer row. */
  @Test
  void columnsOfOuterRowsMayBeNull() {
    String null3 = "(SELECT time, value, NULLIF(value, 3) AS n FROM t.s WHERE value > 1) AS m";
    assertThat(
            db.rows(
                "SELECT m.value, (SELECT SUM(COALESCE(m.n, 7) + j.value) FROM t.r AS j),"
                    + " (SELECT COUNT(*) FROM t.r AS j WHERE j.value = m.n) FROM "
                    + null3))
        .containsExactlyInAnyOrder(
            List.of(2.0, 12.0, 1L),
            List.of(3.0, 27.0, 0L),
            List.of(4.0, 18.0, 0L),
            List.of(5.0, 21.0, 0L));
    assertThat(
            db.rows(
                "SELECT m.value FROM "
                    + null3
                    + " WHERE (m.time, m.n) IN (SELECT i.time, i.value FROM t.r AS i"
                    + " WHERE i.value < m.value)"))
        .isEmpty();
  }

  /** Calcite would make one projection of two, and leave references to the columns of the upper. */
  @Test
  void subQueriesReferToColumnsOfSubQueries() {
    String outer =
        "(SELECT s.time AS k, r.value AS w FROM t.s AS s LEFT JOIN t.r AS r ON s.time = r.time"
            + " WHERE s.time < FROM_NANOS(3)) AS m";
    assertThat(
            db.rows(
                "SELECT m.w, m.w IN (SELECT i.value FROM t.r AS i WHERE i.value > m.w),"
                    + " m.w < ALL (SELECT i.value FROM t.r AS i WHERE i.value > m.w) FROM "
                    + outer))
        .containsExactlyInAnyOrder(
            Arrays.asList(null, false, true),
            Arrays.asList(1.0, false, true),
            Arrays.asList(2.0, false, true));
  }
}
