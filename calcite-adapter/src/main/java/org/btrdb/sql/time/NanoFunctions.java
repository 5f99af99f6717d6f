package org.btrdb.sql.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;

/**
 * What the {@link NanoOperators} compute, on nanoseconds since the Unix epoch, UTC. Nothing wraps:
 * a result outside 64 bits is an error.
 *
 * <p>Public for generated code.
 */
@org.apache.calcite.linq4j.function.Strict
public final class NanoFunctions {
  static final long NANOS_PER_SECOND = 1_000_000_000L;

  private NanoFunctions() {}

  /** The sum of a time and a duration. */
  public static long plus(long nanos, long duration) {
    try {
      return Math.addExact(nanos, duration);
    } catch (ArithmeticException e) {
      throw overflow(e);
    }
  }

  /** The difference of a time and a time or duration. */
  public static long minus(long nanos, long other) {
    try {
      return Math.subtractExact(nanos, other);
    } catch (ArithmeticException e) {
      throw overflow(e);
    }
  }

  /** A duration so many times. */
  public static long times(long duration, long factor) {
    try {
      return Math.multiplyExact(duration, factor);
    } catch (ArithmeticException e) {
      throw overflow(e);
    }
  }

  /**
   * The largest {@code origin + k * width} that is not after a time: floor and not truncation, also
   * before the origin and before 1970.
   */
  public static long floor(long nanos, long width, long origin) {
    if (width <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "a bucket must be wider than 0, not " + width, null);
    }
    // The difference may not fit a long, the remainder always does.
    long phase = Math.floorMod(Math.floorMod(nanos, width) - Math.floorMod(origin, width), width);
    return minus(nanos, phase);
  }

  /** The smallest {@code origin + k * width} that is not before a time. */
  public static long ceil(long nanos, long width, long origin) {
    long floor = floor(nanos, width, origin);
    return floor == nanos ? nanos : plus(floor, width);
  }

  /** The start of the calendar period of so many months (12 a year) that holds a time. */
  public static long calendarFloor(long nanos, long months) {
    LocalDate day = dayOf(nanos);
    return startOfDay(monthStart(Math.floorDiv(monthNumber(day), months) * months));
  }

  /** The first start of a calendar period of so many months that is not before a time. */
  public static long calendarCeil(long nanos, long months) {
    long floor = calendarFloor(nanos, months);
    return floor == nanos ? nanos : calendarNext(floor, months);
  }

  /** The start of the calendar period after the one that holds a time. */
  public static long calendarNext(long nanos, long months) {
    LocalDate day = dayOf(nanos);
    return startOfDay(monthStart((Math.floorDiv(monthNumber(day), months) + 1) * months));
  }

  /** The start of the bucket of a period in a zone that holds a time. */
  public static long timeFloor(long nanos, String period, String zone) {
    return CalendarBuckets.of(period, zone).floor(nanos);
  }

  /** The start of the bucket that holds a time, one of which begins at another time. */
  public static long timeFloorFrom(long nanos, String period, String zone, long origin) {
    return CalendarBuckets.of(period, zone).from(origin).floor(nanos);
  }

  /** A time so many months later; the day is cut to the month's last if it has no such day. */
  public static long addMonths(long nanos, long months) {
    try {
      LocalDate day = dayOf(nanos).plusMonths(months);
      return plus(startOfDay(day), Math.floorMod(nanos, IsoTime.NANOS_PER_DAY));
    } catch (DateTimeException | ArithmeticException e) {
      throw overflow(e);
    }
  }

  /** The name by which {@link #extract} knows a field; refused if there is no such field. */
  static String checkedField(String name) {
    String field = name.equalsIgnoreCase("ISOWEEK") ? TimeUnitRange.WEEK.name() : name;
    try {
      extract(0, field);
      return field;
    } catch (IllegalArgumentException e) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID, "no field of a time: '" + name + "'", e);
    }
  }

  /** A field of a time, as SQL's EXTRACT names it. */
  public static long extract(long nanos, String unit) {
    LocalDate day = dayOf(nanos);
    long ofDay = Math.floorMod(nanos, IsoTime.NANOS_PER_DAY);
    long ofMinute = ofDay % (60 * NANOS_PER_SECOND);
    return switch (TimeUnitRange.valueOf(unit)) {
      case YEAR -> day.getYear();
      case ISOYEAR -> day.get(java.time.temporal.IsoFields.WEEK_BASED_YEAR);
      case QUARTER -> (day.getMonthValue() + 2) / 3;
      case MONTH -> day.getMonthValue();
      case WEEK -> day.get(java.time.temporal.IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> day.getDayOfMonth();
      case DOY -> day.getDayOfYear();
      case DOW -> day.getDayOfWeek().getValue() % 7 + 1;
      case ISODOW -> day.getDayOfWeek().getValue();
      case HOUR -> ofDay / (3600 * NANOS_PER_SECOND);
      case MINUTE -> ofDay / (60 * NANOS_PER_SECOND) % 60;
      case SECOND -> ofMinute / NANOS_PER_SECOND;
      case MILLISECOND -> ofMinute / 1_000_000;
      case MICROSECOND -> ofMinute / 1_000;
      case NANOSECOND -> ofMinute;
      case EPOCH -> Math.floorDiv(nanos, NANOS_PER_SECOND);
      case DECADE -> Math.floorDiv(day.getYear(), 10);
      case CENTURY -> Math.floorDiv(day.getYear() + 99, 100);
      case MILLENNIUM -> Math.floorDiv(day.getYear() + 999, 1000);
      default ->
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED, "EXTRACT(" + unit + " FROM timestamp)", null);
    };
  }

  /** The first time of a year, or the nearest that fits 64 bits. */
  public static long startOfYear(long year) {
    if (year > dayOf(Long.MAX_VALUE).getYear()) {
      return Long.MAX_VALUE;
    }
    return year <= dayOf(Long.MIN_VALUE).getYear()
        ? Long.MIN_VALUE
        : startOfDay(LocalDate.of((int) year, 1, 1));
  }

  /** The day of a time, in days since the Unix epoch. */
  public static int toDate(long nanos) {
    return (int) Math.floorDiv(nanos, IsoTime.NANOS_PER_DAY);
  }

  /** Midnight, UTC, of a day given in days since the Unix epoch. */
  public static long ofDate(int days) {
    return times(days, IsoTime.NANOS_PER_DAY);
  }

  /**
   * A time as text, UTC, with nine digits.
   *
   * @param length the most characters it may have, -1 for any
   */
  public static String toText(long nanos, int length) {
    String text = IsoTime.format(nanos);
    if (length >= 0 && text.length() > length) {
      throw SqlRefusal.tooLong(text, length);
    }
    return text;
  }

  /** The time that a text stands for; UTC if it names no zone. */
  public static long ofText(String text) {
    Instant instant = instantOfText(text);
    try {
      return IsoTime.nanosOf(instant);
    } catch (DateTimeException e) {
      throw overflow(e);
    }
  }

  /** The instant that a text stands for, whether it fits 64 bits or not; UTC if it has no zone. */
  static Instant instantOfText(String text) {
    try {
      return IsoTime.parseInstant(text);
    } catch (DateTimeException e) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID_VALUE, "not a timestamp: '" + text + "'", e);
    }
  }

  /** The nanoseconds of an instant, or the nearest number that fits 64 bits. */
  public static long saturated(Instant instant) {
    try {
      return IsoTime.nanosOf(instant);
    } catch (DateTimeException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** The day, since the Unix epoch, of a date or of a timestamp in UTC. */
  public static int dateOfText(String text) {
    String date = text.strip();
    try {
      return date.indexOf(':') < 0
          ? Math.toIntExact(LocalDate.parse(date).toEpochDay())
          : toDate(IsoTime.parseNanos(date));
    } catch (DateTimeException e) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID_VALUE, "not a date: '" + text + "'", e);
    }
  }

  /** Whole calendar months from one time to another; negative if the other is earlier. */
  public static long monthsBetween(long from, long to) {
    LocalDateTime start = LocalDateTime.ofInstant(IsoTime.instantOf(from), ZoneOffset.UTC);
    LocalDateTime end = LocalDateTime.ofInstant(IsoTime.instantOf(to), ZoneOffset.UTC);
    return java.time.temporal.ChronoUnit.MONTHS.between(start, end);
  }

  /** {@code 2^k} nanoseconds, the width of a tree's window of that pointwidth. */
  public static long powerOfTwo(long pointwidth) {
    if (pointwidth < 0 || pointwidth > 62) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "a pointwidth is from 0 to 62, not " + pointwidth, null);
    }
    return 1L << pointwidth;
  }

  /** The nanoseconds of a width written as text, such as {@code 5ms}. */
  public static long width(String text) {
    return Durations.parseNanos(text);
  }

  /** The first nanosecond inside an interval written as text, such as {@code 2018-01}. */
  public static long firstOf(String interval) {
    return IsoInterval.parse(interval).first();
  }

  /** The last nanosecond inside an interval written as text; before the first if it is empty. */
  public static long lastOf(String interval) {
    return IsoInterval.parse(interval).last();
  }

  private static LocalDate dayOf(long nanos) {
    return LocalDate.ofEpochDay(Math.floorDiv(nanos, IsoTime.NANOS_PER_DAY));
  }

  private static long startOfDay(LocalDate day) {
    return times(day.toEpochDay(), IsoTime.NANOS_PER_DAY);
  }

  private static long monthNumber(LocalDate day) {
    return day.getYear() * 12L + day.getMonthValue() - 1;
  }

  private static LocalDate monthStart(long monthNumber) {
    try {
      return LocalDate.of(
          Math.toIntExact(Math.floorDiv(monthNumber, 12L)),
          (int) Math.floorMod(monthNumber, 12L) + 1,
          1);
    } catch (DateTimeException | ArithmeticException e) {
      throw overflow(e);
    }
  }

  private static SqlRefusal overflow(RuntimeException e) {
    return new SqlRefusal(
        SqlRefusal.Reason.OUT_OF_RANGE, "time outside 64-bit nanoseconds (1677 to 2262)", e);
  }
}
