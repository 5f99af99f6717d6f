package org.btrdb.jdbc;

import java.sql.Date;
import java.sql.Time;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * java.sql.Date and java.sql.Time, which hold an instant but mean its fields in a zone: the
 * calendar's if one is given, else, as java.sql lays down, the JVM's. Nothing else of the driver
 * knows the JVM's zone; a Timestamp is an instant.
 */
final class LegacyTime {

  private LegacyTime() {}

  /** The Date that shows a date in the zone. */
  static Date date(LocalDate date, @Nullable Calendar calendar) {
    return new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  /** The Time that shows a time of day in the zone; below the millisecond it is cut. */
  static Time time(LocalTime time, @Nullable Calendar calendar) {
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  /** The date that a Date shows in the zone. */
  static LocalDate localDate(Date date, @Nullable Calendar calendar) {
    return java.time.Instant.ofEpochMilli(date.getTime()).atZone(zone(calendar)).toLocalDate();
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return (calendar == null ? TimeZone.getDefault() : calendar.getTimeZone()).toZoneId();
  }
}
