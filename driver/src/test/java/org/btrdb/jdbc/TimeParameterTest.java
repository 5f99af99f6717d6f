package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times set as parameters are the nanoseconds they say, whatever the JVM's zone and language. */
@Timeout(120)
class TimeParameterTest {
  /** Whole seconds among them, both ends, before 1970, the second before 1970, leap days. */
  private static final List<Long> TIMES =
      List.of(
          TimeRange.MIN_NANOS,
          IsoTime.parseNanos("1952-02-29 23:59:59.999999999"),
          -1_000_000_001L,
          -1L,
          0L,
          IsoTime.parseNanos("2000-02-29 12:00:00"),
          IsoTime.parseNanos("2017-07-14 02:40:00.123456789"),
          IsoTime.parseNanos("2018-03-11 02:30:00.000000001"), // a gap in New York
          IsoTime.parseNanos("2018-11-04 01:30:00.999999999"), // twice in New York
          TimeRange.MAX_POINT_NANOS);

  private final TestData data = new TestData();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = data.connect();
    List<Long> all = new ArrayList<>();
    for (long time : TIMES) {
      for (long near = time - 1; near <= time + 1; near++) {
        if (near >= TimeRange.MIN_NANOS && near <= TimeRange.MAX_POINT_NANOS) {
          all.add(near);
        }
      }
    }
    long[] times = all.stream().mapToLong(Long::longValue).distinct().sorted().toArray();
    data.insert(data.stream("t", "s"), times, new double[times.length]);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    data.close();
  }

  /** A way to set a parameter. */
  @FunctionalInterface
  private interface Setter {
    void set(PreparedStatement statement, int number) throws SQLException;
  }

  /** Every way to say a time with all its nanoseconds. */
  private static Map<String, Setter> setters(long nanos) {
    Instant instant = IsoTime.instantOf(nanos);
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    Timestamp timestamp = Timestamp.from(instant);
    Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    ZonedDateTime newYork = instant.atZone(ZoneId.of("America/New_York"));
    OffsetDateTime offset = instant.atOffset(ZoneOffset.ofHoursMinutes(5, 45));
    String text = IsoTime.format(nanos);
    Map<String, Setter> setters = new LinkedHashMap<>();
    setters.put("setTimestamp", (s, n) -> s.setTimestamp(n, timestamp));
    setters.put("setTimestamp, calendar", (s, n) -> s.setTimestamp(n, timestamp, tokyo));
    setters.put("Timestamp", (s, n) -> s.setObject(n, timestamp));
    setters.put("Timestamp, type", (s, n) -> s.setObject(n, timestamp, Types.TIMESTAMP));
    setters.put("Instant", (s, n) -> s.setObject(n, instant));
    setters.put("LocalDateTime", (s, n) -> s.setObject(n, local));
    setters.put("LocalDateTime, type", (s, n) -> s.setObject(n, local, JDBCType.TIMESTAMP));
    setters.put("OffsetDateTime", (s, n) -> s.setObject(n, offset));
    setters.put(
        "OffsetDateTime, type", (s, n) -> s.setObject(n, offset, Types.TIMESTAMP_WITH_TIMEZONE));
    setters.put("ZonedDateTime", (s, n) -> s.setObject(n, newYork));
    setters.put("setLong", (s, n) -> s.setLong(n, nanos));
    setters.put("Long", (s, n) -> s.setObject(n, nanos));
    setters.put("Long, type", (s, n) -> s.setObject(n, nanos, Types.BIGINT));
    setters.put("BigInteger", (s, n) -> s.setObject(n, BigInteger.valueOf(nanos)));
    setters.put("BigDecimal", (s, n) -> s.setBigDecimal(n, BigDecimal.valueOf(nanos)));
    setters.put("text", (s, n) -> s.setString(n, text));
    setters.put("text, T and Z", (s, n) -> s.setString(n, text.replace(' ', 'T') + "Z"));
    setters.put("text, offset", (s, n) -> s.setString(n, offset.toString()));
    setters.put("text, type", (s, n) -> s.setObject(n, text, Types.VARCHAR));
    return setters;
  }

  private List<Long> times(String where, long nanos, Setter setter) throws SQLException {
    String sql = "SELECT time FROM \"t\".s WHERE " + where + " ORDER BY time";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int count = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= count; i++) {
        setter.set(statement, i);
      }
      List<Long> times = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          times.add(result.getLong(1));
          assertThat(result.getTimestamp(1).toInstant())
              .as("%s of %d", where, nanos)
              .isEqualTo(IsoTime.instantOf(result.getLong(1)));
        }
      }
      return times;
    }
  }

  private List<Long> expected(java.util.function.LongPredicate holds) throws SQLException {
    return times("time >= ?", TimeRange.MIN_NANOS, (s, n) -> s.setLong(n, TimeRange.MIN_NANOS))
        .stream()
        .filter(holds::test)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  void everySetterIsExactAtEveryTimeInEveryZone(String zone) throws SQLException {
    TimeZone zoneBefore = TimeZone.getDefault();
    Locale before = Locale.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      for (long time : TIMES) {
        for (Map.Entry<String, Setter> way : setters(time).entrySet()) {
          String what = way.getKey() + " of " + IsoTime.format(time) + " in " + zone;
          Setter setter = way.getValue();
          assertThat(times("time = ?", time, setter)).as(what).containsExactly(time);
          assertThat(times("time > ? AND time <= TIMESTAMPADD(NANOSECOND, 1, ?)", time, setter))
              .as(what)
              .isEqualTo(expected(t -> t == time + 1));
        }
        Setter instant = (s, n) -> s.setObject(n, IsoTime.instantOf(time));
        assertThat(times("? >= time", time, instant)).isEqualTo(expected(t -> t <= time));
        assertThat(times("time <> ?", time, instant)).isEqualTo(expected(t -> t != time));
        assertThat(times("time BETWEEN ? AND ?", time, instant)).containsExactly(time);
        assertThat(times("time IN (?, ?)", time, instant)).containsExactly(time);
        assertThat(times("time NOT IN (?)", time, instant)).isEqualTo(expected(t -> t != time));
        assertThat(times("CASE WHEN time < ? THEN TRUE END", time, instant))
            .isEqualTo(expected(t -> t < time));
        assertThat(times("TO_NANOS(time) = CAST(? AS BIGINT)", time, (s, n) -> s.setLong(n, time)))
            .containsExactly(time);
        assertThat(times("time = CAST(? AS BIGINT)", time, (s, n) -> s.setLong(n, time)))
            .containsExactly(time);
      }
    } finally {
      TimeZone.setDefault(zoneBefore);
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kathmandu"})
  void whatHasNoNanosecondsIsTheInstantOrDateItSays(String zone) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      long noon = IsoTime.parseNanos("2000-02-29 12:00:00");
      Instant instant = IsoTime.instantOf(noon);
      Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
      calendar.setTimeInMillis(instant.toEpochMilli());
      @SuppressWarnings("JavaUtilDate") // as users hand it over
      java.util.Date date = new java.util.Date(instant.toEpochMilli());
      for (Object value : List.of(date, calendar)) {
        assertThat(times("time = ?", noon, (s, n) -> s.setObject(n, value)))
            .as("%s", value)
            .containsExactly(noon);
      }
      List<Long> day =
          expected(
              t -> t >= IsoTime.parseNanos("2000-02-29") && t < IsoTime.parseNanos("2000-03-01"));
      for (Object value : List.of(LocalDate.of(2000, 2, 29), Date.valueOf("2000-02-29"))) {
        assertThat(
                times(
                    "time >= ? AND time < TIMESTAMPADD(DAY, 1, ?)",
                    noon,
                    (s, n) -> s.setObject(n, value)))
            .as("%s", value)
            .isEqualTo(day);
        assertThat(times("CAST(time AS DATE) = ?", noon, (s, n) -> s.setObject(n, value)))
            .as("%s", value)
            .isEqualTo(day);
      }
      assertThat(times("CAST(time AS DATE) = ?", noon, (s, n) -> s.setString(n, "2000-02-29")))
          .isEqualTo(day);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void boundsBeyondAllTimesHoldForAllOrNone() throws SQLException {
    List<Long> all = expected(t -> true);
    for (Object late :
        List.of(
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            LocalDateTime.of(9999, 12, 31, 0, 0),
            LocalDate.of(9999, 12, 31),
            "9999-12-31",
            Long.MAX_VALUE)) {
      assertThat(times("time <= ?", 0, (s, n) -> s.setObject(n, late)))
          .as("%s", late)
          .isEqualTo(all);
      assertThat(times("time > ?", 0, (s, n) -> s.setObject(n, late))).as("%s", late).isEmpty();
    }
    for (Object early : List.of(Instant.parse("0001-01-01T00:00:00Z"), "0001-01-01")) {
      assertThat(times("time > ?", 0, (s, n) -> s.setObject(n, early)))
          .as("%s", early)
          .isEqualTo(all);
    }
    assertThat(times("time > ?", 0, (s, n) -> s.setNull(n, Types.TIMESTAMP))).isEmpty();
  }

  @Test
  void boundsOnDatesMayLieBeyondAllTimes() throws SQLException {
    List<Long> all = expected(t -> true);
    for (String late : List.of("9999-12-31", "9999-12-31 23:59:59")) {
      assertThat(times("CAST(time AS DATE) <= ?", 0, (s, n) -> s.setString(n, late)))
          .as(late)
          .isEqualTo(all);
    }
    assertThat(times("CAST(time AS DATE) < ?", 0, (s, n) -> s.setString(n, "0001-01-01")))
        .isEmpty();
    try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS VARCHAR)")) {
      statement.setString(1, "9999-12-31");
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getDate(1)).isEqualTo(Date.valueOf("9999-12-31"));
        assertThat(row.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(9999, 12, 31));
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> row.getTimestamp(1));
      }
    }
  }

  @Test
  void timesGivenForTextAreTheTextOfTheColumn() throws SQLException {
    for (long time : TIMES) {
      Instant instant = IsoTime.instantOf(time);
      for (Setter setter :
          List.<Setter>of(
              (s, n) -> s.setTimestamp(n, Timestamp.from(instant)),
              (s, n) -> s.setObject(n, instant),
              (s, n) -> s.setObject(n, instant, Types.VARCHAR))) {
        assertThat(times("CAST(time AS VARCHAR) = ?", time, setter)).containsExactly(time);
      }
      assertThat(times("time = ?", time, (s, n) -> s.setObject(n, instant, Types.VARCHAR)))
          .containsExactly(time);
    }
    Instant late = Instant.parse("9999-12-31T23:59:59.000000001Z");
    List<Long> all = expected(t -> true);
    assertThat(times("CAST(time AS VARCHAR) <= ?", 0, (s, n) -> s.setObject(n, late)))
        .isEqualTo(all);
    assertThat(times("time <= ?", 0, (s, n) -> s.setObject(n, late, Types.VARCHAR))).isEqualTo(all);
    try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS VARCHAR)")) {
      statement.setObject(1, late);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("9999-12-31 23:59:59.000000001");
      }
    }
  }

  private void refused(String state, @Nullable Object value) {
    assertThatExceptionOfType(SQLException.class)
        .as("%s", value)
        .isThrownBy(() -> times("time > ?", 0, (s, n) -> s.setObject(n, value)))
        .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state));
  }

  @Test
  void whatIsNoExactTimeIsRefused() {
    refused("07006", 1.5e18);
    refused("07006", true);
    refused("22003", new BigDecimal("1500000000000000000.5"));
    refused("22003", BigInteger.ONE.shiftLeft(64));
    refused("22018", "yesterday");
    refused("22018", "2018-02-30");
    refused("22018", "2018-01-01 00:00:00.1234567891");
    refused("0A000", java.sql.Time.valueOf("10:00:00"));
  }

  @Test
  void insertedTimesComeBackInEveryForm() throws SQLException {
    data.stream("t", "w");
    int count = 0;
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO \"t\".w (time, value) VALUES (?, ?)")) {
      for (long time : TIMES) {
        for (Setter setter : setters(time).values()) {
          setter.set(insert, 1);
          insert.setInt(2, count++);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT time, COUNT(*) FROM \"t\".w GROUP BY time ORDER BY time");
        ResultSet result = select.executeQuery()) {
      for (long time : TIMES.stream().sorted().toList()) {
        assertThat(result.next()).isTrue();
        Instant instant = IsoTime.instantOf(time);
        assertThat(result.getLong(1)).isEqualTo(time);
        assertThat(result.getInt(2)).isEqualTo(count / TIMES.size());
        assertThat(result.getTimestamp(1).toInstant()).isEqualTo(instant);
        assertThat(result.getObject(1, Instant.class)).isEqualTo(instant);
        assertThat(result.getObject(1, LocalDateTime.class))
            .isEqualTo(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        assertThat(result.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(instant);
        assertThat(result.getString(1)).isEqualTo(IsoTime.format(time));
      }
      assertThat(result.next()).isFalse();
    }
  }
}
