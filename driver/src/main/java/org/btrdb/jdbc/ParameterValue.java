package org.btrdb.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.Locale;
import java.util.UUID;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Turns what java.sql's setters take into what {@link org.btrdb.sql.PreparedSql} takes, and text
 * and numbers into the type of their parameter: tools bind all as text. What does not fit is
 * refused and never rounded.
 */
final class ParameterValue {

  /** As IsoTime writes times, and those too that 64-bit nanoseconds do not hold. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ParameterValue() {}

  /** A Java object as a value for a parameter of some type. */
  static @Nullable Object of(@Nullable Object given, ColumnType target) throws SQLException {
    Object value = given == null ? null : plain(given);
    if (value == null) {
      return null;
    }
    return switch (target.kind()) {
      case TINYINT -> integral(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
      case SMALLINT -> integral(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
      case INTEGER -> integral(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      case BIGINT -> integral(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
      case REAL, DOUBLE -> floating(value);
      case DECIMAL -> number(value, "DECIMAL");
      case BOOLEAN -> bool(value);
      case VARCHAR, CHAR -> text(value);
      case TIMESTAMP -> timestamp(value);
      case DATE -> date(value);
      case UUID -> uuid(value);
      case TIME, VARBINARY, MAP, ARRAY, NULL, OTHER -> value;
    };
  }

  /** One of Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, UUID. */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof Character character) {
      return character.toString();
    }
    if (value instanceof Date date) {
      return LegacyTime.localDate(date, null);
    }
    if (value instanceof Time) {
      throw SqlErrors.unsupported("TIME parameters");
    }
    Instant instant = instant(value);
    if (instant != null) {
      return instant;
    }
    if (value instanceof Boolean
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof String
        || value instanceof LocalDate
        || value instanceof UUID) {
      return value;
    }
    throw SqlErrors.unsupported("parameters of class " + value.getClass().getName());
  }

  /** The instant that a time object is; local ones are taken as UTC. Null for anything else. */
  @SuppressWarnings("JavaUtilDate") // callers of java.sql hand them over
  private static @Nullable Instant instant(Object value) {
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant();
    }
    if (value instanceof java.util.Date date) {
      return Instant.ofEpochMilli(date.getTime());
    }
    if (value instanceof Calendar calendar) {
      return calendar.toInstant();
    }
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return value instanceof ZonedDateTime time ? time.toInstant() : null;
  }

  private static Object integral(Object value, long min, long max, String type)
      throws SQLException {
    long number = value instanceof Long exact ? exact : exactLong(number(value, type), value, type);
    if (number < min || number > max) {
      throw SqlErrors.outOfRange(value, type);
    }
    return number;
  }

  private static long exactLong(BigDecimal number, Object value, String type) throws SQLException {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw SqlErrors.outOfRange(value, type);
    }
  }

  private static Object floating(Object value) throws SQLException {
    if (value instanceof Double) {
      return value;
    }
    if (value instanceof String text) {
      return ColumnReader.toDouble(text, "DOUBLE");
    }
    return ColumnReader.toDouble(number(value, "DOUBLE"));
  }

  private static BigDecimal number(Object value, String type) throws SQLException {
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw SqlErrors.outOfRange(number, type);
      }
      return BigDecimal.valueOf(number);
    }
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof Boolean bool) {
      return bool ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof String text) {
      return ColumnReader.toDecimal(text);
    }
    throw SqlErrors.noConversion(value.getClass().getSimpleName(), type);
  }

  private static Object bool(Object value) throws SQLException {
    if (value instanceof Boolean) {
      return value;
    }
    return value instanceof String text
        ? ColumnReader.toBoolean(text)
        : number(value, "BOOLEAN").signum() != 0;
  }

  private static Object text(Object value) {
    if (value instanceof Instant instant) {
      return TIME.format(instant);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** Instants may lie outside 64-bit nanoseconds, as 9999-12-31 does; the SQL layer decides. */
  private static Object timestamp(Object value) throws SQLException {
    if (value instanceof Instant
        || value instanceof Long
        || value instanceof String
        || value instanceof LocalDate) {
      return value;
    }
    if (value instanceof BigDecimal nanos) {
      return exactLong(nanos, value, "TIMESTAMP");
    }
    throw SqlErrors.noConversion(value.getClass().getSimpleName(), "TIMESTAMP");
  }

  private static Object date(Object value) throws SQLException {
    if (value instanceof LocalDate) {
      return value;
    }
    if (value instanceof Instant instant) {
      return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof String text) {
      try {
        return LocalDate.ofInstant(IsoTime.parseInstant(text), ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw SqlErrors.invalidText(text, "DATE", e);
      }
    }
    throw SqlErrors.noConversion(value.getClass().getSimpleName(), "DATE");
  }

  private static Object uuid(Object value) throws SQLException {
    if (value instanceof UUID) {
      return value;
    }
    try {
      return UUID.fromString(value.toString().strip());
    } catch (IllegalArgumentException e) {
      throw SqlErrors.invalidText(value.toString(), "UUID", e);
    }
  }
}
