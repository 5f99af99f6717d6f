package org.btrdb.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement over {@link PreparedSql}: parameters are checked and converted as they are
 * set, batches of updates go down as one.
 */
final class BtrdbPreparedStatement extends BtrdbStatement implements PreparedStatement {
  private static final Object UNSET = new Object();

  private final PreparedSql prepared;
  private final @Nullable Object[] values;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  BtrdbPreparedStatement(BtrdbConnection connection, PreparedSql prepared) throws SQLException {
    super(connection);
    this.prepared = prepared;
    this.values = new Object[prepared.parameters().size()];
    Arrays.fill(values, UNSET);
    setPoolable(true);
  }

  // Executing.

  private boolean execute(PreparedSql.@Nullable Kind expected) throws SQLException {
    checkOpen();
    List<@Nullable Object> bound = bound();
    return run(
        scope -> {
          start(prepared, bound, expected, scope);
          return prepared.kind() == PreparedSql.Kind.QUERY;
        });
  }

  private List<@Nullable Object> bound() throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == UNSET) {
        throw SqlErrors.missingParameter(i + 1);
      }
    }
    return Collections.unmodifiableList(Arrays.asList(values.clone()));
  }

  @Override
  public boolean execute() throws SQLException {
    return execute((PreparedSql.Kind) null);
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    execute(PreparedSql.Kind.QUERY);
    return current();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(executeLargeUpdate(), Integer.MAX_VALUE);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    execute(PreparedSql.Kind.UPDATE);
    return updateCount;
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    if (prepared.kind() != PreparedSql.Kind.UPDATE) {
      throw SqlErrors.sequence("a query cannot be part of a batch");
    }
    rows.add(bound());
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    rows.clear();
  }

  /** Stores the rows of an INSERT together; other statements run row by row until one fails. */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<List<@Nullable Object>> batch = List.copyOf(rows);
    rows.clear();
    if (batch.isEmpty()) {
      return new long[0];
    }
    try {
      return run(
          scope -> {
            btrdbConnection().beforeUpdate();
            return prepared.updateBatch(batch, scope);
          });
    } catch (BatchUpdateException e) {
      throw e;
    } catch (SQLException e) {
      throw batchFailure(e, new long[0]);
    }
  }

  @Override
  SQLException failed(SQLException failure) {
    return btrdbConnection().failed(this, failure);
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // must not wait for an execution
  public void close() throws SQLException {
    boolean closesNow = !isClosed();
    try {
      super.close();
    } finally {
      if (closesNow) {
        btrdbConnection().statementClosed(this);
      }
    }
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(values, UNSET);
  }

  /** The columns to come, before execution too; null for an update. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return prepared.kind() == PreparedSql.Kind.QUERY
        ? new ColumnsMetaData(prepared.columns())
        : null;
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new ParametersMetaData(prepared.parameters());
  }

  // Setting parameters.

  private void set(int number, @Nullable Object value) throws SQLException {
    checkNumber(number);
    values[number - 1] = ParameterValue.of(value, prepared.parameters().get(number - 1));
  }

  private void checkNumber(int number) throws SQLException {
    checkOpen();
    if (number < 1 || number > values.length) {
      throw SqlErrors.noSuchColumn(
          "no parameter " + number + ": the statement has " + values.length);
    }
  }

  @Override
  public void setNull(int number, int type) throws SQLException {
    set(number, null);
  }

  @Override
  public void setNull(int number, int type, @Nullable String typeName) throws SQLException {
    set(number, null);
  }

  @Override
  public void setBoolean(int number, boolean value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setByte(int number, byte value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setShort(int number, short value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setInt(int number, int value) throws SQLException {
    set(number, value);
  }

  /** For a timestamp: nanoseconds since the epoch. */
  @Override
  public void setLong(int number, long value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setFloat(int number, float value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setDouble(int number, double value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setBigDecimal(int number, @Nullable BigDecimal value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setString(int number, @Nullable String value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setNString(int number, @Nullable String value) throws SQLException {
    set(number, value);
  }

  /** The date that the value shows in the JVM's zone. */
  @Override
  public void setDate(int number, @Nullable Date value) throws SQLException {
    set(number, value);
  }

  /** The date that the value shows in the calendar's zone. */
  @Override
  public void setDate(int number, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, value == null ? null : LegacyTime.localDate(value, calendar));
  }

  @Override
  public void setTime(int number, @Nullable Time value) throws SQLException {
    set(number, value);
  }

  @Override
  public void setTime(int number, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, value);
  }

  /** The instant of the value, with its nanoseconds. */
  @Override
  public void setTimestamp(int number, @Nullable Timestamp value) throws SQLException {
    set(number, value);
  }

  /** The same instant whatever the calendar: instants are what is stored. */
  @Override
  public void setTimestamp(int number, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    set(number, value);
  }

  @Override
  public void setObject(int number, @Nullable Object value) throws SQLException {
    set(number, value);
  }

  /** Converts to the given type first and then to the parameter's. */
  @Override
  public void setObject(int number, @Nullable Object value, int type) throws SQLException {
    checkNumber(number);
    ColumnType.Kind kind = kindOf(type);
    set(
        number,
        kind == null || value == null
            ? value
            : ParameterValue.of(value, new ColumnType(kind, -1, -1)));
  }

  @Override
  public void setObject(int number, @Nullable Object value, int type, int scale)
      throws SQLException {
    setObject(number, value, type);
  }

  @Override
  public void setObject(int number, @Nullable Object value, @Nullable SQLType type)
      throws SQLException {
    Integer jdbcType = type instanceof JDBCType known ? known.getVendorTypeNumber() : null;
    setObject(number, value, jdbcType == null ? Types.OTHER : jdbcType);
  }

  @Override
  public void setObject(int number, @Nullable Object value, @Nullable SQLType type, int scale)
      throws SQLException {
    setObject(number, value, type);
  }

  /** The kind that a type of java.sql.Types stands for; null where the parameter's own decides. */
  private static ColumnType.@Nullable Kind kindOf(int type) throws SQLException {
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> ColumnType.Kind.BOOLEAN;
      case Types.TINYINT -> ColumnType.Kind.TINYINT;
      case Types.SMALLINT -> ColumnType.Kind.SMALLINT;
      case Types.INTEGER -> ColumnType.Kind.INTEGER;
      case Types.BIGINT -> ColumnType.Kind.BIGINT;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnType.Kind.DOUBLE;
      case Types.DECIMAL, Types.NUMERIC -> ColumnType.Kind.DECIMAL;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> ColumnType.Kind.VARCHAR;
      case Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR -> ColumnType.Kind.VARCHAR;
      case Types.DATE -> ColumnType.Kind.DATE;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.Kind.TIMESTAMP;
      case Types.OTHER, Types.JAVA_OBJECT, Types.NULL -> null;
      default -> throw SqlErrors.unsupported("parameters of java.sql.Types " + type);
    };
  }

  // Text from streams.

  private void setText(int number, @Nullable Reader reader, long length) throws SQLException {
    checkNumber(number);
    set(number, reader == null ? null : readAll(reader, length));
  }

  private static String readAll(Reader reader, long length) throws SQLException {
    try {
      StringWriter text = new StringWriter();
      long copied = 0;
      for (int c; copied < length && (c = reader.read()) >= 0; copied++) {
        text.write(c);
      }
      return text.toString();
    } catch (CharacterCodingException e) {
      throw SqlErrors.notAscii("the parameter", e);
    } catch (IOException e) {
      throw SqlErrors.unreadableParameter(e);
    }
  }

  private static @Nullable Reader ascii(@Nullable InputStream stream) {
    // A decoder, unlike a charset, refuses what it cannot read.
    return stream == null
        ? null
        : new InputStreamReader(stream, StandardCharsets.US_ASCII.newDecoder());
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value, int length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setCharacterStream(int number, @Nullable Reader value, long length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setNCharacterStream(int number, @Nullable Reader value) throws SQLException {
    setText(number, value, Long.MAX_VALUE);
  }

  @Override
  public void setNCharacterStream(int number, @Nullable Reader value, long length)
      throws SQLException {
    setText(number, value, length);
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value) throws SQLException {
    setText(number, ascii(value), Long.MAX_VALUE);
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    setText(number, ascii(value), length);
  }

  @Override
  public void setAsciiStream(int number, @Nullable InputStream value, long length)
      throws SQLException {
    setText(number, ascii(value), length);
  }

  // What BTrDB has no type for.

  @Override
  public void setBytes(int number, byte @Nullable [] value) throws SQLException {
    throw SqlErrors.unsupported("setBytes");
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value) throws SQLException {
    throw SqlErrors.unsupported("setBinaryStream");
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    throw SqlErrors.unsupported("setBinaryStream");
  }

  @Override
  public void setBinaryStream(int number, @Nullable InputStream value, long length)
      throws SQLException {
    throw SqlErrors.unsupported("setBinaryStream");
  }

  @Override
  public void setBlob(int number, @Nullable Blob value) throws SQLException {
    throw SqlErrors.unsupported("setBlob");
  }

  @Override
  public void setBlob(int number, @Nullable InputStream value) throws SQLException {
    throw SqlErrors.unsupported("setBlob");
  }

  @Override
  public void setBlob(int number, @Nullable InputStream value, long length) throws SQLException {
    throw SqlErrors.unsupported("setBlob");
  }

  @Override
  public void setClob(int number, @Nullable Clob value) throws SQLException {
    throw SqlErrors.unsupported("setClob");
  }

  @Override
  public void setClob(int number, @Nullable Reader value) throws SQLException {
    throw SqlErrors.unsupported("setClob");
  }

  @Override
  public void setClob(int number, @Nullable Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("setClob");
  }

  @Override
  public void setNClob(int number, @Nullable NClob value) throws SQLException {
    throw SqlErrors.unsupported("setNClob");
  }

  @Override
  public void setNClob(int number, @Nullable Reader value) throws SQLException {
    throw SqlErrors.unsupported("setNClob");
  }

  @Override
  public void setNClob(int number, @Nullable Reader value, long length) throws SQLException {
    throw SqlErrors.unsupported("setNClob");
  }

  @Override
  public void setArray(int number, @Nullable Array value) throws SQLException {
    throw SqlErrors.unsupported("setArray");
  }

  @Override
  public void setRef(int number, @Nullable Ref value) throws SQLException {
    throw SqlErrors.unsupported("setRef");
  }

  @Override
  public void setRowId(int number, @Nullable RowId value) throws SQLException {
    throw SqlErrors.unsupported("setRowId");
  }

  @Override
  public void setSQLXML(int number, @Nullable SQLXML value) throws SQLException {
    throw SqlErrors.unsupported("setSQLXML");
  }

  @Override
  public void setURL(int number, @Nullable URL value) throws SQLException {
    throw SqlErrors.unsupported("setURL");
  }

  @Deprecated
  @Override
  public void setUnicodeStream(int number, @Nullable InputStream value, int length)
      throws SQLException {
    throw SqlErrors.unsupported("setUnicodeStream");
  }

  // What java.sql forbids on a prepared statement.

  private static SQLException notHere(String method) {
    return SqlErrors.sequence(method + " with SQL text is not for a prepared statement");
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw notHere("execute");
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw notHere("executeQuery");
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw notHere("executeUpdate");
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw notHere("addBatch");
  }
}
