package org.btrdb.jdbc.accessor;

import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.btrdb.jdbc.SqlErrors;
import org.btrdb.sql.row.RowCursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;
import org.jspecify.annotations.Nullable;

/**
 * A column read as whatever a getter asks for; what a kind of column cannot be read as throws with
 * SQLState 22018. Getters of NULL answer 0, false or null, and {@link #wasNull()} says so.
 */
@SuppressWarnings("NullAway") // java.sql answers null for NULL
public abstract class ColumnAccessor implements Accessor {
  /** The rows. */
  protected final RowCursor rows;

  /** The column, from 0. */
  protected final int column;

  private boolean wasNull;

  /** An accessor of a column of some rows. */
  protected ColumnAccessor(RowCursor rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  /** Whether the column is NULL now; remembered for {@link #wasNull()}. */
  protected final boolean isNull() {
    wasNull = rows.isNull(column);
    return wasNull;
  }

  @Override
  public final boolean wasNull() {
    return wasNull;
  }

  /** The value as text; never called for NULL. */
  protected abstract String text() throws SQLException;

  /** The value as a long, checked; never called for NULL. */
  protected long longValue() throws SQLException {
    return decimal(long.class.getName()).longValueExact();
  }

  /** The value as a double; never called for NULL. */
  protected double doubleValue() throws SQLException {
    return decimal(double.class.getName()).doubleValue();
  }

  /** The value as an exact decimal; never called for NULL. */
  protected BigDecimal decimalValue() throws SQLException {
    return decimal("a number");
  }

  /** The value as an instant of time; never called for NULL. */
  protected java.time.Instant instant() throws SQLException {
    throw SqlErrors.notConvertible(text(), "a timestamp");
  }

  private BigDecimal decimal(String type) throws SQLException {
    String text = text();
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw SqlErrors.notConvertible(text, type);
    }
  }

  private long range(long min, long max, String type) throws SQLException {
    long value;
    try {
      value = longValue();
    } catch (ArithmeticException e) {
      throw SqlErrors.outOfRange(text(), type);
    }
    if (value < min || value > max) {
      throw SqlErrors.outOfRange(text(), type);
    }
    return value;
  }

  @Override
  public final @Nullable String getString() throws SQLException {
    return isNull() ? null : text();
  }

  @Override
  public boolean getBoolean() throws SQLException {
    return !isNull() && decimal("a boolean").signum() != 0;
  }

  @Override
  public final byte getByte() throws SQLException {
    return isNull() ? 0 : (byte) range(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public final short getShort() throws SQLException {
    return isNull() ? 0 : (short) range(Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public final int getInt() throws SQLException {
    return isNull() ? 0 : (int) range(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public final long getLong() throws SQLException {
    return isNull() ? 0 : range(Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  @Override
  public final float getFloat() throws SQLException {
    if (isNull()) {
      return 0;
    }
    double value = doubleValue();
    if (Math.abs(value) > Float.MAX_VALUE && !Double.isInfinite(value)) {
      throw SqlErrors.outOfRange(text(), "float");
    }
    return (float) value;
  }

  @Override
  public final double getDouble() throws SQLException {
    return isNull() ? 0 : doubleValue();
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal() throws SQLException {
    return isNull() ? null : decimalValue();
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal(int scale) throws SQLException {
    return isNull() ? null : decimalValue().setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public final @Nullable Timestamp getTimestamp(@Nullable Calendar calendar) throws SQLException {
    return isNull() ? null : Timestamp.from(instant());
  }

  @Override
  public @Nullable Date getDate(@Nullable Calendar calendar) throws SQLException {
    return isNull()
        ? null
        : Date.valueOf(instant().atOffset(java.time.ZoneOffset.UTC).toLocalDate());
  }

  @Override
  public @Nullable Time getTime(@Nullable Calendar calendar) throws SQLException {
    return isNull()
        ? null
        : Time.valueOf(instant().atOffset(java.time.ZoneOffset.UTC).toLocalTime().withNano(0));
  }

  /** The value in the class that JDBC names for its type; never called for NULL. */
  protected abstract Object object() throws SQLException;

  @Override
  public final @Nullable Object getObject() throws SQLException {
    return isNull() ? null : object();
  }

  @Override
  public final <T> @Nullable T getObject(Class<T> type) throws SQLException {
    if (isNull()) {
      return null;
    }
    Object value = JavaTypes.read(this, type);
    if (!type.isInstance(value)) {
      throw SqlErrors.notConvertible(text(), type.getName());
    }
    return type.cast(value);
  }

  @Override
  public final @Nullable Object getObject(Map<String, Class<?>> map) throws SQLException {
    return getObject();
  }

  @Override
  public final @Nullable Reader getCharacterStream() throws SQLException {
    return isNull() ? null : new StringReader(text());
  }

  @Override
  public final @Nullable Reader getNCharacterStream() throws SQLException {
    return getCharacterStream();
  }

  @Override
  public final @Nullable String getNString() throws SQLException {
    return getString();
  }

  @Override
  public byte @Nullable [] getBytes() throws SQLException {
    throw cannot("bytes");
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    throw cannot("a stream");
  }

  @Override
  public InputStream getUnicodeStream() throws SQLException {
    throw cannot("a stream");
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    throw cannot("a stream");
  }

  @Override
  public Ref getRef() throws SQLException {
    throw cannot("a REF");
  }

  @Override
  public Blob getBlob() throws SQLException {
    throw cannot("a BLOB");
  }

  @Override
  public Clob getClob() throws SQLException {
    throw cannot("a CLOB");
  }

  @Override
  public Array getArray() throws SQLException {
    throw cannot("an ARRAY");
  }

  @Override
  public Struct getStruct() throws SQLException {
    throw cannot("a STRUCT");
  }

  @Override
  public URL getURL() throws SQLException {
    throw cannot("a URL");
  }

  @Override
  public NClob getNClob() throws SQLException {
    throw cannot("an NCLOB");
  }

  @Override
  public SQLXML getSQLXML() throws SQLException {
    throw cannot("XML");
  }

  @Override
  public UByte getUByte() throws SQLException {
    return UByte.valueOf(getShort());
  }

  @Override
  public UShort getUShort() throws SQLException {
    return UShort.valueOf(getInt());
  }

  @Override
  public UInteger getUInt() throws SQLException {
    return UInteger.valueOf(getLong());
  }

  @Override
  public ULong getULong() throws SQLException {
    return ULong.valueOf(getLong());
  }

  private SQLException cannot(String type) {
    return SqlErrors.unsupported("reading a column as " + type);
  }
}
