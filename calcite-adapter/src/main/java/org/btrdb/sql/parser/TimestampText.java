package org.btrdb.sql.parser;

import static org.apache.calcite.util.Static.RESOURCE;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.btrdb.client.time.IsoTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a timestamp literal: date, then optionally a time after a space or {@code T},
 * up to nine digits of a second, and an offset. Calcite itself takes neither {@code T} nor offset.
 */
public final class TimestampText {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("uuuu-M-d")
          .optionalStart()
          .appendPattern("['T'][ ]H:m[:s")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("][ ]")
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TimestampText() {}

  /** The literal in UTC; its precision is the number of digits written. */
  public static SqlLiteral literal(String text, SqlParserPos pos) {
    LocalDateTime utc = parse(text.strip());
    if (utc == null) {
      throw SqlUtil.newContextException(
          pos,
          RESOURCE.illegalLiteral(
              "TIMESTAMP", text, "not a date and time with at most nine digits"));
    }
    int digits = fractionDigits(text);
    TimestampString value =
        new TimestampString(
                utc.getYear(),
                utc.getMonthValue(),
                utc.getDayOfMonth(),
                utc.getHour(),
                utc.getMinute(),
                utc.getSecond())
            .withNanos(utc.getNano());
    return SqlLiteral.createTimestamp(SqlTypeName.TIMESTAMP, value, digits, pos);
  }

  /**
   * The nanoseconds since the Unix epoch of what {@link #literal} reads; null if it reads nothing
   * of a text, or a time outside 64 bits.
   */
  public static @Nullable Long nanos(String text) {
    LocalDateTime utc = parse(text.strip());
    try {
      return utc == null ? null : Long.valueOf(IsoTime.nanosOf(utc.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable LocalDateTime parse(String text) {
    try {
      TemporalAccessor parsed = FORM.parse(text);
      LocalDateTime local =
          parsed.query(TemporalQueries.localTime()) == null
              ? parsed.query(TemporalQueries.localDate()).atStartOfDay()
              : LocalDateTime.from(parsed);
      ZoneOffset offset = parsed.query(TemporalQueries.offset());
      LocalDateTime utc = offset == null ? local : local.minusSeconds(offset.getTotalSeconds());
      return utc.getYear() < 0 || utc.getYear() > 9999 ? null : utc;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int fractionDigits(String text) {
    int point = text.indexOf('.');
    int end = point + 1;
    while (point >= 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return point < 0 ? 0 : end - point - 1;
  }
}
