package org.btrdb.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.btrdb.client.time.IsoTime;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a statement, forward-only, straight from a {@link RowCursor}: numbers and times are read
 * without boxing.
 *
 * <p>A timestamp is an instant: {@code getTimestamp} gives the Timestamp whose {@code toInstant()}
 * it is, in every JVM zone and whatever the calendar; {@code getLong} gives its nanoseconds since
 * the epoch; text, dates, times of day and LocalDateTimes are in UTC.
 */
final class BtrdbResultSet extends ForwardOnlyResultSet {

  /** A conversion of a value that is not NULL. */
  @FunctionalInterface
  private interface Read<T> {
    T from(ColumnReader column) throws SQLException;
  }

  private static final char MAX_ASCII = 0x7F;

  private final BtrdbStatement statement;
  private final List<Column> columns;
  private final RowCursor rows;
  private final ColumnReader[] readers;
  private final Map<String, Integer> labels = new HashMap<>();
  private final NetworkWatch watch;
  private int fetchSize;
  private long row;
  private boolean onRow;
  private boolean ended;
  private boolean peeked;
  private boolean wasNull;
  private @Nullable RuntimeException readFailure;
  private volatile boolean closed;

  BtrdbResultSet(
      BtrdbStatement statement, List<Column> columns, RowCursor rows, NetworkWatch watch) {
    this.statement = statement;
    this.columns = columns;
    this.rows = rows;
    this.watch = watch;
    this.readers = new ColumnReader[columns.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = ColumnReader.of(rows, i, columns.get(i));
    }
  }

  @Override
  public boolean next() throws SQLException {
    checkRead();
    if (peeked) {
      peeked = false;
      onRow = !ended;
    } else {
      onRow = !ended && advance();
    }
    if (onRow) {
      row++;
    }
    return onRow;
  }

  private boolean advance() throws SQLException {
    try {
      watch.begin();
      boolean isRow = rows.next();
      if (closed) {
        // By another thread: what was computed from rows that ended early would be wrong.
        onRow = false;
        throw SqlErrors.closed("result set");
      }
      if (isRow) {
        return true;
      }
      ended = true;
      rows.close(); // nothing more is to come: let the server's side go now
      statement.rowsEnded();
      return false;
    } catch (RuntimeException e) {
      onRow = false;
      ended = true;
      readFailure = e;
      throw statement.failed(unlessClosed(watch.explain(e)));
    } finally {
      watch.end();
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    onRow = false;
    try {
      rows.close();
    } catch (RuntimeException e) {
      throw statement.failed(SqlErrors.of(e));
    } finally {
      statement.resultClosed(this);
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("result set");
    }
  }

  /** Fails again once a read has failed: what was read until then are not all rows. */
  private void checkRead() throws SQLException {
    checkOpen();
    if (readFailure != null) {
      throw unlessClosed(watch.explain(readFailure));
    }
  }

  /**
   * What failed; if another thread closed the result, its rows were let go under the reader, and
   * nothing else is wrong, least of all with the connection.
   */
  private SQLException unlessClosed(SQLException failure) {
    return (closed || statement.isClosed()) && !SqlErrors.isCancelled(failure)
        ? SqlErrors.closed("result set")
        : failure;
  }

  /** The reader of a column of the current row; remembers whether the value is NULL. */
  private ColumnReader column(int number) throws SQLException {
    if (!onRow) {
      checkOpen();
      throw SqlErrors.noCurrentRow();
    }
    if (number < 1 || number > readers.length) {
      throw SqlErrors.noSuchColumn(
          "no column " + number + ": the result has columns 1 to " + readers.length);
    }
    ColumnReader column = readers[number - 1];
    try {
      wasNull = column.isNull();
    } catch (RuntimeException e) {
      throw unlessClosed(SqlErrors.of(e));
    }
    return column;
  }

  private <T> @Nullable T read(int number, Read<T> conversion) throws SQLException {
    ColumnReader column = column(number);
    try {
      return wasNull ? null : conversion.from(column);
    } catch (RuntimeException e) {
      throw unlessClosed(SqlErrors.of(e));
    }
  }

  private long readLong(int number, long min, long max, String type) throws SQLException {
    ColumnReader column = column(number);
    try {
      long value = wasNull ? 0 : column.integer();
      if (value < min || value > max) {
        throw SqlErrors.outOfRange(value, type);
      }
      return value;
    } catch (RuntimeException e) {
      throw unlessClosed(SqlErrors.of(e));
    }
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return wasNull;
  }

  @Override
  public boolean getBoolean(int number) throws SQLException {
    ColumnReader column = column(number);
    try {
      return !wasNull && column.bool();
    } catch (RuntimeException e) {
      throw unlessClosed(SqlErrors.of(e));
    }
  }

  @Override
  public byte getByte(int number) throws SQLException {
    return (byte) readLong(number, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
  }

  @Override
  public short getShort(int number) throws SQLException {
    return (short) readLong(number, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
  }

  @Override
  public int getInt(int number) throws SQLException {
    return (int) readLong(number, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
  }

  @Override
  public long getLong(int number) throws SQLException {
    return readLong(number, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
  }

  @Override
  public float getFloat(int number) throws SQLException {
    double value = getDouble(number);
    return ObjectForms.toFloat(value);
  }

  @Override
  public double getDouble(int number) throws SQLException {
    ColumnReader column = column(number);
    try {
      return wasNull ? 0 : column.floating();
    } catch (RuntimeException e) {
      throw unlessClosed(SqlErrors.of(e));
    }
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int number) throws SQLException {
    return read(number, ColumnReader::decimal);
  }

  @Deprecated
  @Override
  public @Nullable BigDecimal getBigDecimal(int number, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(number);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public @Nullable String getString(int number) throws SQLException {
    return read(number, ColumnReader::text);
  }

  @Override
  public @Nullable String getNString(int number) throws SQLException {
    return getString(number);
  }

  @Override
  public byte @Nullable [] getBytes(int number) throws SQLException {
    return read(number, ColumnReader::bytes);
  }

  /** The date in UTC. */
  @Override
  public @Nullable Date getDate(int number) throws SQLException {
    return getDate(number, null);
  }

  /** The date in UTC, as midnight in the calendar's zone. */
  @Override
  public @Nullable Date getDate(int number, @Nullable Calendar calendar) throws SQLException {
    return read(number, column -> LegacyTime.date(column.date(), calendar));
  }

  /** The time of day in UTC. */
  @Override
  public @Nullable Time getTime(int number) throws SQLException {
    return getTime(number, null);
  }

  /** The time of day in UTC, as that time in the calendar's zone. */
  @Override
  public @Nullable Time getTime(int number, @Nullable Calendar calendar) throws SQLException {
    return read(number, column -> LegacyTime.time(column.time(), calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int number) throws SQLException {
    return read(number, column -> Timestamp.from(IsoTime.instantOf(column.instantNanos())));
  }

  /** The same instant whatever the calendar: instants are what is stored. */
  @Override
  public @Nullable Timestamp getTimestamp(int number, @Nullable Calendar calendar)
      throws SQLException {
    return getTimestamp(number);
  }

  @Override
  public @Nullable Object getObject(int number) throws SQLException {
    return read(number, ColumnReader::object);
  }

  @Override
  public <T> @Nullable T getObject(int number, Class<T> type) throws SQLException {
    if (type == null) {
      throw SqlErrors.invalidArgument("getObject needs a class");
    }
    return read(number, column -> ObjectForms.as(type, column));
  }

  @Override
  public @Nullable Object getObject(int number, @Nullable Map<String, Class<?>> types)
      throws SQLException {
    if (types != null && !types.isEmpty()) {
      throw SqlErrors.unsupported("type maps");
    }
    return getObject(number);
  }

  @Override
  public @Nullable InputStream getAsciiStream(int number) throws SQLException {
    return read(number, column -> new ByteArrayInputStream(ascii(column.text())));
  }

  private static byte[] ascii(String text) throws SQLException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > MAX_ASCII) {
        throw SqlErrors.notAscii("the value", null);
      }
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int number) throws SQLException {
    return read(number, column -> new ByteArrayInputStream(column.bytes()));
  }

  @Override
  public @Nullable Reader getCharacterStream(int number) throws SQLException {
    return read(number, column -> new StringReader(column.text()));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int number) throws SQLException {
    return getCharacterStream(number);
  }

  /** The first column with a label in this spelling, else in any case. */
  @Override
  public int findColumn(@Nullable String label) throws SQLException {
    checkOpen();
    Integer known = labels.get(label);
    if (known != null) {
      return known;
    }
    int number = label == null ? 0 : numberOf(label::equals);
    if (label != null && number == 0) {
      number = numberOf(label::equalsIgnoreCase);
    }
    if (label != null && number > 0) {
      labels.put(label, number);
      return number;
    }
    throw SqlErrors.noSuchColumn(
        "no column '"
            + label
            + "': the result has "
            + String.join(", ", columns.stream().map(Column::label).toList()));
  }

  /** The first column whose label fits, 0 if there is none. */
  private int numberOf(Predicate<String> fits) {
    for (int i = 0; i < columns.size(); i++) {
      if (fits.test(columns.get(i).label())) {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new ColumnsMetaData(columns);
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkRead();
    if (row == 0 && !ended && !peeked) {
      peeked = true;
      advance();
    }
    return row == 0 && !ended;
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkRead();
    return !onRow && ended && row > 0;
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return onRow && row == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("isLast of a forward-only result");
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    if (row > Integer.MAX_VALUE) {
      throw SqlErrors.outOfRange(row, "INTEGER");
    }
    return onRow ? (int) row : 0;
  }

  @Override
  public boolean rowUpdated() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowInserted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public String getCursorName() throws SQLException {
    throw SqlErrors.unsupported("named cursors");
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD) {
      throw SqlErrors.invalidArgument("a forward-only result is fetched forward only");
    }
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return ResultSet.FETCH_FORWARD;
  }

  /** A hint that changes nothing: rows come in the server's batches. */
  @Override
  public void setFetchSize(int size) throws SQLException {
    checkOpen();
    fetchSize = StatementChecks.fetchSize(size);
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public int getType() throws SQLException {
    checkOpen();
    return ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  /** The statement; null for a result of DatabaseMetaData. */
  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement.isInternal() ? null : statement;
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapping.unwrap(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return Wrapping.isWrapper(this, type);
  }
}
