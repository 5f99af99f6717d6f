package org.btrdb.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.btrdb.sql.row.Column;
import org.btrdb.sql.row.ColumnType;

/** ResultSetMetaData over the columns of a result. */
final class ColumnsMetaData implements ResultSetMetaData {
  private final List<Column> columns;

  ColumnsMetaData(List<Column> columns) {
    this.columns = columns;
  }

  private Column column(int number) throws SQLException {
    if (number < 1 || number > columns.size()) {
      throw SqlErrors.noSuchColumn(
          "no column " + number + ": the result has columns 1 to " + columns.size());
    }
    return columns.get(number - 1);
  }

  private SqlTypeInfo type(int number) throws SQLException {
    return SqlTypeInfo.of(column(number).type().kind());
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public String getColumnLabel(int number) throws SQLException {
    return column(number).label();
  }

  @Override
  public String getColumnName(int number) throws SQLException {
    return column(number).name();
  }

  /** Empty for an expression, as java.sql says it. */
  @Override
  public String getSchemaName(int number) throws SQLException {
    String schema = column(number).schema();
    return schema == null ? "" : schema;
  }

  /** Empty for an expression, as java.sql says it. */
  @Override
  public String getTableName(int number) throws SQLException {
    String table = column(number).table();
    return table == null ? "" : table;
  }

  @Override
  public String getCatalogName(int number) throws SQLException {
    column(number);
    return "";
  }

  @Override
  public int getColumnType(int number) throws SQLException {
    return type(number).jdbcType();
  }

  @Override
  public String getColumnTypeName(int number) throws SQLException {
    return type(number).name();
  }

  @Override
  public String getColumnClassName(int number) throws SQLException {
    return type(number).className();
  }

  @Override
  public int getPrecision(int number) throws SQLException {
    return SqlTypeInfo.precision(column(number).type());
  }

  @Override
  public int getScale(int number) throws SQLException {
    return SqlTypeInfo.scale(column(number).type());
  }

  @Override
  public int getColumnDisplaySize(int number) throws SQLException {
    return SqlTypeInfo.displaySize(column(number).type());
  }

  @Override
  public int isNullable(int number) throws SQLException {
    return column(number).nullable() ? columnNullable : columnNoNulls;
  }

  @Override
  public boolean isSigned(int number) throws SQLException {
    return type(number).signed();
  }

  @Override
  public boolean isCaseSensitive(int number) throws SQLException {
    ColumnType.Kind kind = column(number).type().kind();
    return kind == ColumnType.Kind.VARCHAR || kind == ColumnType.Kind.CHAR;
  }

  @Override
  public boolean isSearchable(int number) throws SQLException {
    column(number);
    return true;
  }

  @Override
  public boolean isAutoIncrement(int number) throws SQLException {
    column(number);
    return false;
  }

  @Override
  public boolean isCurrency(int number) throws SQLException {
    column(number);
    return false;
  }

  @Override
  public boolean isReadOnly(int number) throws SQLException {
    column(number);
    return true;
  }

  @Override
  public boolean isWritable(int number) throws SQLException {
    column(number);
    return false;
  }

  @Override
  public boolean isDefinitelyWritable(int number) throws SQLException {
    column(number);
    return false;
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
