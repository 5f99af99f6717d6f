package org.btrdb.client.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Text and java.time forms of nanosecond times, exact in both directions. */
public final class IsoTime {
  /** Nanoseconds of a day: BTrDB's time has no leap seconds. */
  public static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private static final DateTimeFormatter READER =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NORMAL)
          .appendPattern("-MM-dd")
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private IsoTime() {}

  /**
   * Reads {@code 2018-01-01}, {@code 2018-01-01 12:30[:00[.123456789]]}, the same with {@code T},
   * each with or without {@code Z} or an offset; without one the text is UTC.
   *
   * @throws DateTimeException if the text is no such time or lies outside 64-bit nanoseconds
   */
  public static long parseNanos(String text) {
    return nanosOf(parseInstant(text));
  }

  /**
   * Reads what {@link #parseNanos} reads, of any year from 0 to 9999.
   *
   * @throws DateTimeException if the text is no such time
   */
  public static Instant parseInstant(String text) {
    TemporalAccessor parsed = READER.parse(text.strip());
    LocalDate date = LocalDate.from(parsed);
    LocalDateTime local =
        parsed.isSupported(ChronoField.HOUR_OF_DAY)
            ? LocalDateTime.from(parsed)
            : date.atStartOfDay();
    ZoneOffset offset =
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
            : ZoneOffset.UTC;
    return OffsetDateTime.of(local, offset).toInstant();
  }

  /** The nanoseconds of an instant; fails outside 1677-09-21 to 2262-04-11. */
  public static long nanosOf(Instant instant) {
    try {
      long seconds = instant.getEpochSecond();
      int nano = instant.getNano();
      if (seconds < 0 && nano > 0) {
        return Math.addExact(
            Math.multiplyExact(seconds + 1, NANOS_PER_SECOND), nano - NANOS_PER_SECOND);
      }
      return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nano);
    } catch (ArithmeticException e) {
      throw new DateTimeException("time outside 64-bit nanoseconds: " + instant, e);
    }
  }

  /** The instant of a nanosecond time. */
  public static Instant instantOf(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** Writes {@code 2018-01-01 12:30:00.123456789}: UTC, always nine digits. */
  public static String format(long nanos) {
    return appendTo(new StringBuilder(29), nanos).toString();
  }

  /** Appends what {@link #format} writes, without making anything else. */
  public static StringBuilder appendTo(StringBuilder out, long nanos) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(nanos, NANOS_PER_DAY));
    long ofDay = Math.floorMod(nanos, NANOS_PER_DAY);
    int second = (int) (ofDay / NANOS_PER_SECOND);
    digits(out, date.getYear(), 4).append('-');
    digits(out, date.getMonthValue(), 2).append('-');
    digits(out, date.getDayOfMonth(), 2).append(' ');
    digits(out, second / 3600, 2).append(':');
    digits(out, second / 60 % 60, 2).append(':');
    digits(out, second % 60, 2).append('.');
    return digits(out, (int) (ofDay % NANOS_PER_SECOND), 9);
  }

  private static StringBuilder digits(StringBuilder out, int value, int width) {
    int divisor = 1;
    for (int i = 1; i < width; i++) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.append((char) ('0' + value / divisor % 10));
    }
    return out;
  }
}
