package org.btrdb.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.calcite.avatica.util.ByteString;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;

/**
 * Reads one column of the current row in the forms java.sql asks for; called only when it is not
 * NULL. A form that makes no sense for the type is refused, one that does not fit the value too.
 */
abstract class ColumnReader {
  private static final double LONG_LIMIT = 0x1p63;
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  final RowCursor rows;
  final int index;
  private final ColumnType type;

  private ColumnReader(RowCursor rows, int index, ColumnType type) {
    this.rows = rows;
    this.index = index;
    this.type = type;
  }

  /** The reader for a column's type. */
  static ColumnReader of(RowCursor rows, int index, Column column) {
    ColumnType type = column.type();
    return switch (type.kind()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> new Integral(rows, index, type);
      case REAL, DOUBLE -> new Floating(rows, index, type);
      case DECIMAL -> new Decimal(rows, index, type);
      case VARCHAR, CHAR -> new Text(rows, index, type);
      case TIMESTAMP -> new Instants(rows, index, type);
      case DATE -> new Dates(rows, index, type);
      case TIME -> new Times(rows, index, type);
      case VARBINARY, UUID, MAP, ARRAY, NULL, OTHER -> new Objects(rows, index, type);
    };
  }

  final boolean isNull() {
    return rows.isNull(index);
  }

  /** A whole number; a fraction is dropped. Of a timestamp: nanoseconds since the epoch. */
  long integer() throws SQLException {
    throw refused("a number");
  }

  double floating() throws SQLException {
    throw refused("a number");
  }

  BigDecimal decimal() throws SQLException {
    throw refused("a number");
  }

  boolean bool() throws SQLException {
    throw refused("BOOLEAN");
  }

  /** Nanoseconds since the epoch. */
  long instantNanos() throws SQLException {
    throw refused("TIMESTAMP");
  }

  LocalDate date() throws SQLException {
    throw refused("DATE");
  }

  LocalTime time() throws SQLException {
    throw refused("TIME");
  }

  byte[] bytes() throws SQLException {
    throw refused("bytes");
  }

  abstract String text() throws SQLException;

  /** The value as the class that ResultSetMetaData.getColumnClassName names. */
  abstract Object object() throws SQLException;

  final SQLException refused(String as) {
    return SqlErrors.noConversion(type.kind().name(), as);
  }

  final ColumnType.Kind kind() {
    return type.kind();
  }

  final Object raw() {
    return java.util.Objects.requireNonNull(rows.getObject(index));
  }

  /** Drops the fraction; refuses what lies outside 64 bits. */
  static long toLong(double value) throws SQLException {
    if (value >= -LONG_LIMIT && value < LONG_LIMIT) {
      return (long) value;
    }
    throw SqlErrors.outOfRange(value, "BIGINT");
  }

  /** Drops the fraction; refuses what lies outside 64 bits. */
  static long toLong(BigDecimal value) throws SQLException {
    BigDecimal whole = new BigDecimal(clamped(value).toBigInteger());
    if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
      throw SqlErrors.outOfRange(value, "BIGINT");
    }
    return whole.longValue();
  }

  /** Keeps 1E+1000000000 from being written out digit by digit. */
  private static BigDecimal clamped(BigDecimal value) throws SQLException {
    if (value.signum() != 0 && value.precision() - (long) value.scale() > 20) {
      throw SqlErrors.outOfRange(value, "BIGINT");
    }
    return value.precision() - (long) value.scale() < 0 ? BigDecimal.ZERO : value;
  }

  static double toDouble(BigDecimal value) throws SQLException {
    double result = value.doubleValue();
    if (Double.isInfinite(result)) {
      throw SqlErrors.outOfRange(value, "DOUBLE");
    }
    return result;
  }

  /** The double of a text; a number that is no double is refused, "Infinity" is one. */
  static double toDouble(String text, String type) throws SQLException {
    try {
      double result = Double.parseDouble(text.strip());
      if (Double.isInfinite(result) && !text.contains("Infinity")) {
        throw SqlErrors.outOfRange(text, "DOUBLE");
      }
      return result;
    } catch (NumberFormatException e) {
      throw SqlErrors.invalidText(text, type, e);
    }
  }

  static boolean toBoolean(String text) throws SQLException {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default -> throw SqlErrors.invalidText(text, "BOOLEAN", null);
    };
  }

  static BigDecimal toDecimal(String text) throws SQLException {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw SqlErrors.invalidText(text, "number", e);
    }
  }

  static long toNanos(String text) throws SQLException {
    try {
      return IsoTime.parseNanos(text);
    } catch (DateTimeException e) {
      throw SqlErrors.invalidText(text, "TIMESTAMP", e);
    }
  }

  private static final class Integral extends ColumnReader {
    Integral(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long integer() {
      return rows.getLong(index);
    }

    @Override
    double floating() {
      return rows.getLong(index);
    }

    @Override
    BigDecimal decimal() {
      return BigDecimal.valueOf(rows.getLong(index));
    }

    @Override
    boolean bool() {
      return rows.getLong(index) != 0;
    }

    @Override
    String text() {
      return kind() == ColumnType.Kind.BOOLEAN
          ? Boolean.toString(bool())
          : Long.toString(rows.getLong(index));
    }

    @Override
    Object object() {
      return switch (kind()) {
        case BOOLEAN -> bool();
        case BIGINT -> rows.getLong(index);
        default -> (int) rows.getLong(index);
      };
    }
  }

  private static final class Floating extends ColumnReader {
    Floating(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long integer() throws SQLException {
      return toLong(rows.getDouble(index));
    }

    @Override
    double floating() {
      return rows.getDouble(index);
    }

    @Override
    BigDecimal decimal() throws SQLException {
      double value = rows.getDouble(index);
      if (!Double.isFinite(value)) {
        throw SqlErrors.outOfRange(value, "DECIMAL");
      }
      return new BigDecimal(text());
    }

    @Override
    boolean bool() {
      return rows.getDouble(index) != 0;
    }

    @Override
    String text() {
      double value = rows.getDouble(index);
      return kind() == ColumnType.Kind.REAL
          ? Float.toString((float) value)
          : Double.toString(value);
    }

    @Override
    Object object() {
      double value = rows.getDouble(index);
      if (kind() == ColumnType.Kind.REAL) {
        return (float) value;
      }
      return value;
    }
  }

  private static final class Decimal extends ColumnReader {
    Decimal(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long integer() throws SQLException {
      return toLong(decimal());
    }

    @Override
    double floating() throws SQLException {
      return toDouble(decimal());
    }

    @Override
    BigDecimal decimal() {
      return (BigDecimal) raw();
    }

    @Override
    boolean bool() {
      return decimal().signum() != 0;
    }

    @Override
    String text() {
      return decimal().toPlainString();
    }

    @Override
    Object object() {
      return decimal();
    }
  }

  private static final class Text extends ColumnReader {
    Text(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long integer() throws SQLException {
      return toLong(toDecimal(text()));
    }

    @Override
    double floating() throws SQLException {
      return toDouble(text(), "number");
    }

    @Override
    BigDecimal decimal() throws SQLException {
      return toDecimal(text());
    }

    @Override
    boolean bool() throws SQLException {
      return toBoolean(text());
    }

    @Override
    long instantNanos() throws SQLException {
      return toNanos(text());
    }

    @Override
    LocalDate date() throws SQLException {
      try {
        return LocalDate.ofInstant(IsoTime.parseInstant(text()), ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw SqlErrors.invalidText(text(), "DATE", e);
      }
    }

    @Override
    LocalTime time() throws SQLException {
      try {
        return LocalTime.parse(text().strip());
      } catch (DateTimeException e) {
        throw SqlErrors.invalidText(text(), "TIME", e);
      }
    }

    @Override
    String text() {
      return raw().toString();
    }

    @Override
    Object object() {
      return text();
    }
  }

  private static final class Instants extends ColumnReader {
    Instants(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long integer() {
      return rows.getLong(index);
    }

    @Override
    BigDecimal decimal() {
      return BigDecimal.valueOf(rows.getLong(index));
    }

    @Override
    long instantNanos() {
      return rows.getLong(index);
    }

    @Override
    LocalDate date() {
      return LocalDate.ofInstant(IsoTime.instantOf(rows.getLong(index)), ZoneOffset.UTC);
    }

    @Override
    LocalTime time() {
      return LocalTime.ofInstant(IsoTime.instantOf(rows.getLong(index)), ZoneOffset.UTC);
    }

    @Override
    String text() {
      return IsoTime.format(rows.getLong(index));
    }

    @Override
    Object object() {
      return Timestamp.from(IsoTime.instantOf(rows.getLong(index)));
    }
  }

  private static final class Dates extends ColumnReader {
    Dates(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    long instantNanos() throws SQLException {
      long days = rows.getLong(index);
      try {
        return Math.multiplyExact(days, IsoTime.NANOS_PER_DAY);
      } catch (ArithmeticException e) {
        throw SqlErrors.outOfRange(text(), "TIMESTAMP");
      }
    }

    @Override
    LocalDate date() {
      return LocalDate.ofEpochDay(rows.getLong(index));
    }

    @Override
    String text() {
      return date().toString();
    }

    @Override
    Object object() {
      return LegacyTime.date(date(), null);
    }
  }

  private static final class Times extends ColumnReader {
    Times(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    @Override
    LocalTime time() {
      return LocalTime.ofNanoOfDay(rows.getLong(index));
    }

    @Override
    String text() {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time());
    }

    @Override
    Object object() {
      return LegacyTime.time(time(), null);
    }
  }

  /** Everything whose value is an object already. */
  private static final class Objects extends ColumnReader {
    Objects(RowCursor rows, int index, ColumnType type) {
      super(rows, index, type);
    }

    /** Bytes as an array, also where Calcite computed them. */
    private Object value() {
      Object value = raw();
      return value instanceof ByteString bytes ? bytes.getBytes() : value;
    }

    @Override
    long integer() throws SQLException {
      return toLong(decimal());
    }

    @Override
    double floating() throws SQLException {
      return raw() instanceof Number number ? number.doubleValue() : super.floating();
    }

    @Override
    BigDecimal decimal() throws SQLException {
      Object value = raw();
      if (value instanceof BigInteger number) {
        return new BigDecimal(number);
      }
      return value instanceof Number ? toDecimal(value.toString()) : super.decimal();
    }

    @Override
    boolean bool() throws SQLException {
      return raw() instanceof Boolean value ? value : super.bool();
    }

    @Override
    byte[] bytes() throws SQLException {
      return value() instanceof byte[] bytes ? bytes.clone() : super.bytes();
    }

    @Override
    String text() {
      Object value = value();
      return value instanceof byte[] bytes
          ? HexFormat.of().formatHex(bytes)
          : String.valueOf(value);
    }

    @Override
    Object object() {
      return value();
    }
  }
}
