package org.btrdb.jdbc;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;
import org.btrdb.sql.row.ColumnType;

/** What is known of a statement's parameters before it runs. */
record BtrdbParameterMetaData(List<ColumnType> types) implements ParameterMetaData {

  private ColumnType type(int parameter) throws SQLException {
    if (parameter < 1 || parameter > types.size()) {
      throw SqlErrors.of(
          "07009",
          "the statement has " + types.size() + " parameters; there is no number " + parameter,
          null);
    }
    return types.get(parameter - 1);
  }

  @Override
  public int getParameterCount() {
    return types.size();
  }

  @Override
  public int isNullable(int parameter) {
    return parameterNullableUnknown;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    return Signatures.isNumber(type(parameter));
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    return Math.max(0, type(parameter).precision());
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    return type(parameter).scale();
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    return Signatures.jdbcType(type(parameter));
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    return Signatures.typeName(type(parameter));
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    return Signatures.className(type(parameter));
  }

  @Override
  public int getParameterMode(int parameter) {
    return parameterModeIn;
  }

  @Override
  public <T> T unwrap(Class<T> iface) throws SQLException {
    if (iface.isInstance(this)) {
      return iface.cast(this);
    }
    throw SqlErrors.unsupported("unwrapping as " + iface.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> iface) {
    return iface.isInstance(this);
  }
}
