package org.btrdb.sql;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalUnit;
import java.util.Locale;

/**
 * What SQL's functions on time answer, by java.time and BigInteger alone; an ArithmeticException
 * for what 64-bit nanoseconds cannot hold.
 */
final class TimeModel {
  private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);

  private TimeModel() {}

  static LocalDateTime dateTime(long nanos) {
    BigInteger[] parts = BigInteger.valueOf(nanos).divideAndRemainder(BILLION);
    boolean before = parts[1].signum() < 0;
    return LocalDateTime.ofEpochSecond(
        parts[0].longValueExact() - (before ? 1 : 0),
        parts[1].intValueExact() + (before ? 1_000_000_000 : 0),
        ZoneOffset.UTC);
  }

  static long nanos(LocalDateTime time) {
    return BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
        .multiply(BILLION)
        .add(BigInteger.valueOf(time.get(ChronoField.NANO_OF_SECOND)))
        .longValueExact();
  }

  static String text(long nanos) {
    return TEXT.format(dateTime(nanos));
  }

  private static TemporalUnit unit(String name) {
    return switch (name) {
      case "QUARTER" -> IsoFields.QUARTER_YEARS;
      case "ISOWEEK" -> ChronoUnit.WEEKS;
      case "NANOSECOND" -> ChronoUnit.NANOS;
      case "MICROSECOND" -> ChronoUnit.MICROS;
      case "MILLISECOND" -> ChronoUnit.MILLIS;
      case "DECADE" -> ChronoUnit.DECADES;
      case "CENTURY" -> ChronoUnit.CENTURIES;
      case "MILLENNIUM" -> ChronoUnit.MILLENNIA;
      default -> ChronoUnit.valueOf(name + "S");
    };
  }

  private static LocalDateTime floor(LocalDateTime time, String unit) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime year = day.withDayOfYear(1);
    return switch (unit) {
      case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
      case "ISOWEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "MONTH" -> day.withDayOfMonth(1);
      case "QUARTER" -> year.plusMonths(3L * (time.get(IsoFields.QUARTER_OF_YEAR) - 1));
      case "YEAR" -> year;
      case "DECADE" -> year.withYear(time.getYear() / 10 * 10);
      case "CENTURY" -> year.withYear((time.getYear() - 1) / 100 * 100 + 1);
      case "MILLENNIUM" -> year.withYear((time.getYear() - 1) / 1000 * 1000 + 1);
      default -> time.truncatedTo(unit(unit));
    };
  }

  static long floor(long nanos, String unit) {
    return nanos(floor(dateTime(nanos), unit));
  }

  static long ceil(long nanos, String unit) {
    LocalDateTime time = dateTime(nanos);
    LocalDateTime floor = floor(time, unit);
    return nanos(floor.equals(time) ? time : floor.plus(1, unit(unit)));
  }

  /** The start of a bucket. */
  static long bin(long nanos, long width, long origin) {
    BigInteger since = BigInteger.valueOf(nanos).subtract(BigInteger.valueOf(origin));
    return BigInteger.valueOf(nanos)
        .subtract(since.mod(BigInteger.valueOf(width)))
        .longValueExact();
  }

  static long field(long nanos, String field) {
    LocalDateTime time = dateTime(nanos);
    long second = time.getSecond();
    long year = time.getYear();
    return switch (field) {
      case "YEAR" -> year;
      case "ISOYEAR" -> time.get(IsoFields.WEEK_BASED_YEAR);
      case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
      case "MONTH" -> time.getMonthValue();
      case "WEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "DAY" -> time.getDayOfMonth();
      case "DOY" -> time.getDayOfYear();
      case "DOW" ->
          time.getDayOfWeek() == DayOfWeek.SUNDAY ? 1 : time.getDayOfWeek().getValue() + 1;
      case "ISODOW" -> time.getDayOfWeek().getValue();
      case "HOUR" -> time.getHour();
      case "MINUTE" -> time.getMinute();
      case "SECOND" -> second;
      case "MILLISECOND" -> second * 1_000 + time.get(ChronoField.MILLI_OF_SECOND);
      case "MICROSECOND" -> second * 1_000_000 + time.get(ChronoField.MICRO_OF_SECOND);
      case "NANOSECOND" -> second * 1_000_000_000 + time.get(ChronoField.NANO_OF_SECOND);
      case "EPOCH" -> time.toEpochSecond(ZoneOffset.UTC);
      case "DECADE" -> year / 10;
      case "CENTURY" -> (year + 99) / 100;
      case "MILLENNIUM" -> (year + 999) / 1000;
      default -> throw new IllegalArgumentException(field);
    };
  }

  static long add(long nanos, long count, String unit) {
    // IsoFields adds years before it adds months, so that 29 February would become the 28th.
    return nanos(
        unit.equals("QUARTER")
            ? dateTime(nanos).plusMonths(Math.multiplyExact(3L, count))
            : dateTime(nanos).plus(count, unit(unit)));
  }

  static long difference(long from, long to, String unit) {
    return dateTime(from).until(dateTime(to), unit(unit));
  }
}
