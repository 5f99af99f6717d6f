package org.btrdb.sql.time;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time written as text: {@code 2018}, {@code 2018-01}, {@code 2018-01-01T10:30} (as
 * long as what is not written), {@code start/P1D}, {@code P1D/end} and {@code start/end}; its end
 * lies outside. UTC unless a time has an offset.
 *
 * @param first the first nanosecond inside
 * @param last the last nanosecond inside; before the first if none is
 */
record IsoInterval(long first, long last) {
  private static final Pattern POINT =
      Pattern.compile(
          "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9}))?)?)?"
              + "(Z|[+-]\\d\\d:?\\d\\d)?)?)?)?");
  private static final int FRACTION = 7;
  private static final int OFFSET = 8;

  private static final Instant FIRST = IsoTime.instantOf(Long.MIN_VALUE);
  private static final Instant LAST = IsoTime.instantOf(Long.MAX_VALUE);

  /** A point as far as it is written: from the start of its last field to that of the next. */
  private record Point(LocalDateTime start, LocalDateTime next) {}

  /**
   * Reads an interval; times outside 64 bits are cut to what lies inside.
   *
   * @throws SqlRefusal if the text is none, or ends before it begins
   */
  static IsoInterval parse(String text) {
    String[] sides = text.strip().split("/", -1);
    try {
      if (sides.length == 1) {
        Point point = point(sides[0]);
        return between(point.start(), point.next());
      }
      if (sides.length == 2) {
        boolean known = matcher(sides[0]).matches();
        LocalDateTime start =
            known ? point(sides[0]).start() : shifted(point(sides[1]).start(), sides[0], -1);
        LocalDateTime end =
            known && !matcher(sides[1]).matches()
                ? shifted(start, sides[1], 1)
                : point(sides[1]).start();
        if (!end.isBefore(start)) {
          return between(start, end);
        }
      }
    } catch (DateTimeException | ArithmeticException | SqlRefusal e) {
      throw refusal(text, e);
    }
    throw refusal(text, null);
  }

  private static Matcher matcher(String side) {
    return POINT.matcher(side.strip().toUpperCase(Locale.ROOT));
  }

  private static Point point(String side) {
    Matcher matcher = matcher(side);
    if (!matcher.matches()) {
      throw new DateTimeException("no time: " + side);
    }
    int[] fields = {0, 1, 1, 0, 0, 0};
    int written = 0;
    while (written < fields.length && matcher.group(written + 1) != null) {
      fields[written] = Integer.parseInt(matcher.group(written + 1));
      written++;
    }
    LocalDateTime start =
        LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
            .minusSeconds(offsetSeconds(matcher.group(OFFSET)));
    String fraction = matcher.group(FRACTION);
    if (fraction != null) {
      long unit = BigInteger.TEN.pow(9 - fraction.length()).longValueExact();
      LocalDateTime exact = start.plusNanos(Long.parseLong(fraction) * unit);
      return new Point(exact, exact.plusNanos(unit));
    }
    ChronoUnit unit =
        switch (written) {
          case 1 -> ChronoUnit.YEARS;
          case 2 -> ChronoUnit.MONTHS;
          case 3 -> ChronoUnit.DAYS;
          case 4 -> ChronoUnit.HOURS;
          case 5 -> ChronoUnit.MINUTES;
          default -> ChronoUnit.SECONDS;
        };
    return new Point(start, start.plus(1, unit));
  }

  private static int offsetSeconds(@Nullable String offset) {
    return offset == null ? 0 : ZoneOffset.of(offset).getTotalSeconds();
  }

  /** A time later, or earlier, by an ISO period or by a width such as {@code 5ms}. */
  private static LocalDateTime shifted(LocalDateTime time, String length, int sign) {
    String text = length.strip().toUpperCase(Locale.ROOT);
    if (text.indexOf('-') >= 0) {
      throw new DateTimeException("negative: " + text);
    }
    if (!text.startsWith("P")) {
      return time.plusNanos(sign * Durations.parseNanos(length));
    }
    int clock = text.indexOf('T');
    String days = clock < 0 ? text : text.substring(0, clock);
    Period period = clock == 1 ? Period.ZERO : Period.parse(days);
    Duration duration = clock < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(clock));
    return time.plus(period.multipliedBy(sign)).plus(duration.multipliedBy(sign));
  }

  private static IsoInterval between(LocalDateTime start, LocalDateTime end) {
    Instant first = start.toInstant(ZoneOffset.UTC);
    Instant last = end.toInstant(ZoneOffset.UTC).minusNanos(1);
    return last.isBefore(first) || first.isAfter(LAST) || last.isBefore(FIRST)
        ? new IsoInterval(1, 0)
        : new IsoInterval(NanoFunctions.saturated(first), NanoFunctions.saturated(last));
  }

  private static SqlRefusal refusal(String text, @Nullable Exception cause) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "not an interval of time: '"
            + text
            + "' (write 2018-01, 2018-01-01/P1D or 2018-01-01/2018-02-01)",
        cause);
  }
}
