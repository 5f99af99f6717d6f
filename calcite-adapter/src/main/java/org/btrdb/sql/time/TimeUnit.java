package org.btrdb.sql.time;

import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;

/**
 * A unit of time that can be added, counted and cut to: a fixed number of nanoseconds, as BTrDB's
 * time has no leap seconds, or a number of calendar months.
 */
enum TimeUnit {
  NANOSECOND(1, "NANOSECONDS NSEC NSECS NS SQL_TSI_FRAC_SECOND"),
  MICROSECOND(1_000, "MICROSECONDS USECOND USECONDS USEC USECS US SQL_TSI_MICROSECOND FRAC_SECOND"),
  MILLISECOND(1_000_000, "MILLISECONDS MSECOND MSECONDS MSEC MSECS MS"),
  SECOND(NanoFunctions.NANOS_PER_SECOND, "SECONDS SEC SECS S SQL_TSI_SECOND"),
  MINUTE(60 * NanoFunctions.NANOS_PER_SECOND, "MINUTES MIN MINS M SQL_TSI_MINUTE"),
  HOUR(3_600 * NanoFunctions.NANOS_PER_SECOND, "HOURS HR HRS H SQL_TSI_HOUR"),
  DAY(IsoTime.NANOS_PER_DAY, "DAYS D SQL_TSI_DAY"),
  /** From Sunday, as Calcite has it. */
  WEEK(DayOfWeek.SUNDAY, "WEEKS W SQL_TSI_WEEK WEEK_SUNDAY"),
  /** From Monday, as ISO 8601 has it. */
  ISOWEEK(DayOfWeek.MONDAY, "WEEK_MONDAY"),
  WEEK_TUESDAY(DayOfWeek.TUESDAY, ""),
  WEEK_WEDNESDAY(DayOfWeek.WEDNESDAY, ""),
  WEEK_THURSDAY(DayOfWeek.THURSDAY, ""),
  WEEK_FRIDAY(DayOfWeek.FRIDAY, ""),
  WEEK_SATURDAY(DayOfWeek.SATURDAY, ""),
  MONTH(1, 0, "MONTHS MON MONS SQL_TSI_MONTH"),
  QUARTER(3, 0, "QUARTERS QTR SQL_TSI_QUARTER"),
  YEAR(12, 0, "YEARS YR YRS Y SQL_TSI_YEAR"),
  DECADE(120, 0, "DECADES DEC DECS"),
  /** The first year of a century ends in 01. */
  CENTURY(1_200, 12, "CENTURIES CENT C"),
  /** The first year of a millennium ends in 001. */
  MILLENNIUM(12_000, 12, "MILLENNIA MIL MILS");

  private static final Map<String, TimeUnit> BY_NAME = new HashMap<>();

  static {
    for (TimeUnit unit : values()) {
      BY_NAME.put(unit.name(), unit);
      for (String name : unit.otherNames.split(" ", -1)) {
        BY_NAME.putIfAbsent(name, unit);
      }
    }
    BY_NAME.remove("");
  }

  private final long nanos;
  private final long originNanos;
  private final int months;
  private final int firstMonth;
  private final String otherNames;

  TimeUnit(long nanos, String otherNames) {
    this(nanos, 0, 0, 0, otherNames);
  }

  /** A week; 1970-01-01 was a Thursday. */
  TimeUnit(DayOfWeek first, String otherNames) {
    this(
        7 * IsoTime.NANOS_PER_DAY,
        (first.getValue() + 3) % 7 * IsoTime.NANOS_PER_DAY,
        0,
        0,
        otherNames);
  }

  TimeUnit(int months, int firstMonth, String otherNames) {
    this(0, 0, months, firstMonth, otherNames);
  }

  TimeUnit(long nanos, long originNanos, int months, int firstMonth, String otherNames) {
    this.nanos = nanos;
    this.originNanos = originNanos;
    this.months = months;
    this.firstMonth = firstMonth;
    this.otherNames = otherNames;
  }

  /** Its length in calendar months; 0 if it has a fixed length. */
  int months() {
    return months;
  }

  /** Which month, counted from January of the year 0, the first one begins with. */
  int firstMonth() {
    return firstMonth;
  }

  /** Its fixed length in nanoseconds; 0 if it is a number of months. */
  long nanos() {
    return nanos;
  }

  /** When one of fixed length begins. */
  long originNanos() {
    return originNanos;
  }

  /** The unit that a word stands for: any case, singular and plural, as PostgreSQL and JDBC do. */
  static TimeUnit named(String word) {
    TimeUnit unit = BY_NAME.get(word.strip().toUpperCase(Locale.ROOT));
    if (unit == null) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "no unit of time here: '"
              + word
              + "'; write nanosecond, microsecond, millisecond, second,"
              + " minute, hour, day, week, month, quarter, year, decade, century or millennium",
          null);
    }
    return unit;
  }
}
