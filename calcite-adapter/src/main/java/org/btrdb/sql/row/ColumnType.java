package org.btrdb.sql.row;

/**
 * The type of a column or parameter.
 *
 * @param kind how values are represented
 * @param precision digits or characters, -1 if unbounded or meaningless
 * @param scale digits after the point; 9 for a timestamp
 */
public record ColumnType(Kind kind, int precision, int scale) {

  /** A representation of values; the Javadoc of each says what {@link RowCursor} answers. */
  public enum Kind {
    /** {@code getLong} 0 or 1, {@code getObject} a Boolean. */
    BOOLEAN,
    /** {@code getLong}. */
    TINYINT,
    /** {@code getLong}. */
    SMALLINT,
    /** {@code getLong}. */
    INTEGER,
    /** {@code getLong}. */
    BIGINT,
    /** {@code getDouble}. */
    REAL,
    /** {@code getDouble}. */
    DOUBLE,
    /** {@code getObject} a BigDecimal. */
    DECIMAL,
    /** {@code getObject} a String. */
    VARCHAR,
    /** {@code getObject} a String padded to its length. */
    CHAR,
    /** {@code getObject} a byte array. */
    VARBINARY,
    /** {@code getLong} days since the Unix epoch. */
    DATE,
    /** {@code getLong} nanoseconds since midnight. */
    TIME,
    /** {@code getLong} nanoseconds since the Unix epoch, UTC. */
    TIMESTAMP,
    /** {@code getObject} a java.util.UUID. */
    UUID,
    /** {@code getObject} a Map. */
    MAP,
    /** {@code getObject} a List. */
    ARRAY,
    /** Always NULL. */
    NULL,
    /** {@code getObject} whatever it is. */
    OTHER
  }

  /** A timestamp with nanoseconds. */
  public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 29, 9);

  /** A double. */
  public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 15, 0);

  /** A truth value. */
  public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 1, 0);

  /** A 32-bit integer. */
  public static final ColumnType INTEGER = new ColumnType(Kind.INTEGER, 10, 0);

  /** A 64-bit integer. */
  public static final ColumnType BIGINT = new ColumnType(Kind.BIGINT, 19, 0);

  /** Text of any length. */
  public static final ColumnType VARCHAR = new ColumnType(Kind.VARCHAR, -1, 0);

  /** A uuid. */
  public static final ColumnType UUID = new ColumnType(Kind.UUID, 36, 0);

  /** Texts by text. */
  public static final ColumnType MAP = new ColumnType(Kind.MAP, -1, 0);
}
