package org.btrdb.jdbc;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.time.IsoTime;

/** The classes that {@code getObject(column, class)} gives; dates and times are in UTC. */
final class ObjectForms {

  @FunctionalInterface
  private interface Form {
    Object of(ColumnReader column) throws SQLException;
  }

  private static final Map<Class<?>, Form> FORMS =
      Map.ofEntries(
          entry(Object.class, ColumnReader::object),
          entry(String.class, ColumnReader::text),
          entry(Boolean.class, ColumnReader::bool),
          entry(Byte.class, c -> (byte) integer(c, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT")),
          entry(Short.class, c -> (short) integer(c, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT")),
          entry(
              Integer.class,
              c -> (int) integer(c, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER")),
          entry(Long.class, ColumnReader::integer),
          entry(Float.class, c -> toFloat(c.floating())),
          entry(Double.class, ColumnReader::floating),
          entry(BigDecimal.class, ColumnReader::decimal),
          entry(BigInteger.class, c -> c.decimal().toBigInteger()),
          entry(byte[].class, ColumnReader::bytes),
          entry(UUID.class, ObjectForms::uuid),
          entry(Timestamp.class, c -> Timestamp.from(instant(c))),
          entry(java.util.Date.class, c -> Timestamp.from(instant(c))),
          entry(Date.class, c -> LegacyTime.date(c.date(), null)),
          entry(Time.class, c -> LegacyTime.time(c.time(), null)),
          entry(Instant.class, ObjectForms::instant),
          entry(LocalDateTime.class, c -> LocalDateTime.ofInstant(instant(c), ZoneOffset.UTC)),
          entry(OffsetDateTime.class, c -> instant(c).atOffset(ZoneOffset.UTC)),
          entry(ZonedDateTime.class, c -> instant(c).atZone(ZoneOffset.UTC)),
          entry(LocalDate.class, ColumnReader::date),
          entry(LocalTime.class, ColumnReader::time));

  private ObjectForms() {}

  /** A value as an object of a class. */
  static <T> T as(Class<T> type, ColumnReader column) throws SQLException {
    Form form = FORMS.get(type);
    if (form != null) {
      return type.cast(form.of(column));
    }
    Object value = column.object();
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw column.refused(type.getName());
  }

  /** Narrows; refuses what would become infinite. */
  static float toFloat(double value) throws SQLException {
    float narrow = (float) value;
    if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
      throw SqlErrors.outOfRange(value, "REAL");
    }
    return narrow;
  }

  private static long integer(ColumnReader column, long min, long max, String type)
      throws SQLException {
    long value = column.integer();
    if (value < min || value > max) {
      throw SqlErrors.outOfRange(value, type);
    }
    return value;
  }

  private static Instant instant(ColumnReader column) throws SQLException {
    return IsoTime.instantOf(column.instantNanos());
  }

  private static UUID uuid(ColumnReader column) throws SQLException {
    Object value = column.object();
    if (value instanceof UUID uuid) {
      return uuid;
    }
    if (value instanceof String text) {
      try {
        return UUID.fromString(text.strip());
      } catch (IllegalArgumentException e) {
        throw SqlErrors.invalidText(text, "UUID", e);
      }
    }
    throw column.refused("UUID");
  }
}
