package org.btrdb.sql.exec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.time.LoweredParameters;
import org.btrdb.sql.time.NanoFunctions;
import org.jspecify.annotations.Nullable;

/** Turns the values that users give for parameters into those that a lowered plan reads. */
final class ParameterBinding {
  private final List<ColumnType> types;
  private final LoweredParameters lowered;

  ParameterBinding(List<ColumnType> types, LoweredParameters lowered) {
    this.types = types;
    this.lowered = lowered;
  }

  /** The values, and after them the statement's own time. */
  List<@Nullable Object> bind(List<@Nullable Object> values) {
    return bind(values, List.of());
  }

  /** The values, after them those of lifted literals, and then the statement's own time. */
  List<@Nullable Object> bind(List<@Nullable Object> values, List<Object> lifted) {
    if (values.size() != types.size()) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "the statement has " + types.size() + " parameters, not " + values.size(),
          null);
    }
    List<@Nullable Object> bound = new ArrayList<>(values.size() + lifted.size() + 1);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      bound.add(value == null ? null : bind(i, value));
    }
    bound.addAll(lifted);
    bound.add(IsoTime.nanosOf(Instant.now()));
    return bound;
  }

  private Object bind(int index, Object value) {
    ColumnType type = types.get(index);
    try {
      return switch (type.kind()) {
        case TIMESTAMP -> nanos(index, value);
        case DATE -> days(value);
        // As it is: decimals have no NaN, no infinity and no -0.0.
        case DOUBLE, REAL ->
            value instanceof Double d ? d : Double.valueOf(decimal(value).doubleValue());
        case BIGINT -> exactLong(value);
        case INTEGER -> decimal(value).intValueExact();
        case SMALLINT -> decimal(value).shortValueExact();
        case TINYINT -> decimal(value).byteValueExact();
        case DECIMAL -> decimal(value);
        case VARCHAR, CHAR ->
            value instanceof Instant i ? IsoTime.format(IsoTime.nanosOf(i)) : value.toString();
        case UUID -> value instanceof UUID ? value : UUID.fromString(value.toString());
        case BOOLEAN -> value instanceof Boolean b ? b : truth(value.toString());
        default -> value;
      };
    } catch (ArithmeticException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE,
          "parameter " + (index + 1) + " is no " + type.kind() + ": '" + value + "'",
          e);
    }
  }

  private Long nanos(int index, Object value) {
    if (value instanceof Instant instant) {
      return nanos(index, instant);
    }
    if (value instanceof LocalDate date) {
      return nanos(index, date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    return value instanceof String text
        ? nanos(index, IsoTime.parseInstant(text))
        : exactLong(value);
  }

  /** Most whole numbers are given as they are needed. */
  private static Long exactLong(Object value) {
    return value instanceof Long number ? number : Long.valueOf(decimal(value).longValueExact());
  }

  private Long nanos(int index, Instant instant) {
    return lowered.mayBeSaturated(index)
        ? NanoFunctions.saturated(instant)
        : IsoTime.nanosOf(instant);
  }

  private static Integer days(Object value) {
    if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
    if (value instanceof Instant instant) {
      return NanoFunctions.toDate(IsoTime.nanosOf(instant));
    }
    return Math.toIntExact(LocalDate.parse(value.toString().strip()).toEpochDay());
  }

  private static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Boolean bool) {
      return bool ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte
        ? BigDecimal.valueOf(((Number) value).longValue())
        : new BigDecimal(value.toString().strip());
  }

  private static Boolean truth(String text) {
    return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "t" -> Boolean.TRUE;
      case "false", "0", "f" -> Boolean.FALSE;
      default -> throw new NumberFormatException(text);
    };
  }
}
