package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.row.RowCursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SELECT STREAM: what is inserted from now on. */
@Timeout(60)
class LiveQueryTest {
  private final TestBtrdb db = new TestBtrdb();
  private final CallScope scope = CallScope.unbounded();
  private final UUID uuid = db.stream("c", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});

  @AfterEach
  void close() {
    db.close();
  }

  private void insert(long[] times, double... values) {
    db.btrdb().insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
  }

  private RowCursor open(String sql, Object... parameters) {
    return db.prepare(sql).query(List.of(parameters), scope, 0);
  }

  @Test
  void insertsComeInTheirOrderToTheNanosecondAndNoOlderPoint() {
    try (RowCursor rows = open("SELECT STREAM time, value FROM c.s")) {
      insert(
          new long[] {1_700_000_000_123_456_789L, 1_700_000_000_123_456_790L}, 7, Double.MIN_VALUE);
      insert(new long[] {-5}, -0.0);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(1_700_000_000_123_456_789L);
      assertThat(rows.getDouble(1)).isEqualTo(7);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(1_700_000_000_123_456_790L);
      assertThat(rows.getDouble(1)).isEqualTo(Double.MIN_VALUE);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(-5);
      assertThat(rows.getObject(1)).isEqualTo(-0.0);
    }
    assertThat(db.calls()).containsExactly("subscribe");
    assertThat(db.rows("SELECT uuid, row_count FROM btrdb.session_rpcs WHERE rpc = 'Subscribe'"))
        .containsExactly(List.of(uuid, 3L));
  }

  @Test
  void conditionsAndExpressionsAreOfEachInsert() {
    List<Object> found = new ArrayList<>();
    try (RowCursor rows =
        open(
            "SELECT STREAM value * 2 AS twice FROM c.s"
                + " WHERE value > ? AND time >= TIMESTAMP '1970-01-01 00:00:00.000000010' LIMIT 3",
            5.0)) {
      insert(new long[] {9, 10, 11}, 100, 4, 6);
      insert(new long[] {12}, 5);
      insert(new long[] {13, 14, 15}, 7, 8, 9);
      while (rows.next()) { // the limit ends it: it waits for no fourth row
        found.add(rows.getDouble(0));
      }
    }
    assertThat(found).containsExactly(12.0, 14.0, 16.0);
  }

  @Test
  void limitOfNothingWaitsForNothing() {
    assertThat(db.rows("SELECT STREAM value FROM c.s LIMIT 0")).isEmpty();
    assertThat(db.calls()).isEmpty();
  }

  @Test
  void withOfTheStreamIsTheStream() {
    try (RowCursor rows =
        open("WITH x AS (SELECT value + 1 AS v FROM c.s) SELECT STREAM v FROM x WHERE v > 5")) {
      insert(new long[] {9, 10}, 1, 7);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getDouble(0)).isEqualTo(8);
    }
  }

  /** A row that cannot be computed fails; closing the result, as one does then, unsubscribes. */
  @Test
  void errorOfARowEndsTheSubscription() {
    try (RowCursor rows = open("SELECT STREAM CAST(value AS TINYINT) FROM c.s")) {
      insert(new long[] {9, 10}, 1, 1000);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(0)).isEqualTo(1);
      assertThatExceptionOfType(SqlRefusal.class)
          .isThrownBy(
              () -> {
                rows.next();
                rows.getLong(0);
              })
          .satisfies(e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.OUT_OF_RANGE))
          .withMessageContaining("1000");
    }
    assertThat(db.subscriptions()).hasSize(1);
    insert(new long[] {11}, 2);
    Subscription subscription = db.subscriptions().get(0);
    assertThat(subscription.isReady()).isTrue();
    assertThatExceptionOfType(BtrdbException.class)
        .isThrownBy(subscription::next)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
  }

  @Test
  void cancelWakesTheReader() throws InterruptedException {
    try (RowCursor rows = open("SELECT STREAM value FROM c.s WHERE value > 10")) {
      Thread canceller =
          new Thread(
              () -> {
                insert(new long[] {20}, 1); // wakes it, and is no row
                scope.cancel();
              });
      canceller.start();
      assertThatExceptionOfType(BtrdbException.class)
          .isThrownBy(rows::next)
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      canceller.join();
    }
  }

  @Test
  void explainNamesTheSubscription() {
    assertThat(db.plan("SELECT STREAM value FROM c.s WHERE value > 1").toString())
        .contains("Subscribe(\"c\".\"s\"): without end");
    assertThat(db.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT STREAM COUNT(*) FROM c.s",
        "SELECT STREAM DISTINCT value FROM c.s",
        "SELECT STREAM time, value FROM c.s ORDER BY time",
        "SELECT STREAM value, LAG(value) OVER (ORDER BY time) FROM c.s",
        "SELECT STREAM a.value FROM c.s AS a JOIN c.s AS b ON a.time = b.time",
        "SELECT STREAM time, value FROM c.s FOR VERSION AS OF 11",
        "SELECT STREAM value FROM c.s WHERE value > (SELECT AVG(value) FROM c.s)",
        "SELECT STREAM time, value FROM raw_values('c/s', FROM_NANOS(0), FROM_NANOS(100))",
        "SELECT STREAM CAST(value AS REAL) FROM c.s",
        "SELECT STREAM * FROM btrdb.streams",
        "SELECT STREAM * FROM (SELECT STREAM value FROM c.s)",
        "SELECT value FROM c.s UNION ALL SELECT STREAM value FROM c.s",
        "INSERT INTO c.s SELECT STREAM time, value FROM c.s"
      })
  void whatNeedsOtherPointsIsRefused(String sql) {
    assertThatExceptionOfType(SqlRefusal.class)
        .isThrownBy(() -> db.prepare(sql))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(SqlRefusal.Reason.UNSUPPORTED))
        .withMessageContaining("STREAM");
  }
}
