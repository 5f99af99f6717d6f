package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A column that tables share by USING or NATURAL is one column, wherever it is named. */
class JoinUsingTest {
  private static final List<String> JOINS = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);

  JoinUsingTest() {
    // Every combination of a, b and c having a point occurs.
    long[] bits = {1, 2, 3, 4, 5, 6, 7};
    for (int stream = 0; stream < 3; stream++) {
      int of = stream;
      long[] times = java.util.Arrays.stream(bits).filter(bit -> (bit >> of & 1) == 1).toArray();
      double[] values = java.util.Arrays.stream(times).mapToDouble(t -> t * 10 + of).toArray();
      db.stream("u", List.of("a", "b", "c").get(stream), times, values);
    }
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static List<String> texts(List<List<@Nullable Object>> rows) {
    return rows.stream().map(String::valueOf).sorted().toList();
  }

  @Test
  void theSharedTimeIsOneColumnInEveryClause() {
    for (String join : JOINS) {
      String from = " FROM \"u\".a AS a " + join + " \"u\".b AS b USING (time) ";
      String on = " FROM \"u\".a AS a " + join + " \"u\".b AS b ON a.time = b.time ";
      String merged = "COALESCE(a.time, b.time)";
      for (String query :
          List.of(
              "SELECT time, a.value, b.value {from} WHERE time > FROM_NANOS(1) ORDER BY time",
              "SELECT time, a.value, b.value {from} WHERE time IN (2, 3, 5) ORDER BY time DESC",
              "SELECT FLOOR({t} TO MICROSECOND) AS f, COUNT(*) {from} GROUP BY 1",
              "SELECT {t} AS t, COUNT(*), MAX(a.value) {from} GROUP BY {t} HAVING {t} > 1 ORDER BY t",
              "SELECT {t} AS t, ROW_NUMBER() OVER (ORDER BY {t}) AS n {from} ORDER BY t",
              "SELECT {t} AS t, COUNT(*) OVER w AS n {from} WINDOW w AS (ORDER BY {t}) ORDER BY t",
              "SELECT {t} AS t, 1 AS k1 {from} QUALIFY ROW_NUMBER() OVER (ORDER BY {t} DESC) < 3",
              "SELECT date_bin(2, {t}) AS time, COUNT(*) {from} GROUP BY 1 ORDER BY time",
              "SELECT a.value, b.value {from} ORDER BY {t}",
              "SELECT MIN({t}), MAX({t}), COUNT({t}) {from}",
              "SELECT CASE WHEN {t} > 3 THEN {t} END AS t, 1 AS k1 {from} ORDER BY 1",
              "SELECT DISTINCT time, 1 AS k1 {from} ORDER BY time")) {
        String plain = query.replace("{from}", from).replace("{t}", "time");
        String written =
            query
                .replace("SELECT time,", "SELECT " + merged + " AS time,")
                .replace("SELECT DISTINCT time,", "SELECT DISTINCT " + merged + " AS time,")
                .replace("WHERE time", "WHERE " + merged)
                .replace("{from}", on)
                .replace("{t}", merged);
        assertThat(texts(both.unordered(plain))).as(plain).isEqualTo(texts(db.rows(written)));
      }
    }
  }

  @Test
  void aThirdTableIsJoinedOnTheSharedValueAndNotOnTheFirstTables() {
    for (String first : JOINS) {
      for (String second : JOINS) {
        String using =
            "SELECT time, a.value, b.value, c.value FROM \"u\".a AS a "
                + first
                + " \"u\".b AS b USING (time) "
                + second
                + " \"u\".c AS c USING (time) WHERE time > FROM_NANOS(0)";
        String written =
            "SELECT COALESCE(ab.t, c.time), ab.a, ab.b, c.value FROM (SELECT COALESCE(a.time,"
                + " b.time) AS t, a.value AS a, b.value AS b FROM \"u\".a AS a "
                + first
                + " \"u\".b AS b ON a.time = b.time) AS ab "
                + second
                + " \"u\".c AS c ON ab.t = c.time";
        assertThat(texts(both.unordered(using))).as(using).isEqualTo(texts(db.rows(written)));
      }
    }
  }

  @Test
  void conditionsOnTheSharedTimeReachTheReads() {
    for (String join : List.of("JOIN", "LEFT JOIN")) {
      db.rows(
          "SELECT time FROM \"u\".a "
              + join
              + " \"u\".b USING (time) WHERE time >= FROM_NANOS(6) AND time < FROM_NANOS(7)");
      List<String> plan =
          db
              .rows(
                  "EXPLAIN SELECT time, a.value FROM \"u\".a "
                      + join
                      + " \"u\".b USING (time) WHERE time >= FROM_NANOS(6) ORDER BY time")
              .stream()
              .map(row -> String.valueOf(row.get(0)))
              .toList();
      assertThat(plan)
          .filteredOn(line -> line.contains("Read:"))
          .hasSize(2)
          .allMatch(line -> line.contains("time in [6:BIGINT"));
      assertThat(plan).noneMatch(line -> line.contains("Sort") || line.contains("Filter"));
    }
  }

  @Test
  void naturalJoinsAndSubQueriesShareTheirColumns() {
    assertThat(
            db.rows(
                "SELECT time, x.v, w FROM (SELECT time, value AS v FROM \"u\".a) AS x NATURAL JOIN"
                    + " (SELECT time, value AS w FROM \"u\".b) AS y WHERE time > 3 ORDER BY time"))
        .containsExactly(List.of(7L, 70.0, 71.0));
    assertThat(
            db.rows(
                "SELECT time, value FROM \"u\".a NATURAL JOIN \"u\".a AS other"
                    + " WHERE time > 3 AND value > 50 ORDER BY time"))
        .containsExactly(List.of(7L, 70.0));
    assertThat(
            db.rows(
                "WITH x AS (SELECT time, value FROM \"u\".a) SELECT time FROM x JOIN \"u\".b USING"
                    + " (time) WHERE time IN (SELECT time FROM \"u\".c WHERE time > 3)"))
        .containsExactly(List.of(7L));
    assertThat(db.rows("SELECT * FROM \"u\".a JOIN \"u\".b USING (time) WHERE time > 3"))
        .containsExactly(List.of(7L, 70.0, 71.0));
  }

  @Test
  void whatIsReallyAmbiguousStaysSo() {
    for (String sql :
        List.of(
            "SELECT value FROM \"u\".a JOIN \"u\".b USING (time)",
            "SELECT time FROM \"u\".a JOIN \"u\".b ON a.time = b.time",
            "SELECT a.time FROM \"u\".a JOIN \"u\".b USING (time) JOIN \"u\".c ON TRUE"
                + " WHERE time > 0")) {
      assertThatThrownBy(() -> db.rows(sql))
          .as(sql)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("ambiguous");
    }
    for (String sql :
        List.of(
            "SELECT * FROM \"u\".a FULL JOIN \"u\".b USING (time) JOIN \"u\".c USING (time)",
            "SELECT * EXCLUDE (time) FROM \"u\".a JOIN \"u\".b USING (time)")) {
      assertThatThrownBy(() -> db.rows(sql))
          .as(sql)
          .isInstanceOf(SqlRefusal.class)
          .hasMessageContaining("name the columns");
    }
  }

  @Test
  void groupingByAColumnThatAnAliasHidesWarns() {
    assertThat(warnings("SELECT date_bin(2, time) AS time, COUNT(*) FROM \"u\".a GROUP BY time"))
        .containsExactly(
            "GROUP BY time groups by the column and not by the alias AS time; write GROUP BY 1 or"
                + " choose another alias");
    assertThat(
            warnings(
                "SELECT * FROM (SELECT COUNT(*), FLOOR(t.time TO HOUR) AS \"TIME\" FROM \"u\".a AS t"
                    + " GROUP BY time) AS q"))
        .hasSize(1)
        .first()
        .asString()
        .contains("GROUP BY 2");
    for (String fine :
        List.of(
            "SELECT date_bin(2, time) AS time, COUNT(*) FROM \"u\".a GROUP BY 1",
            "SELECT date_bin(2, time) AS t, COUNT(*) FROM \"u\".a GROUP BY t",
            "SELECT time AS time, COUNT(*) FROM \"u\".a GROUP BY time",
            "SELECT time, COUNT(*) FROM \"u\".a GROUP BY time")) {
      assertThat(warnings(fine)).as(fine).isEmpty();
    }
  }

  private List<String> warnings(String sql) {
    SqlSession session = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT);
    return new ArrayList<>(session.prepare(sql, "", CallScope.unbounded()).warnings());
  }
}
