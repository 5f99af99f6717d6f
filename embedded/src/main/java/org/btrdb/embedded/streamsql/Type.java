package org.btrdb.embedded.streamsql;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of values, and the Java class of each. */
enum Type {
  /** String, compared by code points. */
  TEXT,
  /** UUID, compared as 16 unsigned bytes. */
  UUID,
  /** Long; narrower whole numbers are checked when cast to, and then are such. */
  BIGINT,
  /** BigDecimal. */
  NUMERIC,
  /** Double; NaN is equal to itself and the largest. */
  DOUBLE,
  /** Boolean. */
  BOOLEAN,
  /** {@code Map<String, @Nullable String>}. */
  HSTORE,
  /** A literal or parameter whose type its context decides; String. */
  UNKNOWN;

  private static final Map<String, Type> NAMES =
      Map.ofEntries(
          Map.entry("text", TEXT),
          Map.entry("varchar", TEXT),
          Map.entry("uuid", UUID),
          Map.entry("bigint", BIGINT),
          Map.entry("int8", BIGINT),
          Map.entry("integer", BIGINT),
          Map.entry("int", BIGINT),
          Map.entry("int4", BIGINT),
          Map.entry("smallint", BIGINT),
          Map.entry("int2", BIGINT),
          Map.entry("numeric", NUMERIC),
          Map.entry("decimal", NUMERIC),
          Map.entry("double", DOUBLE),
          Map.entry("float8", DOUBLE),
          Map.entry("float", DOUBLE),
          Map.entry("boolean", BOOLEAN),
          Map.entry("bool", BOOLEAN),
          Map.entry("hstore", HSTORE));

  /** The type of a name in lower case, null if there is none. */
  static @Nullable Type named(String name) {
    return NAMES.get(name);
  }

  /** The largest whole number of a type's name. */
  static long largest(String name) {
    return switch (name) {
      case "smallint", "int2" -> Short.MAX_VALUE;
      case "integer", "int", "int4" -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }

  /** Whether it is a kind of number. */
  boolean isNumber() {
    return this == BIGINT || this == NUMERIC || this == DOUBLE;
  }

  /** Whether values have an order. */
  boolean isOrdered() {
    return this != HSTORE;
  }

  @Override
  public String toString() {
    return this == DOUBLE ? "double precision" : name().toLowerCase(Locale.ROOT);
  }
}
