package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * A length of buckets as ISO 8601 writes it: of years and months, of weeks and days, or of hours,
 * minutes and seconds.
 *
 * @param unit what it is a number of
 * @param amount months, or nanoseconds of a day of 24 hours or of a clock; more than 0
 */
record IsoPeriod(Unit unit, long amount) {

  /** The bounds of longer ones on both sides of a time need not lie inside 64 bits. */
  static final long MOST_MONTHS = 200 * 12;

  /** What a period is made of. */
  enum Unit {
    /** Months of the calendar. */
    MONTHS,
    /** Days that begin on a Monday unless an origin says otherwise. */
    WEEKS,
    /** Days of the calendar. */
    DAYS,
    /** What a clock shows. */
    CLOCK
  }

  private static final Pattern FORM =
      Pattern.compile(
          "P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)W)?(?:(\\d+)D)?"
              + "(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:[.,]\\d{1,9})?)S)?)?");

  private static final BigDecimal NANOS_PER_DAY = BigDecimal.valueOf(IsoTime.NANOS_PER_DAY);
  private static final BigDecimal MOST_NANOS =
      NANOS_PER_DAY.multiply(BigDecimal.valueOf(200 * 366));

  /**
   * Reads a period.
   *
   * @throws SqlRefusal if the text is none, is 0, or has parts that no one calendar can count
   */
  static IsoPeriod parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw refusal(text, null);
    }
    BigDecimal months = part(matcher, 1, 12).add(part(matcher, 2, 1));
    BigDecimal weeks = part(matcher, 3, 7).multiply(NANOS_PER_DAY);
    BigDecimal days = part(matcher, 4, 1).multiply(NANOS_PER_DAY);
    BigDecimal clock =
        part(matcher, 5, 3_600)
            .add(part(matcher, 6, 60))
            .add(part(matcher, 7, 1))
            .multiply(BigDecimal.valueOf(NanoFunctions.NANOS_PER_SECOND));
    int kinds = months.signum() + weeks.add(days).signum() + clock.signum();
    if (kinds != 1) {
      throw refusal(text, null);
    }
    try {
      boolean isLong =
          months.compareTo(BigDecimal.valueOf(MOST_MONTHS)) > 0
              || weeks.add(days).add(clock).compareTo(MOST_NANOS) > 0;
      if (isLong) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID_VALUE,
            "a period is at most 200 years, not '" + text + "'",
            null);
      }
      if (months.signum() > 0) {
        return new IsoPeriod(Unit.MONTHS, months.longValueExact());
      }
      return clock.signum() > 0
          ? new IsoPeriod(Unit.CLOCK, clock.longValueExact())
          : new IsoPeriod(
              days.signum() == 0 ? Unit.WEEKS : Unit.DAYS, weeks.add(days).longValueExact());
    } catch (ArithmeticException e) {
      throw refusal(text, e);
    }
  }

  private static BigDecimal part(Matcher matcher, int group, long factor) {
    String digits = matcher.group(group);
    return digits == null
        ? BigDecimal.ZERO
        : new BigDecimal(digits.replace(',', '.')).multiply(BigDecimal.valueOf(factor));
  }

  private static SqlRefusal refusal(String text, @Nullable Exception cause) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "not a period of buckets: '"
            + text
            + "' (write PT15M, PT1H, P1D, P1W, P1M, P3M or P1Y; years and months, weeks and days,"
            + " or hours, minutes and seconds)",
        cause);
  }
}
