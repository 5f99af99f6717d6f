package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The acceptance queries of the design, unchanged, over data of their shape: each gives the rows
 * that reading all points and computing gives, and makes no more calls than the design allows, as
 * {@code btrdb.session_rpcs} tells them.
 */
class AcceptanceTest {
  private static final AcceptanceData DATA = new AcceptanceData();

  private static final SqlSession SESSION = SqlSession.over(DATA.btrdb(), SessionOptions.DEFAULT);

  /** Reads whatever a table has and computes the rest. */
  private static final SqlSession ORACLE =
      SqlSession.over(DATA.btrdb(), SessionOptions.DEFAULT.withPushDown(false).withFullScan(true));

  private static final int STREAMS = 13;

  /** Calls that each query may make, besides looking up the names of its tables. */
  private static final Map<String, Map<String, Integer>> CALLS = new LinkedHashMap<>();

  /** Other words for a query whose own are a call that is as transparent as its definition. */
  private static final Map<String, String> SAME_AS = new HashMap<>();

  static {
    Map<String, Integer> raw = Map.of("RawValues", 1);
    Map<String, Integer> windows = Map.of("Windows", 1);
    CALLS.put("Q01", Map.of("ListCollections", 1));
    CALLS.put("Q02", Map.of("LookupStreams", 1));
    CALLS.put("Q03", Map.of("LookupStreams", 1));
    CALLS.put("Q04", Map.of("LookupStreams", 1));
    CALLS.put("Q06", Map.of("LookupStreams", 1));
    CALLS.put("Q07", Map.of("GetMetadataUsage", 1));
    CALLS.put("Q09", Map.of("Info", 1));
    CALLS.put("Q11", Map.of("StreamInfo", 1));
    CALLS.put("Q13", raw);
    CALLS.put("Q14", raw);
    CALLS.put("Q15", raw);
    CALLS.put("Q17", raw);
    CALLS.put("Q18", raw);
    CALLS.put("Q19", Map.of("Nearest", 1, "AlignedWindows", 2, "RawValues", 1));
    CALLS.put("Q21", raw);
    for (String id :
        List.of("Q23", "Q24", "Q25", "Q29", "Q30", "Q32", "Q33", "Q35", "Q38", "Q40", "Q43")) {
      CALLS.put(id, windows);
    }
    CALLS.put("Q26", Map.of("Windows", 3));
    CALLS.put("Q27", Map.of("AlignedWindows", 1));
    CALLS.put("Q36", Map.of("Windows", 3));
    CALLS.put("Q42", Map.of("Nearest", 1, "RawValues", 1));
    CALLS.put("Q44", Map.of("Nearest", 1));
    CALLS.put("Q45", Map.of("LookupStreams", 1, "Nearest", 4));
    CALLS.put("Q49", Map.of("LookupStreams", 0, "RawValues", 3));
    CALLS.put("Q50", Map.of("LookupStreams", 0, "Windows", 3));
    CALLS.put("Q51", Map.of("RawValues", 2));
    CALLS.put("Q53", Map.of("RawValues", 2, "Nearest", 1));
    CALLS.put("Q54", Map.of("RawValues", 2));
    CALLS.put("Q56", Map.of("LookupStreams", 1, "Windows", STREAMS));
    CALLS.put("Q57", Map.of("LookupStreams", 1, "Windows", 9));
    CALLS.put("Q58", Map.of("LookupStreams", 1, "Windows", 2));
    CALLS.put("Q60", Map.of("LookupStreams", 1, "RawValues", 9));
    CALLS.put("Q62", Map.of("RawValues", 2));
    CALLS.put("Q63", Map.of("Windows", 1, "AlignedWindows", 1, "RawValues", 1));
    CALLS.put("Q64", Map.of("AlignedWindows", 1, "RawValues", 2));
    CALLS.put("Q65", Map.of("AlignedWindows", 1, "RawValues", 1));
    CALLS.put("Q67", Map.of("Windows", 2));
    CALLS.put("Q69", Map.of("AlignedWindows", 1, "RawValues", 1));
    CALLS.put("Q71", Map.of("AlignedWindows", 1));
    CALLS.put("Q73", raw);
    CALLS.put("Q74", raw);
    CALLS.put("Q75", Map.of("Changes", 1));
    CALLS.put("Q77", Map.of("LookupStreams", 1, "StreamInfo", STREAMS));
    CALLS.put("Q83", Map.of());
    SAME_AS.put(
        "Q27",
        "SELECT date_bin(274877906944, time), MIN(value), AVG(value), MAX(value), COUNT(*),"
            + " STDDEV_POP(value) FROM \"sunshine/PMU3\".L1MAG WHERE date_bin(274877906944, time)"
            + " >= date_bin(274877906944, TIMESTAMP '2016-01-01 00:00:00') AND"
            + " date_bin(274877906944, time) < date_bin(274877906944, TIMESTAMP '2016-01-02"
            + " 00:00:00') GROUP BY 1");
    SAME_AS.put(
        "Q40",
        "SELECT FLOOR(time TO HOUR), AVG(value), MIN(value), MAX(value) FROM"
            + " \"sunshine/PMU3\".L1MAG WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time <"
            + " TIMESTAMP '2016-01-02 00:00:00' GROUP BY 1");
    SAME_AS.put("Q42", held());
    SAME_AS.put(
        "Q58",
        "SELECT state, unit, h, AVG(m) FROM (SELECT annotations['state'] AS state, unit, uuid,"
            + " FLOOR(time TO HOUR) AS h, AVG(value) AS m FROM btrdb.points WHERE collection LIKE"
            + " 'USEAST_NOC1/%' AND unit = 'volts' AND time >= TIMESTAMP '2018-01-01 00:00:00' AND"
            + " time < TIMESTAMP '2018-01-02 00:00:00' GROUP BY annotations['state'], unit, uuid,"
            + " FLOOR(time TO HOUR)) GROUP BY state, unit, h");
    SAME_AS.put(
        "Q67",
        "SELECT FLOOR(time TO SECOND) AS t, MIN(value), MAX(value) FROM \"sunshine/PMU3\".L1MAG AS p"
            + " JOIN (SELECT FLOOR(time TO HOUR) AS h FROM \"sunshine/PMU3\".L1MAG WHERE time >="
            + " TIMESTAMP '2016-01-01 00:00:00' AND time < TIMESTAMP '2016-01-02 00:00:00' GROUP BY"
            + " FLOOR(time TO HOUR) ORDER BY MIN(value) LIMIT 1) AS w ON p.time >= w.h AND p.time <"
            + " TIMESTAMPADD(HOUR, 1, w.h) GROUP BY FLOOR(time TO SECOND) ORDER BY t");
    String snapped =
        "(SELECT t, ARG_MAX(value, time) AS v FROM (SELECT time, value, date_bin(33333333,"
            + " TIMESTAMPADD(NANOSECOND, 16666666, time), TIMESTAMP '2018-01-01 00:00:00') AS t FROM"
            + " %s) WHERE t >= TIMESTAMP '2018-01-01 00:00:00' AND t < TIMESTAMP '2018-01-01"
            + " 00:00:10' GROUP BY t)";
    SAME_AS.put(
        "Q62",
        "SELECT COALESCE(a.t, b.t), a.v, b.v FROM "
            + snapped.replace("%s", "\"USEAST_NOC1/90807\".FREQ")
            + " AS a FULL JOIN "
            + snapped.replace("%s", "\"USEAST_NOC1/90808\".FREQ")
            + " AS b ON a.t = b.t");
    SAME_AS.put(
        "Q69",
        "SELECT b, e, TIMESTAMPDIFF(NANOSECOND, b, e) / 1e9 FROM (SELECT time AS e, LAG(time, 1,"
            + " TIMESTAMP '2018-01-01 00:00:00') OVER (ORDER BY time) AS b FROM (SELECT time FROM"
            + " \"USEAST_NOC1/90807\".FREQ WHERE time >= TIMESTAMP '2018-01-01 00:00:00' AND time <"
            + " TIMESTAMP '2018-02-01 00:00:00' UNION ALL SELECT TIMESTAMP '2018-02-01 00:00:00'))"
            + " WHERE TIMESTAMPDIFF(NANOSECOND, b, e) > 1000000000 ORDER BY b");
    SAME_AS.put(
        "Q54",
        "SELECT COALESCE(a.time, b.time) AS t, a.value, b.value FROM (SELECT * FROM"
            + " \"sunshine/PMU1\".L1MAG WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND time <"
            + " TIMESTAMP '2016-01-01 00:00:10') AS a FULL JOIN (SELECT * FROM"
            + " \"sunshine/PMU3\".L1MAG WHERE time >= TIMESTAMP '2016-01-01 00:00:00' AND"
            + " time < TIMESTAMP '2016-01-01 00:00:10') AS b ON a.time = b.time ORDER BY t");
  }

  /** Each point up to the next one or its hour's end, and the one before each hour's first one. */
  private static String held() {
    String points =
        " FROM \"USEAST_NOC1/90807\".LSTATE WHERE time >= TIMESTAMP '2017-12-31 00:00:00' AND time <"
            + " TIMESTAMP '2018-01-02 00:00:00'";
    String hour = "FLOOR(time TO HOUR)";
    return "SELECT h, SUM(v * w) / SUM(w) FROM (SELECT %h AS h, v, TIMESTAMPDIFF(NANOSECOND, time,"
            .replace("%h", hour)
        + " CASE WHEN n < %h + INTERVAL '1' HOUR THEN n ELSE %h + INTERVAL '1' HOUR END) AS w FROM"
            .replace("%h", hour)
        + " (SELECT time, value AS v, LEAD(time) OVER (ORDER BY time) AS n"
        + points
        + ") UNION ALL SELECT %h, v, TIMESTAMPDIFF(NANOSECOND, %h, time) FROM (SELECT time,"
            .replace("%h", hour)
        + " LAG(time) OVER (ORDER BY time) AS q, LAG(value) OVER (ORDER BY time) AS v"
        + points
        + ") WHERE FLOOR(q TO HOUR) < %h) WHERE h >= TIMESTAMP '2018-01-01 00:00:00' GROUP BY h"
            .replace("%h", hour);
  }

  private record Answer(List<List<@Nullable Object>> rows, long statementId) {}

  @AfterAll
  static void close() {
    DATA.close();
  }

  @TestFactory
  Stream<DynamicTest> queriesGiveTheRowsOfBruteForceAtTheCostOfTheDesign() throws IOException {
    List<AcceptanceStatement> queries = AcceptanceStatement.all();
    assertThat(queries.stream().map(AcceptanceStatement::id).toList()).containsAll(CALLS.keySet());
    return queries.stream()
        .filter(query -> CALLS.containsKey(query.id()))
        .map(query -> DynamicTest.dynamicTest(query.id() + query.title(), () -> check(query)));
  }

  private static void check(AcceptanceStatement query) {
    Answer actual = run(SESSION, query.sql());
    List<List<@Nullable Object>> calls = calls(actual.statementId);
    assertThat(actual.rows).as(query.id()).isNotEmpty();
    if (!query.id().equals("Q83") && !query.id().equals("Q07") && !query.id().equals("Q75")) {
      String oracle = SAME_AS.getOrDefault(query.id(), query.sql());
      same(query, actual.rows, run(ORACLE, oracle).rows, query.sql().contains("\nORDER BY"));
    }
    Map<String, Integer> allowed = Objects.requireNonNull(CALLS.get(query.id()));
    int names = names(query.sql());
    for (List<@Nullable Object> call : calls) {
      String rpc = String.valueOf(call.get(0));
      int most = allowed.getOrDefault(rpc, 0) + (rpc.equals("LookupStreams") ? names : 0);
      if (rpc.equals("StreamInfo") && query.sql().contains("uuid.\"")) {
        most++; // the look-up of the name
      }
      assertThat((Long) call.get(1)).as("%s: %s", query.id(), calls).isLessThanOrEqualTo(most);
    }
    if (List.of("Q18", "Q19", "Q38", "Q43").contains(query.id())) {
      assertThat(calls).as(query.id()).isNotEmpty().allMatch(call -> (Long) call.get(2) <= 5_000);
    }
  }

  /** How many tables or streams a query names. */
  private static int names(String sql) {
    Matcher names =
        Pattern.compile("(FROM|JOIN) +(tall\\.)?\"|'[A-Za-z0-9_]+/[A-Z0-9]+/[A-Z0-9]+'")
            .matcher(sql);
    return (int) names.results().count();
  }

  private static List<List<@Nullable Object>> calls(long statementId) {
    return run(
            SESSION,
            "SELECT rpc, COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE statement_id = "
                + statementId
                + " GROUP BY rpc")
        .rows;
  }

  private static Answer run(SqlSession session, String sql) {
    CallScope scope = CallScope.unbounded();
    PreparedSql prepared = session.prepare(sql, "wide", scope);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor = prepared.query(List.of(), scope, 0)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(cursor.getObject(i));
        }
        rows.add(row);
      }
    }
    return new Answer(rows, scope.id());
  }

  private static void same(
      AcceptanceStatement query,
      List<List<@Nullable Object>> actual,
      List<List<@Nullable Object>> expected,
      boolean ordered) {
    assertThat(actual).as(query.id()).hasSameSizeAs(expected);
    List<List<@Nullable Object>> ours = new ArrayList<>(actual);
    List<List<@Nullable Object>> theirs = new ArrayList<>(expected);
    if (!ordered || query.id().equals("Q03")) {
      ours.sort(java.util.Comparator.comparing(AcceptanceTest::rounded));
      theirs.sort(java.util.Comparator.comparing(AcceptanceTest::rounded));
    }
    for (int i = 0; i < ours.size(); i++) {
      for (int j = 0; j < ours.get(i).size(); j++) {
        Object a = ours.get(i).get(j);
        Object b = theirs.get(i).get(j);
        String what = query.id() + " row " + i + " column " + j;
        if (a instanceof Double x && b instanceof Double y) {
          // Deviations keep as many digits as the values, which are below 1e4, have.
          double scale = Math.max(Math.max(Math.abs(x), Math.abs(y)), 1);
          assertThat(Math.abs(x - y))
              .as("%s: %s and %s", what, x, y)
              .isLessThanOrEqualTo(1e-11 * scale);
        } else {
          assertThat(a).as(what).isEqualTo(b);
        }
      }
    }
  }

  private static String rounded(List<@Nullable Object> row) {
    List<String> texts = new ArrayList<>();
    for (Object value : row) {
      texts.add(
          value instanceof Double d ? String.valueOf(Math.round(d * 1e6)) : String.valueOf(value));
    }
    return texts.toString();
  }
}
