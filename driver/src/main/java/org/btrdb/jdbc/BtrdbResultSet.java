package org.btrdb.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Rows, forward only; closing it ends the calls behind it at once. */
final class BtrdbResultSet extends AvaticaResultSet {
  private Cursor.@Nullable Accessor lastRead;

  private BtrdbResultSet(BtrdbStatement statement, Meta.Signature signature) throws SQLException {
    super(
        statement,
        new QueryState(signature.sql),
        signature,
        metaData(statement, signature),
        statement.connection.getTimeZone(),
        Meta.Frame.EMPTY);
  }

  private static ResultSetMetaData metaData(BtrdbStatement statement, Meta.Signature signature) {
    return new AvaticaResultSetMetaData(statement, null, signature);
  }

  /** A result set over some rows, which it owns. */
  static BtrdbResultSet over(
      BtrdbStatement statement, Meta.Signature signature, List<Column> columns, RowCursor rows)
      throws SQLException {
    BtrdbResultSet results = new BtrdbResultSet(statement, signature);
    results.execute2(new BtrdbCursor(rows, columns), signature.columns);
    return results;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of("24000", "the result set is closed", null);
    }
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    for (ColumnMetaData column : columnMetaDataList) {
      if (column.label.equalsIgnoreCase(label)) {
        return column.ordinal + 1;
      }
    }
    throw SqlErrors.of("42S22", "the result has no column '" + label + "'", null);
  }

  private Cursor.Accessor accessor(int column) throws SQLException {
    checkOpen();
    if (column < 1 || column > columnMetaDataList.size()) {
      throw SqlErrors.of(
          "07009",
          "the result has columns 1 to " + columnMetaDataList.size() + ", not " + column,
          null);
    }
    Cursor.Accessor accessor = accessorList.get(column - 1);
    lastRead = accessor;
    return accessor;
  }

  @Override
  public boolean wasNull() throws SQLException {
    checkOpen();
    return lastRead != null && lastRead.wasNull();
  }

  @Override
  public long getLong(int column) throws SQLException {
    return accessor(column).getLong();
  }

  @Override
  public double getDouble(int column) throws SQLException {
    return accessor(column).getDouble();
  }

  @Override
  public int getInt(int column) throws SQLException {
    return accessor(column).getInt();
  }

  @Override
  public String getString(int column) throws SQLException {
    return accessor(column).getString();
  }

  @Override
  public java.sql.Timestamp getTimestamp(int column) throws SQLException {
    return accessor(column).getTimestamp(localCalendar);
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    return accessor(column).getBoolean();
  }

  @Override
  public Object getObject(int column) throws SQLException {
    return accessor(column).getObject();
  }

  @Override
  public <T> T getObject(int column, Class<T> type) throws SQLException {
    return accessor(column).getObject(type);
  }

  @Override
  public Object getObject(String label) throws SQLException {
    return getObject(findColumn(label));
  }

  @Override
  public <T> T getObject(String label, Class<T> type) throws SQLException {
    return getObject(findColumn(label), type);
  }

  @Override
  public long getLong(String label) throws SQLException {
    return getLong(findColumn(label));
  }

  @Override
  public int getInt(String label) throws SQLException {
    return getInt(findColumn(label));
  }

  @Override
  public double getDouble(String label) throws SQLException {
    return getDouble(findColumn(label));
  }

  @Override
  public String getString(String label) throws SQLException {
    return getString(findColumn(label));
  }

  @Override
  public java.sql.Timestamp getTimestamp(String label) throws SQLException {
    return getTimestamp(findColumn(label));
  }

  @Override
  public boolean getBoolean(String label) throws SQLException {
    return getBoolean(findColumn(label));
  }
}
