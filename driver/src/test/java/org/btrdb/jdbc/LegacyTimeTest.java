package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of java.sql are those of its own calendar, whose zones are not java.time's before 1900. */
class LegacyTimeTest {
  /** The last of Julius Caesar's calendar and the first of Gregory's among them. */
  private static List<LocalDate> dates() {
    Stream<String> texts =
        Stream.of(
            "0001-01-01",
            "1500-02-28",
            "1582-10-03",
            "1582-10-04",
            "1582-10-15",
            "1582-10-16",
            "1850-06-15",
            "1883-11-18",
            "1899-12-31",
            "1900-01-01",
            "1900-01-02",
            "1927-12-31",
            "1937-07-01",
            "1969-12-31",
            "1970-01-01",
            "2018-03-11",
            "9999-12-31");
    return Stream.concat(texts.map(LocalDate::parse), Stream.of(LocalDate.now(ZoneOffset.UTC)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Shanghai",
        "America/New_York",
        "Europe/Paris",
        "Europe/Amsterdam",
        "Asia/Kolkata",
        "UTC"
      })
  void aDateIsTheSameDayBothWays(String zone) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (TestData data = new TestData();
        Connection connection = data.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT CAST(? AS DATE), CAST(CAST(? AS DATE) AS VARCHAR)")) {
      for (LocalDate date : dates()) {
        String what = date + " in " + zone;
        statement.setDate(1, Date.valueOf(date));
        statement.setObject(2, Date.valueOf(date));
        assertRow(statement, date, null, what);
        for (String other : List.of("Asia/Tokyo", "Europe/Amsterdam", "UTC")) {
          Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(other), Locale.ROOT);
          calendar.clear();
          calendar.set(date.getYear(), date.getMonthValue() - 1, date.getDayOfMonth());
          statement.setDate(1, new Date(calendar.getTimeInMillis()), calendar);
          statement.setDate(2, new Date(calendar.getTimeInMillis()), calendar);
          assertRow(statement, date, calendar, what + " by " + other);
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static void assertRow(
      PreparedStatement statement, LocalDate date, @Nullable Calendar calendar, String what)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).as(what).isEqualTo(date.toString());
      assertThat(row.getString(2)).as(what).isEqualTo(date.toString());
      assertThat(row.getDate(1)).as(what).isEqualTo(Date.valueOf(date));
      assertThat((Date) row.getObject(1)).as(what).isEqualTo(Date.valueOf(date));
      assertThat(row.getObject(1, Date.class)).as(what).isEqualTo(Date.valueOf(date));
      if (calendar != null) {
        assertThat(row.getDate(1, calendar).getTime())
            .as(what)
            .isEqualTo(calendar.getTimeInMillis());
      }
    }
  }

  @Test
  void aDateBeforeChristIsTheSameDayBothWays() throws SQLException {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
    for (LocalDate date : List.of(LocalDate.of(-43, 3, 15), LocalDate.of(0, 1, 1))) {
      assertThat(LegacyTime.localDate(Date.valueOf(date), null)).isEqualTo(date);
      assertThat(LegacyTime.localDate(LegacyTime.date(date, calendar), calendar)).isEqualTo(date);
    }
  }

  @Test
  void aLeapDayThatOnlyCaesarHadIsRefused() throws SQLException {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.clear();
    calendar.set(1500, Calendar.FEBRUARY, 29);
    Date date = new Date(calendar.getTimeInMillis());
    try (TestData data = new TestData();
        Connection connection = data.connect();
        PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS DATE)")) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.setDate(1, date, calendar))
          .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("22018"));
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.setDate(1, Date.valueOf("1500-02-29")))
          .satisfies(e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("22018"));
    }
  }
}
