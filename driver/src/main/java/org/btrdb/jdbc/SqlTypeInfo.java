package org.btrdb.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.sql.row.ColumnType;

/**
 * How java.sql describes a type.
 *
 * @param jdbcType of java.sql.Types
 * @param name TYPE_NAME, the same in every kind of metadata
 * @param className the class of {@code getObject}
 * @param precision digits or characters if the type itself does not say
 * @param displaySize characters that any value fits in, 0 if it depends on the precision
 * @param signed whether it is a signed number
 */
record SqlTypeInfo(
    int jdbcType, String name, String className, int precision, int displaySize, boolean signed) {

  private static final int UUID_LENGTH = 36;
  private static final int TIMESTAMP_LENGTH = 29;

  /** The description of a kind. */
  static SqlTypeInfo of(ColumnType.Kind kind) {
    return switch (kind) {
      case BOOLEAN -> info(Types.BOOLEAN, "BOOLEAN", Boolean.class, 1, 5, false);
      case TINYINT -> info(Types.TINYINT, "TINYINT", Integer.class, 3, 4, true);
      case SMALLINT -> info(Types.SMALLINT, "SMALLINT", Integer.class, 5, 6, true);
      case INTEGER -> info(Types.INTEGER, "INTEGER", Integer.class, 10, 11, true);
      case BIGINT -> info(Types.BIGINT, "BIGINT", Long.class, 19, 20, true);
      case REAL -> info(Types.REAL, "REAL", Float.class, 7, 15, true);
      case DOUBLE -> info(Types.DOUBLE, "DOUBLE", Double.class, 15, 25, true);
      case DECIMAL -> info(Types.DECIMAL, "DECIMAL", BigDecimal.class, 38, 0, true);
      case VARCHAR -> info(Types.VARCHAR, "VARCHAR", String.class, 0, 0, false);
      case CHAR -> info(Types.CHAR, "CHAR", String.class, 1, 0, false);
      case VARBINARY -> info(Types.VARBINARY, "VARBINARY", byte[].class, 0, 0, false);
      case DATE -> info(Types.DATE, "DATE", Date.class, 10, 10, false);
      case TIME -> info(Types.TIME, "TIME", Time.class, 18, 18, false);
      case TIMESTAMP ->
          info(
              Types.TIMESTAMP,
              "TIMESTAMP",
              Timestamp.class,
              TIMESTAMP_LENGTH,
              TIMESTAMP_LENGTH,
              false);
      case UUID -> info(Types.OTHER, "UUID", UUID.class, UUID_LENGTH, UUID_LENGTH, false);
      case MAP -> info(Types.JAVA_OBJECT, "MAP", Map.class, 0, 0, false);
      case ARRAY -> info(Types.JAVA_OBJECT, "ARRAY", List.class, 0, 0, false);
      case NULL -> info(Types.NULL, "NULL", Object.class, 0, 4, false);
      case OTHER -> info(Types.OTHER, "OTHER", Object.class, 0, 0, false);
    };
  }

  private static SqlTypeInfo info(
      int jdbcType, String name, Class<?> type, int precision, int displaySize, boolean signed) {
    return new SqlTypeInfo(jdbcType, name, type.getName(), precision, displaySize, signed);
  }

  /** The precision of a type, 0 if unbounded. */
  static int precision(ColumnType type) {
    return switch (type.kind()) {
      case DECIMAL, VARCHAR, CHAR, VARBINARY ->
          type.precision() > 0 ? type.precision() : of(type.kind()).precision();
      default -> of(type.kind()).precision();
    };
  }

  /** Digits after the point. */
  static int scale(ColumnType type) {
    return switch (type.kind()) {
      case TIMESTAMP, TIME -> 9;
      case DECIMAL -> Math.max(type.scale(), 0);
      default -> 0;
    };
  }

  /** Characters that any value fits in; for unbounded text a width that tools can show. */
  static int displaySize(ColumnType type) {
    SqlTypeInfo info = of(type.kind());
    if (info.displaySize() > 0) {
      return info.displaySize();
    }
    int precision = precision(type);
    return switch (type.kind()) {
      case DECIMAL -> precision + 2; // sign and point
      case VARBINARY -> precision > 0 ? Math.multiplyExact(2, Math.min(precision, 1 << 29)) : 64;
      default -> precision > 0 ? precision : 64;
    };
  }
}
