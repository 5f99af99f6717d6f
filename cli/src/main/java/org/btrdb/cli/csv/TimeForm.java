package org.btrdb.cli.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * The forms in which a file writes its times, all exact to the nanosecond.
 *
 * <p>Integers are told apart by magnitude: from 10^8 on they are seconds, from 10^11 milliseconds,
 * from 10^14 microseconds, from 10^17 nanoseconds, so that any time from March 1973 on is
 * recognised in each unit. Earlier ones, and dates written without dashes, need {@code
 * --time-unit}.
 */
public enum TimeForm {
  /** {@code 2016-07-01[( |T)00:00[:00[.123456789]][Z|+01[:00]]]}, UTC without a zone. */
  ISO("ISO text", 0),
  /** Integer seconds since 1970. */
  SECONDS("seconds", 1_000_000_000),
  /** Integer milliseconds since 1970. */
  MILLIS("milliseconds", 1_000_000),
  /** Integer microseconds since 1970. */
  MICROS("microseconds", 1_000),
  /** Integer nanoseconds since 1970. */
  NANOS("nanoseconds", 1);

  private static final long SECONDS_FROM = 100_000_000L;
  private static final long MILLIS_FROM = 100_000_000_000L;
  private static final long MICROS_FROM = 100_000_000_000_000L;
  private static final long NANOS_FROM = 100_000_000_000_000_000L;

  // What BTrDB stores: -(2^60) up to 3 * 2^60 - 2 nanoseconds.
  private static final long FIRST_STORABLE_NANOS = -(1L << 60);
  private static final long LAST_STORABLE_NANOS = 3 * (1L << 60) - 2;

  private static final DateTimeFormatter ISO_TEXT =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NORMAL)
          .appendPattern("-MM-dd")
          .optionalStart()
          .appendPattern("['T']['t'][' ']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int DAY_DIGITS = 8;
  private static final int SECOND_DIGITS = 14;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2100;
  private static final String MIDNIGHT = "000000";
  private static final DateTimeFormatter DATE_OF_DIGITS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final String words;
  private final long unitNanos;

  TimeForm(String words, long unitNanos) {
    this.words = words;
    this.unitNanos = unitNanos;
  }

  /** The form a text is written in, judged by the text alone; text that is no integer is ISO. */
  public static TimeForm of(String text) {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      return ISO;
    }
    long magnitude = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
    if (magnitude < MILLIS_FROM) {
      return SECONDS;
    }
    if (magnitude < MICROS_FROM) {
      return MILLIS;
    }
    return magnitude < NANOS_FROM ? MICROS : NANOS;
  }

  /** Whether a text is an integer that may count anything: no time from March 1973 on. */
  static boolean isTooSmall(String text) {
    try {
      long value = Long.parseLong(text);
      return value > -SECONDS_FROM && value < SECONDS_FROM;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether digits such as 20160701 and 201607011230 read as a date, with a time or without. */
  static boolean readsAsDate(String text) {
    int digits = text.length();
    if (digits < DAY_DIGITS || digits > SECOND_DIGITS || digits % 2 == 1) {
      return false;
    }
    try {
      String whole = (text + MIDNIGHT).substring(0, SECOND_DIGITS);
      int year = LocalDateTime.parse(whole, DATE_OF_DIGITS).getYear();
      return year >= FIRST_YEAR && year <= LAST_YEAR;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The name of the form in messages. */
  public String words() {
    return words;
  }

  /**
   * The nanoseconds since 1970 that a text of this form stands for.
   *
   * @throws RefusedCell if it is not of this form or outside what BTrDB stores
   */
  public long nanosOf(String column, String text) throws RefusedCell {
    long nanos;
    try {
      nanos = this == ISO ? isoNanos(text) : Math.multiplyExact(Long.parseLong(text), unitNanos);
    } catch (NumberFormatException | DateTimeException e) {
      throw RefusedCell.of(column, text, "not a time (" + words + ")");
    } catch (ArithmeticException e) {
      throw outsideDomain(column, text);
    }
    if (nanos < FIRST_STORABLE_NANOS || nanos > LAST_STORABLE_NANOS) {
      throw outsideDomain(column, text);
    }
    return nanos;
  }

  private static RefusedCell outsideDomain(String column, String text) {
    return RefusedCell.of(
        column, text, "outside the times BTrDB stores (1933-06-20 to 2079-08-08)");
  }

  private static long isoNanos(String text) {
    TemporalAccessor parsed = ISO_TEXT.parse(text);
    LocalDateTime local =
        parsed.isSupported(ChronoField.HOUR_OF_DAY)
            ? LocalDateTime.from(parsed)
            : LocalDate.from(parsed).atStartOfDay();
    ZoneOffset offset =
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
            : ZoneOffset.UTC;
    Instant instant = local.toInstant(offset);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
