package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nanoseconds survive every way into a bound and every way out of a row. */
class NanosecondTest {
  private static final long BASE = IsoTime.parseNanos("2017-07-14 02:40:00.123456780");

  private final TestBtrdb db = new TestBtrdb();

  NanosecondTest() {
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < times.length; i++) {
      times[i] = BASE + i;
      values[i] = i;
    }
    db.stream("n", "s", times, values);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<Object> values(String where, Object... parameters) {
    return db.rows("SELECT value FROM \"n\".s WHERE " + where, parameters).stream()
        .map(row -> java.util.Objects.requireNonNull(row.get(0)))
        .toList();
  }

  @Test
  void literalBoundsKeepTheirNanoseconds() {
    assertThat(
            values(
                "time >= TIMESTAMP '2017-07-14 02:40:00.123456783' AND time < TIMESTAMP"
                    + " '2017-07-14 02:40:00.123456785'"))
        .containsExactly(3.0, 4.0);
    assertThat(values("time = TIMESTAMP '2017-07-14 02:40:00.123456789'")).containsExactly(9.0);
    assertThat(values("time > TIMESTAMP '2017-07-14 02:40:00.123456788'")).containsExactly(9.0);
    assertThat(values("time <= TIMESTAMP '2017-07-14 02:40:00.12345678'")).containsExactly(0.0);
    assertThat(values("TIMESTAMP '2017-07-14 02:40:00.123456781' >= time"))
        .containsExactly(0.0, 1.0);
  }

  @Test
  void otherSpellingsOfABoundAreThatBound() {
    assertThat(values("time >= '2017-07-14T02:40:00.123456789Z'")).containsExactly(9.0);
    assertThat(values("time >= TIMESTAMP '2017-07-14T04:40:00.123456789+02:00'"))
        .containsExactly(9.0);
    assertThat(values("time >= FROM_NANOS(" + (BASE + 8) + ")")).containsExactly(8.0, 9.0);
    assertThat(values("time BETWEEN ? AND ?", BASE + 2, BASE + 3)).containsExactly(2.0, 3.0);
    assertThat(values("time >= ?", "2017-07-14 02:40:00.123456789")).containsExactly(9.0);
    assertThat(values("time >= ?", IsoTime.instantOf(BASE + 9))).containsExactly(9.0);
    assertThat(values("time >= TIMESTAMP '2017-07-14 01:40:00.123456788' + INTERVAL '1' HOUR"))
        .containsExactly(8.0, 9.0);
    assertThat(values("time IN (FROM_NANOS(" + (BASE + 1) + "), FROM_NANOS(" + (BASE + 7) + "))"))
        .containsExactly(1.0, 7.0);
    assertThat(
            values(
                "time <> FROM_NANOS(" + (BASE + 1) + ") AND time < FROM_NANOS(" + (BASE + 3) + ")"))
        .containsExactly(0.0, 2.0);
  }

  @Test
  void boundsBeyondSixtyFourBitsSaturate() {
    assertThat(values("time < TIMESTAMP '9999-12-31 00:00:00'")).hasSize(10);
    assertThat(values("time > TIMESTAMP '0001-01-01 00:00:00'")).hasSize(10);
    assertThat(values("time > TIMESTAMP '9999-12-31 00:00:00'")).isEmpty();
    assertThat(values("time < ?", Instant.parse("9999-12-31T00:00:00Z"))).hasSize(10);
  }

  @Test
  void aBoundThatIsNullMatchesNothing() {
    assertThat(db.rows("SELECT value FROM \"n\".s WHERE time < CAST(NULL AS TIMESTAMP)")).isEmpty();
  }

  @Test
  void expressionsOnTimeAreExact() {
    assertThat(
            db.rows(
                "SELECT EXTRACT(NANOSECOND FROM time), FLOOR(time TO MICROSECOND), "
                    + "TIMESTAMPADD(NANOSECOND, 5, time), CAST(time AS VARCHAR), "
                    + "TIMESTAMPDIFF(NANOSECOND, TIMESTAMP '2017-07-14 02:40:00', time), "
                    + "TO_NANOS(time), date_bin('4ns', time) "
                    + "FROM \"n\".s WHERE value = 9"))
        .containsExactly(
            List.of(
                123456789L,
                BASE - 780,
                BASE + 14,
                "2017-07-14 02:40:00.123456789",
                123456789L,
                BASE + 9,
                Math.floorDiv(BASE + 9, 4L) * 4));
  }

  @Test
  void joinsAndGroupsTellNeighboursApart() {
    assertThat(db.rows("SELECT COUNT(*) FROM \"n\".s AS a JOIN \"n\".s AS b ON a.time = b.time"))
        .containsExactly(List.of(10L));
    assertThat(db.rows("SELECT time, COUNT(*) FROM \"n\".s GROUP BY time")).hasSize(10);
    assertThat(db.rows("SELECT MIN(time), MAX(time) FROM \"n\".s"))
        .containsExactly(List.of(BASE, BASE + 9));
  }

  @Test
  void insertedLiteralsAndParametersComeBack() {
    db.stream("n", "t", new long[0], new double[0]);
    assertThat(
            db.update(
                "INSERT INTO \"n\".t (time, value) VALUES"
                    + " (TIMESTAMP '1969-12-31 23:59:59.999999999', 1), (?, ?)",
                TimeRange.MAX_POINT_NANOS,
                2.5))
        .isEqualTo(2);
    assertThat(db.rows("SELECT * FROM \"n\".t"))
        .containsExactly(List.of(-1L, 1.0), List.of(TimeRange.MAX_POINT_NANOS, 2.5));
  }

  @Test
  void whatCannotBeExactIsRefused() {
    assertThatThrownBy(() -> db.rows("SELECT time + INTERVAL '0.0001' SECOND FROM \"n\".s"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("whole milliseconds");
    assertThatThrownBy(() -> db.rows("SELECT TIMESTAMP '2017-02-30 00:00:00'"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("2017-02-30");
    assertThatThrownBy(() -> db.rows("SELECT CAST(time AS TIME) FROM \"n\".s"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("TIME(0) is not supported on time");
    assertThatThrownBy(() -> values("time >= 'soon'"))
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContaining("soon");
  }
}
