package org.btrdb.sql.expression;

import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The types that our operators compute with, and how a value of each is held. */
public enum ValueType {
  /** 0 or 1. */
  BOOLEAN(Storage.LONG, 0, 1),
  /** One byte. */
  TINYINT(Storage.LONG, Byte.MIN_VALUE, Byte.MAX_VALUE),
  /** Two bytes. */
  SMALLINT(Storage.LONG, Short.MIN_VALUE, Short.MAX_VALUE),
  /** Four bytes. */
  INTEGER(Storage.LONG, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Eight bytes; all times are this. */
  BIGINT(Storage.LONG, Long.MIN_VALUE, Long.MAX_VALUE),
  /** Days since the Unix epoch. */
  DATE(Storage.LONG, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Eight bytes. */
  DOUBLE(Storage.DOUBLE, 0, 0),
  /** A BigDecimal. */
  DECIMAL(Storage.OBJECT, 0, 0),
  /** A String. */
  TEXT(Storage.OBJECT, 0, 0),
  /** A java.util.UUID. */
  UUID(Storage.OBJECT, 0, 0),
  /** A java.util.Map; has no order. */
  MAP(Storage.OBJECT, 0, 0),
  /** Always NULL. */
  NULL(Storage.OBJECT, 0, 0);

  /** How a value is held. */
  public enum Storage {
    /** By {@code getLong}. */
    LONG,
    /** By {@code getDouble}. */
    DOUBLE,
    /** By {@code getObject}. */
    OBJECT
  }

  private final Storage storage;
  private final long min;
  private final long max;

  ValueType(Storage storage, long min, long max) {
    this.storage = storage;
    this.min = min;
    this.max = max;
  }

  /** The type as which values of a SQL type are held; null if it is none of these. */
  public static @Nullable ValueType of(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> BOOLEAN;
      case TINYINT -> TINYINT;
      case SMALLINT -> SMALLINT;
      case INTEGER -> INTEGER;
      case BIGINT -> BIGINT;
      case DATE -> DATE;
      case FLOAT, DOUBLE -> DOUBLE;
      case DECIMAL -> DECIMAL;
      case CHAR, VARCHAR -> TEXT;
      case UUID -> UUID;
      case MAP -> MAP;
      case NULL -> NULL;
      default -> null;
    };
  }

  /** How its values are held. */
  public Storage storage() {
    return storage;
  }

  /** A whole number that is no truth value and no day. */
  public boolean isInteger() {
    return storage == Storage.LONG && this != BOOLEAN && this != DATE;
  }

  /** A number of any kind. */
  public boolean isNumeric() {
    return isInteger() || this == DOUBLE || this == DECIMAL;
  }

  /** Whether values can be compared for order and equality. */
  public boolean isOrdered() {
    return this != MAP;
  }

  /** Whether a whole number fits. */
  public boolean holds(long value) {
    return value >= min && value <= max;
  }

  /** A value held as a long, as the object that the session answers. */
  public Object box(long value) {
    return switch (this) {
      case BOOLEAN -> value != 0;
      case TINYINT -> (byte) value;
      case SMALLINT -> (short) value;
      case INTEGER, DATE -> (int) value;
      default -> value;
    };
  }
}
