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
 * <p>Integers are told apart by magnitude: below 10^11 they are seconds, below 10^14 milliseconds,
 * below 10^17 microseconds, else nanoseconds, so that any time from March 1973 on is recognised in
 * each unit. Earlier ones need {@code --time-unit}.
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
