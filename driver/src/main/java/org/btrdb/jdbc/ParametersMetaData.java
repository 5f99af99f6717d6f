package org.btrdb.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;
import org.btrdb.sql.row.ColumnType;

/** ParameterMetaData over the parameters of a prepared statement. */
final class ParametersMetaData implements ParameterMetaData {
  private final List<ColumnType> parameters;

  ParametersMetaData(List<ColumnType> parameters) {
    this.parameters = parameters;
  }

  private ColumnType parameter(int number) throws SQLException {
    if (number < 1 || number > parameters.size()) {
      throw SqlErrors.noSuchColumn(
          "no parameter " + number + ": the statement has " + parameters.size());
    }
    return parameters.get(number - 1);
  }

  private SqlTypeInfo type(int number) throws SQLException {
    return SqlTypeInfo.of(parameter(number).kind());
  }

  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int number) throws SQLException {
    parameter(number);
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int number) throws SQLException {
    return type(number).signed();
  }

  @Override
  public int getPrecision(int number) throws SQLException {
    return SqlTypeInfo.precision(parameter(number));
  }

  @Override
  public int getScale(int number) throws SQLException {
    return SqlTypeInfo.scale(parameter(number));
  }

  @Override
  public int getParameterType(int number) throws SQLException {
    return type(number).jdbcType();
  }

  @Override
  public String getParameterTypeName(int number) throws SQLException {
    return type(number).name();
  }

  @Override
  public String getParameterClassName(int number) throws SQLException {
    return type(number).className();
  }

  @Override
  public int getParameterMode(int number) throws SQLException {
    parameter(number);
    return parameterModeIn;
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
