package org.btrdb.jdbc.accessor;

import java.math.BigDecimal;
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
import org.jspecify.annotations.Nullable;

/** What {@code getObject(column, Class)} answers for each class. */
@SuppressWarnings("NullAway") // java.sql answers null for NULL
final class JavaTypes {

  /** Reads a column as one class. */
  private interface Reading {
    @Nullable Object read(ColumnAccessor column) throws SQLException;
  }

  private static final Map<Class<?>, Reading> READINGS =
      Map.ofEntries(
          Map.entry(String.class, ColumnAccessor::getString),
          Map.entry(Boolean.class, ColumnAccessor::getBoolean),
          Map.entry(Byte.class, ColumnAccessor::getByte),
          Map.entry(Short.class, ColumnAccessor::getShort),
          Map.entry(Integer.class, ColumnAccessor::getInt),
          Map.entry(Long.class, ColumnAccessor::getLong),
          Map.entry(Float.class, ColumnAccessor::getFloat),
          Map.entry(Double.class, ColumnAccessor::getDouble),
          Map.entry(BigDecimal.class, ColumnAccessor::getBigDecimal),
          Map.entry(Timestamp.class, c -> c.getTimestamp(null)),
          Map.entry(Date.class, c -> c.getDate(null)),
          Map.entry(Time.class, c -> c.getTime(null)),
          Map.entry(Instant.class, ColumnAccessor::instant),
          Map.entry(OffsetDateTime.class, c -> c.instant().atOffset(ZoneOffset.UTC)),
          Map.entry(ZonedDateTime.class, c -> c.instant().atZone(ZoneOffset.UTC)),
          Map.entry(LocalDateTime.class, c -> LocalDateTime.ofInstant(c.instant(), ZoneOffset.UTC)),
          Map.entry(LocalDate.class, c -> LocalDate.ofInstant(c.instant(), ZoneOffset.UTC)),
          Map.entry(LocalTime.class, c -> LocalTime.ofInstant(c.instant(), ZoneOffset.UTC)));

  private JavaTypes() {}

  /** The column as a class, or as its own object if the class is none of ours. */
  static @Nullable Object read(ColumnAccessor column, Class<?> type) throws SQLException {
    Reading reading = READINGS.get(type);
    return reading == null ? column.object() : reading.read(column);
  }
}
