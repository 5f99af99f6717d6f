package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dialect's ways to say times, each exact in both executors and pushed where it bounds. */
class TimeDialectTest {
  private static final long BASE = 1_500_000_000_123_456_780L;

  private final TestBtrdb db = new TestBtrdb();
  private final BothExecutors both = new BothExecutors(db);

  TimeDialectTest() {
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

  /** The values where a condition holds, which must be read as ranges and nothing more. */
  private List<Object> pushed(String where, @Nullable Object... parameters) {
    List<Object> values = filtered(where, parameters);
    List<String> plan = db.plan("SELECT value FROM \"n\".s WHERE " + where, parameters);
    assertThat(plan).as(where).contains("path: column batches straight to the result");
    return values;
  }

  private List<Object> filtered(String where, @Nullable Object... parameters) {
    List<Object> values = new ArrayList<>();
    both.rows("SELECT value FROM \"n\".s WHERE " + where, parameters)
        .forEach(row -> values.add(Objects.requireNonNull(row.get(0))));
    return values;
  }

  /** An expression of the point at {@link #BASE}. */
  private @Nullable Object value(String expression, @Nullable Object... parameters) {
    return both.row("SELECT " + expression + " FROM \"n\".s WHERE value = 0", parameters).get(0);
  }

  private static long at(String text) {
    return IsoTime.parseNanos(text);
  }

  private void refused(String sql, String... words) {
    assertThatThrownBy(() -> db.rows(sql))
        .as(sql)
        .isInstanceOf(SqlRefusal.class)
        .hasMessageContainingAll(words);
  }

  private void valueRefused(String expression, String... words) {
    refused("SELECT " + expression + " FROM \"n\".s", words);
  }

  @Test
  void wholeNumbersComparedWithTimeAreNanoseconds() {
    assertThat(pushed("time >= 1500000000123456788")).containsExactly(8.0, 9.0);
    assertThat(pushed("1500000000123456788 <= time")).containsExactly(8.0, 9.0);
    assertThat(pushed("time = 1500000000123456783")).containsExactly(3.0);
    assertThat(pushed("time BETWEEN 1500000000123456781 AND 1500000000123456782"))
        .containsExactly(1.0, 2.0);
    assertThat(pushed("time NOT BETWEEN 1500000000123456781 AND 1500000000123456788"))
        .containsExactly(0.0, 9.0);
    assertThat(pushed("time IN (1500000000123456781, 3)")).containsExactly(1.0);
    assertThat(pushed("time NOT IN (1500000000123456781, 1500000000123456782)"))
        .containsExactly(0.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    assertThat(pushed("time <> 1500000000123456789 AND time > 1500000000123456786"))
        .containsExactly(7.0, 8.0);
    assertThat(pushed("time > CAST(? AS BIGINT)", BASE + 8)).containsExactly(9.0);
    assertThat(pushed("time > CAST(? AS INTEGER)", 7)).hasSize(10);
    assertThat(pushed("time > ?", BASE + 8)).containsExactly(9.0);
    assertThat(pushed("time > -1")).hasSize(10);
    assertThat(filtered("time IN (SELECT TO_NANOS(time) FROM \"n\".s WHERE value > 7)"))
        .containsExactlyInAnyOrder(8.0, 9.0);
    assertThat(filtered("CASE WHEN time > 1500000000123456788 THEN TRUE ELSE FALSE END"))
        .containsExactly(9.0);
  }

  @Test
  void numbersThatMayHaveAFractionAreNotComparedWithTime() {
    for (String number : List.of("1.5e18", "150000000012345678.5", "value", "CAST(? AS DOUBLE)")) {
      refused("SELECT value FROM \"n\".s WHERE time >= " + number, "whole nanoseconds");
      refused("SELECT value FROM \"n\".s WHERE " + number + " = time", "whole nanoseconds");
    }
    refused("SELECT value FROM \"n\".s WHERE time BETWEEN 1 AND 1.5e18", "DOUBLE");
    refused("SELECT value FROM \"n\".s WHERE time IN (1, 2.5)", "DECIMAL");
  }

  @Test
  void castsOfWholeNumbersAreNanosecondsToo() {
    assertThat(value("CAST(time AS BIGINT)")).isEqualTo(BASE);
    assertThat(value("CAST(1500000000123456789 AS TIMESTAMP)")).isEqualTo(BASE + 9);
    assertThat(value("CAST(CAST(? AS BIGINT) AS TIMESTAMP(3))", -1L)).isEqualTo(-1_000_000L);
    assertThat(value("TO_NANOS(FROM_NANOS(5))")).isEqualTo(5L);
    valueRefused("CAST(time AS INTEGER)", "INTEGER");
    valueRefused("CAST(time AS DOUBLE)", "DOUBLE");
    valueRefused("CAST(value AS TIMESTAMP)", "TIMESTAMP");
    valueRefused("CAST(1.5 AS TIMESTAMP)", "TIMESTAMP");
  }

  @Test
  void farAwayBoundsOfAnySpellingSaturate() {
    for (String far :
        List.of(
            "TIMESTAMP '9999-12-31 00:00:00'",
            "DATE '9999-12-31'",
            "'9999-12-31'",
            "'9999-12-31T23:59:59.999999999Z'",
            "9223372036854775807")) {
      assertThat(pushed("time < " + far)).as(far).hasSize(10);
      assertThat(pushed("time >= " + far)).as(far).isEmpty();
    }
    assertThat(pushed("time < ?", "9999-12-31")).hasSize(10);
    assertThat(pushed("time > ?", "0001-01-01 00:00:00")).hasSize(10);
    assertThat(pushed("time < ?", Instant.parse("9999-12-31T00:00:00Z"))).hasSize(10);
    valueRefused("CAST('9999-12-31' AS TIMESTAMP)", "64-bit");
  }

  @Test
  void dateTruncTakesPostgresUnitsInEitherOrder() {
    assertThat(value("DATE_TRUNC('hour', time)")).isEqualTo(at("2017-07-14 02:00:00"));
    assertThat(value("date_trunc('HOURS', time)")).isEqualTo(at("2017-07-14 02:00:00"));
    assertThat(value("DATE_TRUNC('microseconds', time)")).isEqualTo(BASE - 780);
    assertThat(value("DATE_TRUNC('ms', time)")).isEqualTo(BASE - 456_780);
    assertThat(value("DATE_TRUNC('nanosecond', time)")).isEqualTo(BASE);
    assertThat(value("DATE_TRUNC('second', time)")).isEqualTo(at("2017-07-14 02:40:00"));
    assertThat(value("DATE_TRUNC('minute', time)")).isEqualTo(at("2017-07-14 02:40:00"));
    assertThat(value("DATE_TRUNC('day', time)")).isEqualTo(at("2017-07-14"));
    assertThat(value("DATE_TRUNC('week', time)")).as("Monday").isEqualTo(at("2017-07-10"));
    assertThat(value("DATE_TRUNC('month', time)")).isEqualTo(at("2017-07-01"));
    assertThat(value("DATE_TRUNC('quarter', time)")).isEqualTo(at("2017-07-01"));
    assertThat(value("DATE_TRUNC('year', time)")).isEqualTo(at("2017-01-01"));
    assertThat(value("DATE_TRUNC('decade', time)")).isEqualTo(at("2010-01-01"));
    assertThat(value("DATE_TRUNC('century', time)")).isEqualTo(at("2001-01-01"));
    assertThat(value("DATE_TRUNC('millennium', time)")).isEqualTo(at("2001-01-01"));
    assertThat(value("DATE_TRUNC('month', CAST(time AS DATE))")).isEqualTo(at("2017-07-01"));
    assertThat(value("DATE_TRUNC(time, HOUR)")).isEqualTo(at("2017-07-14 02:00:00"));
    assertThat(value("DATE_TRUNC(time, WEEK)")).as("Sunday").isEqualTo(at("2017-07-09"));
    assertThat(value("TIMESTAMP_TRUNC(time, MONTH)")).isEqualTo(at("2017-07-01"));
    assertThat(value("TIMESTAMP_TRUNC(time, ISOWEEK)")).isEqualTo(at("2017-07-10"));
    assertThat(value("TIMESTAMP_TRUNC(time, WEEK(FRIDAY))")).isEqualTo(at("2017-07-14"));
    valueRefused("DATE_TRUNC('fortnight', time)", "fortnight", "week");
    valueRefused("DATE_TRUNC(?, time)", "literal");
    assertThat(pushed("DATE_TRUNC('hour', time) = TIMESTAMP '2017-07-14 02:00:00'")).hasSize(10);
    assertThat(
            db.rows(
                "SELECT DATE_TRUNC('month', time), COUNT(*) FROM \"n\".s"
                    + " GROUP BY DATE_TRUNC('month', time)"))
        .containsExactly(List.of(at("2017-07-01"), 10L));
    assertThat(db.calls()).doesNotContain("raw");
  }

  @Test
  void floorAndCeilKnowEveryUnit() {
    assertThat(value("FLOOR(time TO WEEK(MONDAY))")).isEqualTo(at("2017-07-10"));
    assertThat(value("FLOOR(time TO CENTURY)")).isEqualTo(at("2001-01-01"));
    assertThat(value("CEIL(time TO CENTURY)")).isEqualTo(at("2101-01-01"));
    assertThat(value("FLOOR(TIMESTAMP '2000-12-31 23:59:59.999999999' TO CENTURY)"))
        .isEqualTo(at("1901-01-01"));
    assertThat(value("CEIL(TIMESTAMP '2001-01-01 00:00:00' TO MILLENNIUM)"))
        .isEqualTo(at("2001-01-01"));
    assertThat(value("FLOOR(CAST(time AS DATE) TO MONTH)"))
        .isEqualTo((int) java.time.LocalDate.of(2017, 7, 1).toEpochDay());
    valueRefused("FLOOR(TIMESTAMP '2000-12-31 00:00:00' TO MILLENNIUM)", "64-bit");
    valueRefused("FLOOR(time TO ISOYEAR)", "ISOYEAR");
    valueRefused("FLOOR(time TO BLINK)", "BLINK");
  }

  @Test
  void allNamesOfNowAreOneInstant() {
    List<List<@Nullable Object>> rows =
        db.rows(
            "SELECT NOW(), CURRENT_TIMESTAMP, LOCALTIMESTAMP, {fn NOW()}, CURRENT_TIMESTAMP(3),"
                + " CURRENT_DATE FROM \"n\".s");
    assertThat(rows.stream().distinct()).hasSize(1);
    long now = (Long) Objects.requireNonNull(rows.get(0).get(0));
    assertThat(rows.get(0))
        .containsExactly(
            now,
            now,
            now,
            now,
            Math.floorDiv(now, 1_000_000L) * 1_000_000L,
            (int) Math.floorDiv(now, IsoTime.NANOS_PER_DAY));
    assertThat(value("COALESCE(CURRENT_TIMESTAMP, time) = NOW()")).isEqualTo(true);
    assertThat(value("CASE WHEN value > 0 THEN time ELSE LOCALTIMESTAMP END = NOW()"))
        .isEqualTo(true);
    assertThat(pushed("time < NOW() - INTERVAL '1' HOUR")).hasSize(10);
    assertThat(pushed("time >= DATE_TRUNC('month', NOW())")).isEmpty();
    valueRefused("CURRENT_TIME", "TIME");
    valueRefused("LOCALTIME", "TIME");
  }

  @Test
  void pointwidthsAreBuckets() {
    assertThat(value("pw_bin(10, time)")).isEqualTo(BASE & -1024L);
    assertThat(value("pw_bin(0, time)")).isEqualTo(BASE);
    assertThat(value("pw_bin(62, time)")).isEqualTo(0L);
    assertThat(value("pw_bin(62, TIMESTAMP '1969-12-31 23:59:59')")).isEqualTo(-(1L << 62));
    assertThat(value("pw_bin(?, time)", 4)).isEqualTo(BASE & -16L);
    valueRefused("pw_bin(63, time)", "62");
    valueRefused("pw_bin(-1, time)", "62");
    assertThat(db.rows("SELECT pw_bin(?, time), COUNT(*) FROM \"n\".s GROUP BY 1", 4))
        .containsExactly(List.of(BASE & -16L, 4L), List.of((BASE & -16L) + 16, 6L));
    assertThat(db.calls()).doesNotContain("raw");
  }

  @Test
  void widthsHaveThreeFormsEverywhere() {
    assertThat(value("NANOS('100us')")).isEqualTo(100_000L);
    assertThat(value("NANOS('PT0.1S')")).isEqualTo(100_000_000L);
    assertThat(value("NANOS(?)", "1.5h")).isEqualTo(5_400_000_000_000L);
    assertThat(value("TIME_ADD(time, '-100us')")).isEqualTo(BASE - 100_000);
    assertThat(value("TIME_ADD(time, 5)")).isEqualTo(BASE + 5);
    assertThat(value("TIME_ADD(time, ?)", 7)).isEqualTo(BASE + 7);
    assertThat(value("TIME_ADD(time, CAST(? AS VARCHAR))", "3ns")).isEqualTo(BASE + 3);
    assertThat(value("TIME_ADD(time, INTERVAL '1' SECOND)")).isEqualTo(BASE + 1_000_000_000L);
    assertThat(value("TIME_ADD(time, INTERVAL '1' MONTH)"))
        .isEqualTo(at("2017-08-14 02:40:00.123456780"));
    assertThat(value("time_bucket('4ns', time)")).isEqualTo(BASE & -4L);
    assertThat(value("date_bin(?, time)", 1000)).isEqualTo(BASE - 780);
    assertThat(value("date_bin(CAST(? AS VARCHAR), time)", "1us")).isEqualTo(BASE - 780);
    assertThat(pushed("TIME_ADD(time, '1h') > TIMESTAMP '2017-07-14 03:40:00.123456788'"))
        .containsExactly(9.0);
    assertThat(db.rows("SELECT date_bin(?, time), COUNT(*) FROM \"n\".s GROUP BY 1", 4)).hasSize(3);
    assertThat(db.calls()).doesNotContain("raw");
    valueRefused("NANOS('100')", "100us");
    valueRefused("NANOS('0.1ns')", "0.1ns");
    valueRefused("date_bin('-5s', time)", "wider than 0");
    assertThatThrownBy(() -> db.rows("SELECT date_bin(?, time) FROM \"n\".s", 0))
        .hasMessageContaining("wider than 0");
  }

  @Test
  void intervalsOfTimeAreRanges() {
    assertThat(pushed("TIME_IN(time, '2017')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '2017-07')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '2017-07-15')")).isEmpty();
    assertThat(pushed("TIME_IN(time, '2017-07-14T02')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '2017-07-14 02:40')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '2017-07-14 04:40:00.12345678+02:00')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '2017-07-14T02:40:00.123456785Z')")).containsExactly(5.0);
    assertThat(pushed("TIME_IN(time, '2017-07-14T02:40:00.123456785/3ns')"))
        .containsExactly(5.0, 6.0, 7.0);
    assertThat(pushed("TIME_IN(time, '2017-07-14T02:40:00.123456785/PT0.000000002S')"))
        .containsExactly(5.0, 6.0);
    assertThat(pushed("TIME_IN(time, 'P1DT1H/2017-07-14T02:40:00.123456782')"))
        .containsExactly(0.0, 1.0);
    assertThat(
            pushed("TIME_IN(time, '2017-07-14T02:40:00.123456785/2017-07-14T02:40:00.123456787')"))
        .containsExactly(5.0, 6.0);
    assertThat(pushed("NOT TIME_IN(time, '2017-07-14T02:40:00.123456782/P1M')"))
        .containsExactly(0.0, 1.0);
    assertThat(
            filtered(
                "value > 1 AND (value < 5 AND TIME_IN(time, '2017-07-14T02:40:00.123456782/2ns') OR"
                    + " value = 9)"))
        .containsExactly(2.0, 3.0, 9.0);
    assertThat(pushed("TIME_IN(time, ?)", "2017-07-14T02:40:00.123456785")).containsExactly(5.0);
    assertThat(pushed("TIME_IN(time, ?)", (Object) null)).isEmpty();
    assertThat(pushed("TIME_IN(time, '0001/9999')")).hasSize(10);
    assertThat(pushed("TIME_IN(time, '9999')")).isEmpty();
    assertThat(pushed("TIME_IN(time, '2017-07-14/2017-07-14')")).isEmpty();
    assertThat(value("TIME_IN(FROM_NANOS(9223372036854775807), '9999')")).isEqualTo(false);
    assertThat(value("TIME_IN(FROM_NANOS(9223372036854775807), '2262-04')")).isEqualTo(true);
    for (String bad :
        List.of(
            "soon",
            "2017-13",
            "2017-02-30",
            "2017/",
            "/2017",
            "P1D/P1D",
            "2018/2017",
            "2017-01-01/-P1D",
            "2017-01-01/P",
            "2017-01-01/1M",
            "2017-07-14T02:40:00.1234567890")) {
      valueRefused("TIME_IN(time, '" + bad + "')", "not an interval", "'" + bad + "'");
    }
  }

  @Test
  void additionAndDifferenceTakeEveryUnitAsBigint() {
    assertThat(value("TIMESTAMPADD(SQL_TSI_FRAC_SECOND, 1, time)")).isEqualTo(BASE + 1);
    assertThat(value("{fn TIMESTAMPADD(SQL_TSI_FRAC_SECOND, -1, time)}")).isEqualTo(BASE - 1);
    assertThat(value("TIMESTAMPADD(SQL_TSI_MONTH, 1, time)"))
        .isEqualTo(at("2017-08-14 02:40:00.123456780"));
    assertThat(value("TIMESTAMPADD(CENTURY, 1, time)"))
        .isEqualTo(at("2117-07-14 02:40:00.123456780"));
    assertThat(value("TIMESTAMPADD(SECOND, 1, '2016-01-01')")).isEqualTo(at("2016-01-01 00:00:01"));
    assertThat(value("TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '2016-01-01 00:00:00', time)"))
        .isEqualTo(48_393_600_123_456L);
    assertThat(value("{fn TIMESTAMPDIFF(SQL_TSI_DAY, DATE '2016-01-01', time)}")).isEqualTo(560L);
    assertThat(value("TIMESTAMPDIFF(QUARTER, time, '2016-01-01')")).isEqualTo(-6L);
    assertThat(
            pushed(
                "TIMESTAMPDIFF(NANOSECOND, TIMESTAMP '2017-07-14 02:40:00.123456780', time) < 3"))
        .containsExactly(0.0, 1.0, 2.0);
    valueRefused("TIMESTAMPADD(DOW, 1, time)", "DOW");
    valueRefused("TIMESTAMPDIFF(BLINK, time, time)", "BLINK");
    valueRefused("TIMESTAMPADD(MILLENNIUM, 9, time)", "64-bit");
    valueRefused("TIMESTAMPADD(MONTH, 9223372036854775807, time)", "64-bit");
  }

  @Test
  void aTextIsNotCutToTheDigitsOfWhatItIsComparedWith() {
    String cut = "CAST(time AS TIMESTAMP(3))";
    assertThat(filtered(cut + " = '2017-07-14 02:40:00.123456'")).isEmpty();
    assertThat(filtered(cut + " IN ('2017-07-14 02:40:00.123456', '2017-01-01')")).isEmpty();
    assertThat(filtered(cut + " < '2017-07-14 02:40:00.123000001'")).hasSize(10);
    assertThat(filtered("'2017-07-14 02:40:00.1235' BETWEEN " + cut + " AND " + cut)).isEmpty();
    assertThat(filtered(cut + " = '2017-07-14 02:40:00.123'")).hasSize(10);
  }

  @Test
  void aDifferenceOfTimesNeedsAUnit() {
    refused("SELECT MAX(time) - MIN(time) FROM \"n\".s", "TIMESTAMPDIFF(NANOSECOND");
    refused("SELECT (MAX(time) - MIN(time)) SECOND FROM \"n\".s", "TIMESTAMPDIFF(NANOSECOND");
    assertThat(
            pushed(
                "(time - TIMESTAMP '2017-07-14 02:40:00.123456785') SECOND >= INTERVAL '0' SECOND"))
        .containsExactly(5.0, 6.0, 7.0, 8.0, 9.0);
    assertThat(value("time - (time - FROM_NANOS(3)) SECOND")).isEqualTo(3L);
  }

  @Test
  void fieldsAndDatesAreExact() {
    assertThat(
            both.row(
                "SELECT EXTRACT(EPOCH FROM time), EXTRACT(NANOSECOND FROM time),"
                    + " EXTRACT(ISOWEEK FROM time), EXTRACT(WEEK(MONDAY) FROM time),"
                    + " EXTRACT(YEAR FROM CAST(time AS DATE)), CAST('2017-02-03' AS DATE),"
                    + " DATE '2018-01-05' + INTERVAL '24' HOUR, time::date, time::varchar"
                    + " FROM \"n\".s WHERE value = 0"))
        .isEqualTo(
            Arrays.asList(
                1_500_000_000L,
                123_456_780L,
                28L,
                28L,
                2017L,
                (int) java.time.LocalDate.of(2017, 2, 3).toEpochDay(),
                (int) java.time.LocalDate.of(2018, 1, 6).toEpochDay(),
                (int) java.time.LocalDate.of(2017, 7, 14).toEpochDay(),
                "2017-07-14 02:40:00.123456780"));
    assertThat(pushed("EXTRACT(YEAR FROM time) = 2017")).hasSize(10);
    assertThat(pushed("YEAR(time) > 2017")).isEmpty();
    assertThat(pushed("YEAR(time) >= 1500 AND YEAR(time) < 3000")).hasSize(10);
    assertThat(pushed("EXTRACT(EPOCH FROM time) < 1500000000")).isEmpty();
    assertThat(pushed("time >= DATE '2017-07-15' - INTERVAL '1' DAY")).hasSize(10);
    assertThat(pushed("CAST(time AS DATE) = CAST('2017-07-14' AS DATE)")).hasSize(10);
    valueRefused("EXTRACT(BLINK FROM time)", "BLINK");
    valueRefused("EXTRACT(WEEK(FRIDAY) FROM time)", "FRIDAY");
    valueRefused("DATE '2018-01-05' + INTERVAL '1' SECOND", "whole days");
    valueRefused("CAST('2018-02-30' AS DATE)", "2018-02-30");
    valueRefused("time + INTERVAL '5' SECOND * 0.5", "whole numbers");
    assertThat(db.rows("SELECT COUNT(DISTINCT time) FROM \"n\".s")).containsExactly(List.of(10L));
  }

  @Test
  void anglesWrapAndNanIsSeen() {
    assertThat(
            both.row(
                "SELECT angle_diff(170, -170), angle_diff(-170, 170), wrap_angle(180),"
                    + " wrap_angle(-180), wrap_angle(540), wrap_angle(-190), wrap_angle(179.5),"
                    + " angle_diff(NULL, value), IS_NAN(value), IS_NAN(CAST('NaN' AS DOUBLE)),"
                    + " IS_NAN(wrap_angle(CAST('Infinity' AS DOUBLE))), IS_NAN(?)"
                    + " FROM \"n\".s WHERE value = 0",
                1.5))
        .isEqualTo(
            Arrays.asList(
                -20.0, 20.0, -180.0, -180.0, -180.0, 170.0, 179.5, null, false, true, true, false));
  }
}
