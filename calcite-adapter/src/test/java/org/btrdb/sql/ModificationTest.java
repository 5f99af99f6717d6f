package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.StreamDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that change points and metadata, with the calls they cost. */
class ModificationTest {
  private static final long SECOND = 1_000_000_000L;

  private final TestBtrdb db = new TestBtrdb();

  @AfterEach
  void close() {
    db.close();
  }

  private UUID volts() {
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < times.length; i++) {
      times[i] = i * SECOND;
      values[i] = i;
    }
    return db.stream("plant/a", "volts", times, values);
  }

  private List<List<Object>> values(String where) {
    return db.rows("SELECT value FROM \"plant/a\".volts " + where + " ORDER BY time");
  }

  private StreamDescriptor describe(UUID uuid) {
    return db.btrdb().stream(uuid, CallScope.unbounded()).orElseThrow();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      String sql, SqlRefusal.Reason reason) {
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        assertThatThrownBy(() -> db.update(sql));
    refusal.isInstanceOfSatisfying(
        SqlRefusal.class, e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    return refusal;
  }

  @Test
  void rowsLongerThanTheirTableAreRefusedByTheirLength() {
    volts();
    for (String rows :
        List.of("VALUES (1, 2), (1, 2, 3)", "SELECT time, value, 1 FROM \"plant/a\".volts")) {
      refused("INSERT INTO \"plant/a\".volts " + rows, SqlRefusal.Reason.INVALID)
          .hasMessageContaining("the row has 3 values, plant/a.volts has 2 columns: [time, value]");
    }
  }

  @Test
  void noStreamIsCreatedWhereItWouldBeHidden() {
    for (String schema : List.of("INFORMATION_SCHEMA", "information_schema", "btrdb")) {
      refused(
              "CREATE TABLE " + schema + ".x (time TIMESTAMP(9), value DOUBLE)",
              SqlRefusal.Reason.INVALID)
          .hasMessageContaining("is no collection");
    }
  }

  @Test
  void pointsOfOneRangeAreDeletedInOneCall() {
    volts();
    assertThat(
            db.update(
                "DELETE FROM \"plant/a\".volts AS v WHERE v.time >= TIMESTAMP '1970-01-01"
                    + " 00:00:02' AND time < TIMESTAMP '1970-01-01 00:00:05'"))
        .isEqualTo(3);
    assertThat(db.calls()).containsExactly("windows", "delete");
    assertThat(values(""))
        .extracting(row -> row.get(0))
        .containsExactly(0.0, 1.0, 5.0, 6.0, 7.0, 8.0, 9.0);
  }

  @Test
  void rangesMayComeFromAnyConditionThatIsOneRange() {
    volts();
    assertThat(
            db.update("DELETE FROM \"plant/a\".volts WHERE time = TIMESTAMP '1970-01-01 00:00:00'"))
        .isEqualTo(1);
    assertThat(
            db.update(
                "DELETE FROM \"plant/a\".volts WHERE time BETWEEN ? AND ?",
                Instant.ofEpochSecond(1),
                "1970-01-01T00:00:02Z"))
        .isEqualTo(2);
    assertThat(
            db.update(
                "DELETE FROM \"plant/a\".volts WHERE time < 4000000000 OR time = 4000000000 OR time < 3000000000"))
        .isEqualTo(2);
    assertThat(db.update("DELETE FROM \"plant/a\".volts WHERE time < TIMESTAMP '1960-01-01'"))
        .isZero();
    assertThat(db.calls()).doesNotContain("delete");
    assertThat(db.update("DELETE FROM \"plant/a\".volts WHERE time > NULL")).isZero();
    assertThat(db.update("DELETE FROM \"plant/a\".volts")).isEqualTo(5);
    assertThat(values("")).isEmpty();
  }

  @Test
  void olderVersionsKeepWhatIsDeleted() {
    UUID uuid = volts();
    long before = db.btrdb().flush(uuid, CallScope.unbounded()).major();
    db.update("DELETE FROM \"plant/a\".volts WHERE time >= 0");
    assertThat(values("")).isEmpty();
    assertThat(db.rows("SELECT COUNT(*) FROM \"plant/a\".volts FOR VERSION AS OF " + before))
        .containsExactly(List.of(10L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WHERE value > 5",
        "WHERE time > 0 AND value = 3",
        "WHERE MOD(EXTRACT(SECOND FROM time), 2) = 0",
        "WHERE time IN (SELECT time FROM \"plant/a\".volts)"
      })
  void otherConditionsDeleteNothing(String condition) {
    volts();
    refused("DELETE FROM \"plant/a\".volts " + condition, SqlRefusal.Reason.UNSUPPORTED)
        .hasMessageContaining("range of time");
    assertThat(values("")).hasSize(10);
  }

  @Test
  void severalRangesDeleteNothing() {
    volts();
    refused(
            "DELETE FROM \"plant/a\".volts WHERE time IN (0, 5000000000)",
            SqlRefusal.Reason.UNSUPPORTED)
        .hasMessageContaining("has 2, with a gap at 1970-01-01 00:00:00.000000001");
    assertThat(values("")).hasSize(10);
  }

  @Test
  void tagsAreChangedInOneCallForEachStream() {
    UUID uuid = volts();
    db.stream("plant/b", "volts", new long[] {1}, new double[] {1});
    assertThat(
            db.update(
                "UPDATE btrdb.streams SET unit = 'kV', ingress = LOWER('PMU') WHERE collection ="
                    + " 'plant/a' AND name = 'volts'"))
        .isEqualTo(1);
    assertThat(db.allCalls()).containsExactly("lookup", "setTags");
    assertThat(describe(uuid).tags()).containsEntry("unit", "kV").containsEntry("ingress", "pmu");
    assertThat(
            db.update(
                "UPDATE btrdb.streams SET unit = ?, ingress = NULL WHERE uuid = ?", "V", uuid))
        .isEqualTo(1);
    assertThat(describe(uuid).tags()).containsEntry("unit", "V").containsEntry("ingress", "");
  }

  @Test
  void anUpdateToWhatIsCostsNoCall() {
    UUID uuid = volts();
    long version = describe(uuid).propertyVersion();
    assertThat(db.update("UPDATE btrdb.streams SET name = 'volts' WHERE name = 'volts'"))
        .isEqualTo(1);
    assertThat(db.allCalls()).containsExactly("lookup");
    assertThat(describe(uuid).propertyVersion()).isEqualTo(version);
  }

  @Test
  void aRenamedStreamIsFoundAtOnceByItsNewName() {
    volts();
    assertThat(values("")).hasSize(10);
    assertThat(
            db.update(
                "UPDATE btrdb.streams SET collection = 'plant/c', name = 'v' WHERE name = 'volts'"))
        .isEqualTo(1);
    assertThat(db.rows("SELECT value FROM \"plant/c\".v")).hasSize(10);
    assertThatThrownBy(() -> values(""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 'volts' in collection 'plant/a'");
  }

  @Test
  void annotationsAreReplaced() {
    UUID uuid = volts();
    db.update("UPDATE btrdb.streams SET annotations = MAP['state', 'TN', 'kv', '345']");
    assertThat(describe(uuid).annotations())
        .containsExactlyInAnyOrderEntriesOf(Map.of("state", "TN", "kv", "345"));
    db.update(
        "UPDATE btrdb.streams SET annotations = MAP['state', 'KY'], unit = 'kV' WHERE"
            + " annotations['state'] = 'TN'");
    assertThat(describe(uuid).annotations()).containsExactlyEntriesOf(Map.of("state", "KY"));
    assertThat(describe(uuid).tags()).containsEntry("unit", "kV");
  }

  @Test
  void somebodyElsesChangeIsNotLost() {
    UUID uuid = volts();
    PreparedSql update =
        db.session().prepare("UPDATE btrdb.streams SET unit = 'kV'", "", CallScope.unbounded());
    db.beforeNext(
        "setTags",
        () ->
            db.btrdb()
                .setTags(
                    uuid,
                    describe(uuid).propertyVersion(),
                    null,
                    MetadataChange.setting(Map.of("unit", "amps")),
                    CallScope.unbounded()));
    assertThatThrownBy(() -> update.update(List.of(), CallScope.unbounded()))
        .hasMessageContaining(uuid.toString());
    assertThat(describe(uuid).tags()).containsEntry("unit", "amps");
  }

  @Test
  void whatCannotBeUpdatedSaysSo() {
    volts();
    refused("UPDATE \"plant/a\".volts SET value = 1", SqlRefusal.Reason.UNSUPPORTED)
        .hasMessageContaining("UPSERT");
    refused("UPDATE btrdb.streams SET uuid = NULL", SqlRefusal.Reason.UNSUPPORTED);
    refused("UPDATE btrdb.streams SET property_version = 3", SqlRefusal.Reason.UNSUPPORTED)
        .hasMessageContaining("property_version");
    refused("UPDATE btrdb.annotations SET \"value\" = 'x'", SqlRefusal.Reason.UNSUPPORTED)
        .hasMessageContaining("annotations");
    refused("DELETE FROM btrdb.streams", SqlRefusal.Reason.UNSUPPORTED);
    refused("DELETE FROM tall.\"plant/a\"", SqlRefusal.Reason.UNSUPPORTED);
    refused("INSERT INTO btrdb.collections VALUES ('x')", SqlRefusal.Reason.UNSUPPORTED);
  }

  @Test
  void aServerWithFixedTagsSaysSo() {
    Capabilities fixed = new Capabilities(true, true, false, 50_000, false);
    try (TestBtrdb old = new TestBtrdb(SessionOptions.DEFAULT, fixed)) {
      UUID uuid = old.stream("a", "b", new long[] {1}, new double[] {1});
      assertThatThrownBy(() -> old.update("UPDATE btrdb.streams SET unit = 'kV'"))
          .hasMessageContaining("cannot change tags");
      assertThat(old.update("UPDATE btrdb.streams SET annotations = MAP['a', 'b']")).isEqualTo(1);
      assertThat(old.btrdb().stream(uuid, CallScope.unbounded()).orElseThrow().annotations())
          .containsEntry("a", "b");
    }
  }

  @Test
  void proceduresFlushCreateAndObliterate() {
    UUID uuid = volts();
    long major = db.btrdb().version(uuid, CallScope.unbounded()).major();
    assertThat(db.update("CALL flush('plant/a/volts')")).isEqualTo(1);
    assertThat(db.calls()).containsExactly("flush");
    assertThat(db.btrdb().version(uuid, CallScope.unbounded()).major()).isEqualTo(major + 1);
    assertThat(db.update("CALL create_stream('plant/a', name => 'amps', unit => ?)", "A"))
        .isEqualTo(1);
    assertThat(db.rows("SELECT unit FROM btrdb.streams WHERE name = 'amps'"))
        .isEqualTo(Arrays.asList(List.of("A")));
    assertThat(db.update("CALL obliterate(?)", uuid)).isEqualTo(1);
    assertThatThrownBy(() -> values(""))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("no stream 'volts' in collection 'plant/a'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CALL vacuum('x')",
        "CALL flush()",
        "CALL flush('a/b', 'c')",
        "CALL flush(stream => 'a/b')",
        "CALL create_stream(name => 'x', 'y')",
        "CALL create_stream(name => 'x', name => 'y')"
      })
  void wrongCallsAreInvalid(String sql) {
    refused(sql, SqlRefusal.Reason.INVALID);
  }

  @Test
  void nullForAStreamIsRefused() {
    refused("CALL obliterate(NULL)", SqlRefusal.Reason.NOT_NULL);
    refused("CALL flush('plant/none')", SqlRefusal.Reason.UNKNOWN_TABLE);
  }

  @Test
  void aSelectIsInserted() {
    volts();
    db.update("CALL create_stream('plant/a', 'copy')");
    assertThat(
            db.update(
                "INSERT INTO \"plant/a\".copy (value, time) SELECT value * 2, TIMESTAMPADD(NANOSECOND,"
                    + " 1, time) FROM \"plant/a\".volts WHERE value >= 8"))
        .isEqualTo(2);
    assertThat(db.rows("SELECT TO_NANOS(time), value FROM \"plant/a\".copy ORDER BY time"))
        .containsExactly(List.of(8 * SECOND + 1, 16.0), List.of(9 * SECOND + 1, 18.0));
  }

  /** More points than one call stores, so that a later read could see those stored before. */
  private UUID manyPoints() {
    long[] times = LongStream.range(0, 60_000).map(i -> i * 10).toArray();
    return db.stream("plant/a", "many", times, new double[times.length]);
  }

  @Test
  void aSelectOfTheStreamItselfSeesNoneOfItsOwnPoints() {
    manyPoints();
    long count =
        db.update(
            "INSERT INTO \"plant/a\".many"
                + " SELECT TIME_ADD(time, 1), 1e0 FROM \"plant/a\".many"
                + " UNION ALL SELECT TIME_ADD(time, 2), 2e0 FROM \"plant/a\".many");
    assertThat(count).isEqualTo(120_000);
    assertThat(db.rows("SELECT COUNT(*), COUNT(*) FILTER (WHERE value = 2) FROM \"plant/a\".many"))
        .containsExactly(List.of(180_000L, 60_000L));
  }

  /** Read by value, at one version in two steps; points that wait in a buffer have none. */
  @Test
  void aSelectOfPartsOfTheStreamItselfIsNotOverthrownByItsOwnPoints() {
    UUID many = manyPoints();
    db.btrdb()
        .insert(
            many,
            PointBatch.of(new long[] {600_000}, new double[] {0}),
            MergePolicy.NEVER,
            CallScope.unbounded());
    long count =
        db.update(
            "INSERT INTO \"plant/a\".many SELECT TIME_ADD(time, 1), 1e0 FROM \"plant/a\".many"
                + " WHERE time < FROM_NANOS(10) OR time > FROM_NANOS(10)");
    assertThat(count).isEqualTo(60_000);
  }

  @Test
  void aSelectIsInsertedAsItComesIfItIsOfAnotherStream() {
    manyPoints();
    db.stream("plant/a", "copy", new long[0], new double[0]);
    String copy = "INSERT INTO \"plant/a\".copy SELECT time, value FROM \"plant/a\".many";
    SqlSession small = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withMaxHeldBytes(1_000));
    assertThat(update(small, copy)).isEqualTo(60_000);
    assertThatThrownBy(() -> update(small, copy.replace(".copy SELECT", ".many SELECT")))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("more than 1000 bytes of rows");
  }

  private static long update(SqlSession session, String sql) {
    return session.prepare(sql, "", CallScope.unbounded()).update(List.of(), CallScope.unbounded());
  }

  @Test
  void eachOfABatchOfSelectsSeesThePointsOfThoseBefore() {
    db.stream("plant/a", "chain", new long[] {0}, new double[] {0});
    PreparedSql next =
        db.prepare(
            "INSERT INTO \"plant/a\".chain SELECT TIME_ADD(MAX(time), ?), MAX(value) + 1"
                + " FROM \"plant/a\".chain");
    assertThat(next.updateBatch(List.of(List.of(10L), List.of(10L)), CallScope.unbounded()))
        .containsExactly(1, 1);
    assertThat(db.rows("SELECT TO_NANOS(time), value FROM \"plant/a\".chain"))
        .containsExactly(List.of(0L, 0.0), List.of(10L, 1.0), List.of(20L, 2.0));
  }

  @Test
  void aBatchWithARowThatIsRefusedStoresNothing() {
    db.stream("plant/a", "none", new long[0], new double[0]);
    List<List<Object>> rows =
        new ArrayList<>(
            LongStream.range(0, 60_000).mapToObj(i -> List.<Object>of(i, 1.0)).toList());
    rows.set(55_000, Arrays.asList(55_000L, null));
    PreparedSql insert = db.prepare("INSERT INTO \"plant/a\".none VALUES (?, ?)");
    assertThatThrownBy(() -> insert.updateBatch(rows, CallScope.unbounded()))
        .hasMessageContaining("NULL can not be stored");
    assertThat(db.rows("SELECT * FROM \"plant/a\".none")).isEmpty();
  }

  @Test
  void aBatchOfSeveralCallsSaysWhichRowsAreStored() {
    db.stream("plant/a", "some", new long[0], new double[0]);
    List<List<Object>> rows =
        LongStream.range(0, 60_000)
            .mapToObj(i -> List.<Object>of(3 * i, 3 * i + 1, 3 * i + 2))
            .toList();
    PreparedSql insert = db.prepare("INSERT INTO \"plant/a\".some VALUES (?, 1), (?, 2), (?, 3)");
    CallScope scope = CallScope.unbounded();
    db.beforeNext("insert", () -> db.beforeNext("insert", scope::cancel));
    assertThatThrownBy(() -> insert.updateBatch(rows, scope))
        .isInstanceOfSatisfying(
            BatchFailure.class, e -> assertThat(e.counts()).hasSize(16_666).containsOnly(3));
    assertThat(db.rows("SELECT COUNT(*) FROM \"plant/a\".some")).containsExactly(List.of(50_000L));
  }

  @Test
  void aPointThatNoServerTakesIsRefusedBeforeAnyIsStored() {
    db.stream("plant/a", "none", new long[0], new double[0]);
    PreparedSql insert = db.prepare("INSERT INTO \"plant/a\".none VALUES (?, ?)");
    List<List<Object>> wrong =
        List.of(
            List.of(1L, Double.NaN),
            List.of(1L, Double.POSITIVE_INFINITY),
            List.of(Long.MAX_VALUE, 1.0),
            List.of(Long.MIN_VALUE, 1.0));
    for (List<Object> point : wrong) {
      List<List<Object>> rows =
          new ArrayList<>(
              LongStream.range(0, 60_000).mapToObj(i -> List.<Object>of(i, 1.0)).toList());
      rows.set(55_000, point);
      assertThatThrownBy(() -> insert.updateBatch(rows, CallScope.unbounded()))
          .hasMessageContaining("(row 55001)");
    }
    assertThat(db.rows("SELECT * FROM \"plant/a\".none")).isEmpty();
  }
}
