package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inner joins are made along their equalities, whatever the order of the FROM clause. */
class JoinOrderTest {
  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  /** Streams a, b, c of one point for each nanosecond; a has the values 0, 1, ..., b 0, 2, ... */
  private void streams(int size) {
    long[] times = LongStream.range(0, size).toArray();
    for (int i = 1; i <= 3; i++) {
      int factor = i;
      String name = List.of("a", "b", "c").get(i - 1);
      db.stream("x", name, times, LongStream.of(times).mapToDouble(t -> factor * t).toArray());
    }
  }

  @Test
  void noProductOfInputsThatAThirdConnects() {
    streams(7);
    String sql =
        "SELECT a.value, b.value, c.value FROM x.a, x.b, x.c"
            + " WHERE a.value = c.value AND b.time = c.time AND a.value + b.value > 5";
    assertThat(db.plan(sql)).noneMatch(line -> line.contains("Nested loop"));
    assertThat(db.rows(sql)).containsExactly(List.of(6.0, 4.0, 6.0));
  }

  @Test
  void theOrderOfTheStatementStaysWhereItHasEqualities() {
    streams(3);
    String joins = "SELECT * FROM x.a JOIN x.b ON a.time = b.time JOIN x.c ON b.time = c.time";
    assertThat(db.plan(joins))
        .filteredOn(line -> line.contains("Read:"))
        .extracting(line -> line.replaceAll(".*points of (\\S+),.*", "$1"))
        .containsExactly("\"x\".\"a\"", "\"x\".\"b\"", "\"x\".\"c\"");
    assertThat(db.plan(joins)).filteredOn(line -> line.contains("Merge join")).hasSize(2);
    assertThat(db.rows(joins)).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(6));
  }

  @Test
  void aChainBeginsAtTheInputThatIsFixed() {
    streams(40);
    StringBuilder from = new StringBuilder("SELECT COUNT(*) FROM x.a AS s0");
    StringBuilder where = new StringBuilder(" WHERE s3.time = FROM_NANOS(2)");
    // s0, s2, s4, s1, s3, s0: each by other columns than the one before.
    for (int i = 1; i < 5; i++) {
      from.append(", x.a AS s").append(i);
    }
    where.append(" AND s0.value = s2.value AND CAST(s2.value AS BIGINT) = TO_NANOS(s4.time)");
    where.append(" AND s4.value = s1.value AND TO_NANOS(s1.time) = CAST(s3.value AS BIGINT)");
    assertThat(db.rows(from.append(where).toString())).containsExactly(List.of(1L));
  }

  @Test
  void conditionsOfThreeInputsAndProductsThatCannotBeAvoided() {
    streams(3);
    assertThat(
            db.rows(
                "SELECT a.value, b.value, c.value FROM x.a, x.b, x.c WHERE a.value * 3 = c.value"
                    + " AND b.value < 3 AND a.value + b.value + c.value > 9"))
        .containsExactly(List.of(2.0, 2.0, 6.0));
  }

  /** Below the projection the condition has ORs within ORs. */
  @Test
  void conditionsOnColumnsOfConditions() {
    streams(3);
    assertThat(
            db.rows(
                "SELECT a.time, q.t FROM x.a CROSS JOIN (SELECT value IN (0, 4) AS c, time AS t"
                    + " FROM x.b) AS q WHERE (q.c AND q.c) OR q.c"))
        .hasSize(6);
  }

  /** And where ORs within ORs stand within an AND. */
  @Test
  void conditionsOnColumnsOfConditionsAtAnyDepth() {
    streams(3);
    assertThat(
            db.rows(
                "SELECT a.time, q.t FROM x.a JOIN (SELECT value IN (0, 4) AS c, time AS t"
                    + " FROM x.b) AS q ON a.time = q.t WHERE (q.c OR q.c) AND (q.c OR q.c IS TRUE)"))
        .hasSize(2);
  }

  /** Only one of two conditions can be pushed; the other stands below a cast to not null. */
  @Test
  void conditionsOnTheSideThatAFullJoinFills() {
    streams(9);
    assertThat(
            db.rows(
                "SELECT l.time, r.value FROM x.a AS l FULL JOIN x.b AS r ON l.time = r.time AND"
                    + " FROM_NANOS(2) <= l.time AND l.time IN (FROM_NANOS(5), FROM_NANOS(3))"
                    + " WHERE r.time BETWEEN FROM_NANOS(0) AND FROM_NANOS(4)"))
        .hasSize(5);
  }

  @Test
  void aLimitWithoutOrderEndsAJoinThatKeepsRightRows() {
    streams(4);
    for (String kind : List.of("RIGHT", "FULL")) {
      String sql =
          "SELECT * FROM x.a "
              + kind
              + " JOIN x.b ON a.time = b.time AND a.value + b.value > 5 LIMIT 2";
      assertThat(db.plan(sql))
          .anyMatch(line -> line.contains("Merge join, " + kind))
          .anyMatch(line -> line.strip().equals("Limit"));
      assertThat(db.rows(sql)).hasSize(2);
    }
  }

  @Test
  void aNameInAnAggregateOfHavingIsAColumnAlsoWhereTwoItemsHaveItsAlias() {
    streams(4);
    for (String from : List.of("x.b", "x.b AS q", "(SELECT * FROM x.b) AS q")) {
      assertThat(
              db.rows(
                  "SELECT 1 AS value, COUNT(*) AS value FROM "
                      + from
                      + " GROUP BY time HAVING SUM(value) > 3 AND ABS(MAX(value)) < 6"))
          .containsExactly(List.of(1, 1L));
    }
  }

  @Test
  void aSubQueryOfHavingKeepsItsOwnNames() {
    streams(4);
    assertThat(
            db.rows(
                "SELECT 1 AS value, COUNT(*) AS value FROM x.b AS q GROUP BY time HAVING"
                    + " SUM(value) > (SELECT p.v FROM (SELECT value AS v, value FROM x.a) AS"
                    + " p GROUP BY p.v ORDER BY MAX(value) DESC LIMIT 1)"))
        .containsExactly(List.of(1, 1L), List.of(1, 1L));
  }
}
