package org.btrdb.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * java.sql.Date and java.sql.Time, which hold an instant but mean its fields in a zone: the
 * calendar's if one is given, else, as java.sql lays down, the JVM's. Nothing else of the driver
 * knows the JVM's zone; a Timestamp is an instant.
 *
 * <p>The fields of a Date are those of java.util's calendar: its zones are not java.time's before
 * 1900, and before 1582-10-15 it is Julian.
 */
final class LegacyTime {

  private LegacyTime() {}

  /** The Date that shows a date in the zone. */
  static Date date(LocalDate date, @Nullable Calendar calendar) {
    if (calendar == null) {
      return Date.valueOf(date);
    }
    GregorianCalendar fields = fields(calendar.getTimeZone());
    fields.set(date.getYear(), date.getMonthValue() - 1, date.getDayOfMonth());
    return new Date(fields.getTimeInMillis());
  }

  /** The Time that shows a time of day in the zone; below the millisecond it is cut. */
  static Time time(LocalTime time, @Nullable Calendar calendar) {
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  /** The date that a Date shows in the zone; refuses a leap day that only the Julian year had. */
  static LocalDate localDate(Date date, @Nullable Calendar calendar) throws SQLException {
    try {
      GregorianCalendar fields = fields(timeZone(calendar)); // toLocalDate knows no years BC
      fields.setTimeInMillis(date.getTime());
      int year = fields.get(Calendar.YEAR);
      return LocalDate.of(
          fields.get(Calendar.ERA) == GregorianCalendar.AD ? year : 1 - year,
          fields.get(Calendar.MONTH) + 1,
          fields.get(Calendar.DAY_OF_MONTH));
    } catch (DateTimeException e) {
      throw SqlErrors.invalidText(date.toString(), "DATE", e);
    }
  }

  /** No field set. */
  private static GregorianCalendar fields(TimeZone zone) {
    GregorianCalendar fields = new GregorianCalendar(zone, Locale.ROOT);
    fields.clear();
    return fields;
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return timeZone(calendar).toZoneId();
  }

  private static TimeZone timeZone(@Nullable Calendar calendar) {
    return calendar == null ? TimeZone.getDefault() : calendar.getTimeZone();
  }
}
