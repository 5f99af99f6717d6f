package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No stream is read that a statement does not use, and no range further than it can matter. */
class UsedRowsTest {
  private static final String RANGE = "BETWEEN FROM_NANOS(10) AND FROM_NANOS(19)";

  private final TestBtrdb db = new TestBtrdb();

  @BeforeEach
  void streams() {
    long[] times = LongStream.range(0, 100).toArray();
    double[] values = LongStream.of(times).asDoubleStream().toArray();
    db.stream("c", "a", times, values);
    db.stream("c", "b", LongStream.of(times).map(t -> t + 1_000).toArray(), values);
    db.stream("d", "x", times, values);
    db.stream("d", "y", times, values);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<String> reads(String sql) {
    return db.plan(sql).stream()
        .map(String::strip)
        .filter(line -> line.contains("points of"))
        .toList();
  }

  /** A wide table has a row for each time of the streams asked for, also below HOP. */
  @Test
  void hopOverAWideTableReadsTheStreamsAskedFor() {
    String sql =
        "SELECT window_start, COUNT(*), MAX(a) FROM TABLE(HOP(TABLE wide.\"c\", DESCRIPTOR(time),"
            + " INTERVAL '0.05' SECOND, INTERVAL '0.1' SECOND))"
            + " GROUP BY window_start ORDER BY window_start";
    assertThat(db.rows(sql)).extracting(row -> row.get(1)).containsExactly(100L, 100L);
  }

  @Test
  void theLeftSideOfALateralJoinReadsTheStreamsAskedFor() {
    String sql =
        "SELECT w.a, n.value FROM wide.\"c\" AS w, LATERAL TABLE(nearest('d/x', w.time, TRUE)) AS n";
    assertThat(db.rows(sql))
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(LongStream.range(1, 100).mapToObj(t -> (double) t).toList());
  }

  /** The same through a call within a call. */
  @Test
  void aColumnThatOnlyAnInnerCallIsGivenIsRead() {
    String sql =
        "SELECT COUNT(*), MAX(m.value) FROM wide.\"c\" AS w,"
            + " LATERAL TABLE(nearest('d/x', w.time, TRUE)) AS n,"
            + " LATERAL TABLE(raw_values('d/y', n.time, FROM_NANOS(CAST(w.a AS BIGINT) + 2))) AS m";
    assertThat(db.rows(sql)).containsExactly(List.of(296L, 99.0));
  }

  @Test
  void rangesComeFromJoinsAboveAsofJoins() {
    String sql =
        "SELECT COUNT(*) FROM (SELECT a.time FROM c.a"
            + " ASOF JOIN d.x MATCH_CONDITION x.time <= a.time ON TRUE) AS a"
            + " JOIN d.y ON y.time = a.time WHERE a.time "
            + RANGE;
    assertThat(reads(sql))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).doesNotContain("time in [, )"));
    assertThat(db.rows(sql)).containsExactly(List.of(10L));
  }

  @Test
  void rangesOfTheOtherSideReachTheLeftSideOfAsofAndLeftJoins() {
    for (String join :
        List.of(
            "ASOF JOIN d.x MATCH_CONDITION x.time <= a.time ON TRUE",
            "LEFT ASOF JOIN d.x MATCH_CONDITION x.time < a.time ON TRUE",
            "LEFT JOIN d.x ON x.value = a.value")) {
      String sql =
          "SELECT COUNT(*) FROM (SELECT a.time FROM c.a "
              + join
              + ") AS a JOIN d.y ON y.time = a.time WHERE y.time "
              + RANGE;
      assertThat(reads(sql))
          .filteredOn(line -> line.contains("\"a\""))
          .hasSize(1)
          .first()
          .asString()
          .contains("time in [10");
      assertThat(db.rows(sql)).containsExactly(List.of(10L));
    }
  }

  /** The range of the right column says nothing of left rows without a partner. */
  @Test
  void rangesOfColumnsThatAJoinFillsAreNotCarried() {
    String sql =
        "SELECT COUNT(*) FROM c.a LEFT JOIN (SELECT * FROM d.x WHERE time "
            + RANGE
            + ") AS x ON x.time = a.time LEFT JOIN d.y ON y.time = a.time AND x.time IS NULL";
    assertThat(db.rows(sql)).containsExactly(List.of(100L));
  }

  /** Each stream has a range of its own, as a filter for each table writes them. */
  @Test
  void rangesOfManyStreamsReachEachOnce() {
    int streams = 10;
    for (int i = 0; i < streams; i++) {
      db.stream("m", "s" + i, new long[] {5, 50, 95}, new double[] {i, i, i});
    }
    for (String second : List.of("JOIN", "LEFT JOIN")) {
      StringBuilder sql = new StringBuilder("SELECT COUNT(*) FROM m.s0");
      for (int i = 1; i < streams; i++) {
        sql.append(i % 2 == 0 ? " JOIN m.s" : " " + second + " m.s").append(i);
        sql.append(" ON s").append(i).append(".time = s").append(i - 1).append(".time");
      }
      sql.append(" WHERE s0.time >= FROM_NANOS(0)");
      for (int i = 1; i < streams; i++) {
        sql.append(" AND s").append(i).append(".time >= FROM_NANOS(").append(i).append(")");
      }
      assertThat(reads(sql.toString()))
          .hasSize(streams)
          .allSatisfy(line -> assertThat(line.split(" max ")).hasSizeLessThanOrEqualTo(streams));
      assertThat(db.rows(sql.toString())).containsExactly(List.of(2L));
    }
  }
}
