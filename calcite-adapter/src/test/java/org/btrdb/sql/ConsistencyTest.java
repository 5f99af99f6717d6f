package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Ticker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which states of streams a statement reads: three points are committed, two are buffered. */
class ConsistencyTest {
  private static final String COUNT = "SELECT %s COUNT(*) FROM c.s";
  private static final CallScope SCOPE = CallScope.unbounded();

  private final TestBtrdb db = new TestBtrdb();
  private final UUID uuid = db.stream("c", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});

  ConsistencyTest() {
    db.btrdb().flush(uuid, SCOPE);
    insert(4, 5);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void insert(long... times) {
    db.btrdb()
        .insert(uuid, PointBatch.of(times, new double[times.length]), MergePolicy.NEVER, SCOPE);
  }

  private Object one(String sql) {
    return db.rows(sql).get(0).get(0);
  }

  private static String count(String hint) {
    return COUNT.replace("%s", hint);
  }

  @Test
  void hintChoosesTheState() {
    assertThat(one(count(""))).isEqualTo(5L);
    assertThat(one(count("/*+ CONSISTENCY(PINNED) */"))).isEqualTo(3L);
    assertThat(db.calls()).containsExactly("version", "windows");
    assertThat(one(count("/*+ consistency(latest) */"))).isEqualTo(5L);
    assertThat(db.btrdb().version(uuid, SCOPE).minor()).isEqualTo(2);
    assertThat(one(count("/*+ CONSISTENCY(FLUSH) */"))).isEqualTo(5L);
    assertThat(db.calls()).containsExactly("flush", "windows");
    assertThat(db.btrdb().version(uuid, SCOPE).minor()).isZero();
  }

  @Test
  void explainCommitsNothing() {
    assertThat(db.plan(count("/*+ CONSISTENCY(FLUSH) */")).toString())
        .contains("consistency: the latest version is what Flush makes of each stream");
    assertThat(db.btrdb().version(uuid, SCOPE).minor()).isEqualTo(2);
  }

  /** The other side of a self-join is read later, and an insert comes between. */
  @ParameterizedTest
  @ValueSource(strings = {"PINNED", "FLUSH"})
  void allReadsOfAStatementSeeOneState(String mode) {
    long points = mode.equals("PINNED") ? 3 : 5;
    db.beforeNext("raw", () -> db.beforeNext("raw", () -> insert(6, 7)));
    assertThat(
            db.rows(
                "SELECT /*+ CONSISTENCY("
                    + mode
                    + ") */ a.time, b.value FROM c.s AS a FULL JOIN c.s AS b ON a.time = b.time"))
        .hasSize((int) points)
        .allSatisfy(row -> assertThat(row).doesNotContainNull());
    assertThat(db.calls()).containsOnlyOnce(mode.equals("PINNED") ? "version" : "flush");
    assertThat(one(count(""))).isEqualTo(7L);
  }

  @Test
  void everyReadIsPinned() {
    for (String query :
        List.of(
            "SELECT %s COUNT(*) FROM (SELECT * FROM c.s)",
            "SELECT %s COUNT(*) FROM (SELECT time FROM c.s ORDER BY time DESC LIMIT 10)",
            "SELECT %s COUNT(*) FROM tall.c",
            "SELECT %s COUNT(s) FROM wide.c",
            "SELECT %s COUNT(*) FROM c.s WHERE value >= 0",
            "SELECT %s COUNT(*) FROM raw_values('c/s', FROM_NANOS(0), FROM_NANOS(100))",
            "SELECT %s COUNT(*) FROM (VALUES ('c/s')) AS v (p)"
                + " CROSS JOIN LATERAL TABLE(raw_values(v.p, 0, 100)) AS w",
            "SELECT %s SUM(n) FROM (SELECT COUNT(*) AS n FROM c.s GROUP BY date_bin('2ns', time))",
            "SELECT %s TO_NANOS(time) FROM c.s ORDER BY time DESC LIMIT 1",
            "SELECT %s TO_NANOS(MAX(time)) FROM c.s")) {
      Number found = (Number) one(query.replace("%s", "/*+ CONSISTENCY(PINNED) */"));
      assertThat(found.longValue()).as(query).isEqualTo(3);
    }
    assertThat(one("SELECT /*+ CONSISTENCY(PINNED) */ minor_version FROM btrdb.stream_stats"))
        .isEqualTo(2L);
    assertThat(one("SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM c.s FOR VERSION AS OF 10"))
        .isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WITH x AS (SELECT * FROM c.s) SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM x",
        "SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM c.s UNION ALL SELECT COUNT(*) FROM c.s",
        "(SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM c.s) ORDER BY 1"
      })
  void hintIsOfAllOfAQuery(String sql) {
    List<Object> three = List.of(3L);
    assertThat(db.rows(sql))
        .isEqualTo(sql.contains("UNION ALL") ? List.of(three, three) : List.of(three));
  }

  /**
   * Eight threads ask for the last point of many streams, twice of each, and points are committed
   * to all of them once the first was asked for its version and before it is read.
   */
  @Test
  void manyStreamsArePinnedByManyThreads() {
    List<UUID> uuids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      uuids.add(db.stream("many", "s" + i, new long[] {1}, new double[] {1}));
      db.btrdb().flush(uuids.get(i), SCOPE);
    }
    PointBatch later = PointBatch.of(new long[] {2}, new double[] {2});
    db.beforeNext(
        "nearest",
        () ->
            uuids.forEach(
                stream -> {
                  db.btrdb().insert(stream, later, MergePolicy.NEVER, SCOPE);
                  db.btrdb().flush(stream, SCOPE);
                }));
    List<List<@Nullable Object>> rows =
        db.rows(
            "WITH newest AS (SELECT uuid, time FROM tall.many"
                + " QUALIFY ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY time DESC) = 1)"
                + " SELECT /*+ CONSISTENCY(PINNED) */ TO_NANOS(a.time), TO_NANOS(b.time)"
                + " FROM newest AS a JOIN newest AS b ON a.uuid = b.uuid");
    assertThat(rows)
        .hasSize(uuids.size())
        .contains(List.of(1L, 1L))
        .isSubsetOf(List.of(1L, 1L), List.of(2L, 2L));
    assertThat(db.calls()).filteredOn("version"::equals).hasSize(uuids.size());
    assertThat(db.calls()).filteredOn("nearest"::equals).hasSize(2 * uuids.size());
  }

  @Test
  void preparedOnceItReadsAnewEachTime() {
    PreparedSql pinned = db.prepare(count("/*+ CONSISTENCY(PINNED) */") + " WHERE time < ?");
    assertThat(TestBtrdb.rows(pinned, 100L)).isEqualTo(List.of(List.of(3L)));
    db.btrdb().flush(uuid, SCOPE);
    assertThat(TestBtrdb.rows(pinned, 100L)).isEqualTo(List.of(List.of(5L)));
  }

  @Test
  void whatFlushesNothingChangesNothing() {
    try (TestBtrdb flushing =
        new TestBtrdb(
            Ticker.systemTicker(), SessionOptions.DEFAULT.withConsistency(Consistency.FLUSH))) {
      UUID stream = flushing.stream("c", "s", new long[] {1, 2}, new double[] {1, 2});
      for (String sql :
          Arrays.asList(
              "SELECT 1",
              "VALUES (1)",
              "SELECT * FROM btrdb.stream_stats",
              "SELECT * FROM c.s FOR VERSION AS OF 10",
              "SELECT STREAM value FROM c.s LIMIT 0",
              "EXPLAIN PLAN FOR SELECT * FROM c.s")) {
        PreparedSql prepared = flushing.prepare(sql);
        assertThat(prepared.changesData()).as(sql).isFalse();
        TestBtrdb.rows(prepared);
        assertThat(flushing.btrdb().version(stream, SCOPE).minor()).as(sql).isEqualTo(2);
      }
      assertThat(flushing.prepare("SELECT * FROM c.s").changesData()).isTrue();
    }
  }

  @Test
  void sessionsOptionHoldsWithoutAHint() {
    try (TestBtrdb pinned =
        new TestBtrdb(
            Ticker.systemTicker(), SessionOptions.DEFAULT.withConsistency(Consistency.PINNED))) {
      pinned.stream("c", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});
      assertThat(pinned.rows(count("")).get(0).get(0)).isEqualTo(0L);
      assertThat(pinned.rows(count("/*+ CONSISTENCY(LATEST) */")).get(0).get(0)).isEqualTo(3L);
      assertThat(pinned.update("INSERT INTO c.s SELECT TIME_ADD(time, 10), value FROM c.s"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT /*+ CONSISTENCY(SOON) */ COUNT(*) FROM c.s",
        "SELECT /*+ CONSISTENCY */ COUNT(*) FROM c.s",
        "SELECT /*+ PINNED */ COUNT(*) FROM c.s",
        "SELECT /*+ CONSISTENCY(PINNED), CONSISTENCY(FLUSH) */ COUNT(*) FROM c.s",
        "SELECT * FROM (SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM c.s)",
        "SELECT COUNT(*) FROM c.s UNION ALL SELECT /*+ CONSISTENCY(PINNED) */ COUNT(*) FROM c.s",
        "SELECT COUNT(*) FROM c.s /*+ CONSISTENCY(PINNED) */",
        "INSERT INTO c.s SELECT /*+ CONSISTENCY(PINNED) */ time, value FROM c.s",
        "INSERT INTO c.s /*+ CONSISTENCY(FLUSH) */ SELECT time, value FROM c.s",
        "DELETE FROM c.s /*+ CONSISTENCY(FLUSH) */ WHERE time = 1"
      })
  void otherHintsAreRefusedAndNotPassedOver(String sql) {
    assertThatExceptionOfType(SqlRefusal.class)
        .isThrownBy(() -> db.prepare(sql))
        .withMessageContaining("hint");
  }
}
