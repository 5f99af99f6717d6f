package org.btrdb.sql.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;

/** Widths written as text: {@code 100us}, {@code 5ms}, {@code -1.5h}, {@code PT0.1S}. */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*([a-z]+)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          NanoFunctions.NANOS_PER_SECOND,
          "m",
          60 * NanoFunctions.NANOS_PER_SECOND,
          "h",
          3_600 * NanoFunctions.NANOS_PER_SECOND,
          "d",
          IsoTime.NANOS_PER_DAY,
          "w",
          7 * IsoTime.NANOS_PER_DAY);

  private Durations() {}

  /** The nanoseconds of a text; refused if it is no width or no whole number of nanoseconds. */
  static long parseNanos(String text) {
    Matcher matcher = SHORT.matcher(text.strip());
    try {
      if (!matcher.matches()) {
        return Duration.parse(text.strip()).toNanos();
      }
      Long unit = NANOS.get(matcher.group(2));
      if (unit != null) {
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw refusal(text, e);
    }
    throw refusal(text, null);
  }

  private static SqlRefusal refusal(
      String text, @org.jspecify.annotations.Nullable Exception cause) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "not a width: '" + text + "' (write 100us, 5ms, 10s, 15m, 1h, 1d, 1w or PT0.1S)",
        cause);
  }
}
