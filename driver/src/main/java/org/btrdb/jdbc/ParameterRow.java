package org.btrdb.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a statement's parameters, in the few classes that the SQL layer takes. */
final class ParameterRow {
  private final @Nullable Object[] values;
  private final BitSet given = new BitSet();

  ParameterRow(int count) {
    this.values = new Object[count];
  }

  /** Sets a parameter, counted from 1. */
  void set(int parameter, @Nullable Object value) throws SQLException {
    if (parameter < 1 || parameter > values.length) {
      throw SqlErrors.of(
          "07009",
          "the statement has " + values.length + " parameters; there is no number " + parameter,
          null);
    }
    values[parameter - 1] = value == null ? null : plain(value);
    given.set(parameter - 1);
  }

  /** Nanoseconds survive in every class; a time without zone is UTC. */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant();
    }
    if (value instanceof Date date) {
      return date.toLocalDate();
    }
    if (value instanceof Time || value instanceof byte[]) {
      throw SqlErrors.unsupported("a parameter of class " + value.getClass().getSimpleName());
    }
    if (value instanceof java.util.Date date) {
      return date.toInstant();
    }
    if (value instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    if (value instanceof OffsetDateTime offset) {
      return offset.toInstant();
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    return value instanceof Character ? value.toString() : value;
  }

  void clear() {
    Arrays.fill(values, null);
    given.clear();
  }

  /** A copy of the values. */
  List<@Nullable Object> values() throws SQLException {
    int missing = given.nextClearBit(0);
    if (missing < values.length) {
      throw SqlErrors.of("07002", "parameter " + (missing + 1) + " is not set", null);
    }
    return Collections.unmodifiableList(Arrays.asList(values.clone()));
  }
}
