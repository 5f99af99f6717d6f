package org.btrdb.jdbc.accessor;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import org.btrdb.client.time.IsoTime;
import org.btrdb.jdbc.SqlErrors;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Makes the accessor that fits a column. */
public final class Accessors {
  private Accessors() {}

  /** The accessor of a column, counted from 0. */
  public static ColumnAccessor of(Column type, RowCursor rows, int column) {
    return switch (type.type().kind()) {
      case TIMESTAMP -> new OfTimestamp(rows, column);
      case DATE -> new OfDate(rows, column);
      case DOUBLE, REAL -> new OfDouble(rows, column);
      case BIGINT -> new OfLong(rows, column, Long::valueOf);
      case INTEGER -> new OfLong(rows, column, v -> (int) v);
      case SMALLINT -> new OfLong(rows, column, v -> (short) v);
      case TINYINT -> new OfLong(rows, column, v -> (byte) v);
      default -> new OfObject(rows, column);
    };
  }

  /** Makes the object of an integer in its SQL type's class. */
  private interface Boxing {
    Object box(long value);
  }

  /** Integers. */
  private static final class OfLong extends ColumnAccessor {
    private final Boxing boxing;

    OfLong(RowCursor rows, int column, Boxing boxing) {
      super(rows, column);
      this.boxing = boxing;
    }

    @Override
    protected String text() {
      return Long.toString(rows.getLong(column));
    }

    @Override
    protected long longValue() {
      return rows.getLong(column);
    }

    @Override
    protected double doubleValue() {
      return rows.getLong(column);
    }

    @Override
    protected BigDecimal decimalValue() {
      return BigDecimal.valueOf(rows.getLong(column));
    }

    @Override
    protected Object object() {
      return boxing.box(rows.getLong(column));
    }
  }

  /** Doubles; read as an integer the fraction is dropped, as JDBC drivers do. */
  private static final class OfDouble extends ColumnAccessor {
    private static final double TWO_TO_63 = 0x1p63;

    OfDouble(RowCursor rows, int column) {
      super(rows, column);
    }

    @Override
    protected String text() {
      return Double.toString(rows.getDouble(column));
    }

    @Override
    protected long longValue() throws SQLException {
      double value = rows.getDouble(column);
      if (!(value >= -TWO_TO_63 && value < TWO_TO_63)) {
        throw SqlErrors.outOfRange(text(), "an integer");
      }
      return (long) value;
    }

    @Override
    protected double doubleValue() {
      return rows.getDouble(column);
    }

    @Override
    protected BigDecimal decimalValue() throws SQLException {
      double value = rows.getDouble(column);
      if (!Double.isFinite(value)) {
        throw SqlErrors.outOfRange(text(), "BigDecimal");
      }
      return BigDecimal.valueOf(value);
    }

    @Override
    protected Object object() {
      return rows.getDouble(column);
    }
  }

  /**
   * Times: nanoseconds since the Unix epoch as a long, the same instant as a Timestamp whatever
   * zone the JVM is in, and UTC as text.
   */
  private static final class OfTimestamp extends ColumnAccessor {
    OfTimestamp(RowCursor rows, int column) {
      super(rows, column);
    }

    @Override
    protected String text() {
      return IsoTime.format(rows.getLong(column));
    }

    @Override
    protected long longValue() {
      return rows.getLong(column);
    }

    @Override
    protected double doubleValue() {
      return rows.getLong(column);
    }

    @Override
    protected BigDecimal decimalValue() {
      return BigDecimal.valueOf(rows.getLong(column));
    }

    @Override
    protected Instant instant() {
      return IsoTime.instantOf(rows.getLong(column));
    }

    @Override
    protected Object object() {
      return java.sql.Timestamp.from(instant());
    }
  }

  /** Days. */
  private static final class OfDate extends ColumnAccessor {
    OfDate(RowCursor rows, int column) {
      super(rows, column);
    }

    private LocalDate day() {
      return LocalDate.ofEpochDay(rows.getLong(column));
    }

    @Override
    protected String text() {
      return day().toString();
    }

    @Override
    protected Instant instant() {
      return day().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public @Nullable Date getDate(@Nullable Calendar calendar) {
      return isNull() ? null : Date.valueOf(day());
    }

    @Override
    protected Object object() {
      return Date.valueOf(day());
    }
  }

  /** Everything else: text, decimals, booleans, uuids, maps. */
  private static final class OfObject extends ColumnAccessor {
    OfObject(RowCursor rows, int column) {
      super(rows, column);
    }

    @Override
    protected String text() {
      return String.valueOf(object());
    }

    @Override
    protected Object object() {
      return java.util.Objects.requireNonNull(rows.getObject(column));
    }

    @Override
    protected BigDecimal decimalValue() throws SQLException {
      return object() instanceof BigDecimal decimal ? decimal : super.decimalValue();
    }

    @Override
    protected long longValue() throws SQLException {
      return decimalValue().toBigInteger().longValueExact();
    }

    @Override
    protected Instant instant() throws SQLException {
      try {
        return IsoTime.instantOf(IsoTime.parseNanos(text()));
      } catch (java.time.DateTimeException e) {
        throw SqlErrors.notConvertible(text(), "a timestamp");
      }
    }

    @Override
    public boolean getBoolean() throws SQLException {
      if (isNull()) {
        return false;
      }
      return switch (text().strip().toLowerCase(java.util.Locale.ROOT)) {
        case "true", "t", "1" -> true;
        case "false", "f", "0" -> false;
        default -> decimalValue().signum() != 0;
      };
    }
  }
}
