package org.btrdb.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaSpecificDatabaseMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * What Avatica asks to make java.sql objects.
 *
 * <p>Prepared statements and results are ours and made by {@link BtrdbConnection} and {@link
 * BtrdbStatement}; Avatica's own are refused here, so that none of its untyped, millisecond cursors
 * can come into being.
 */
final class BtrdbFactory implements AvaticaFactory {

  @Override
  public int getJdbcMajorVersion() {
    return Product.JDBC_MAJOR;
  }

  @Override
  public int getJdbcMinorVersion() {
    return Product.JDBC_MINOR;
  }

  @Override
  public AvaticaConnection newConnection(
      UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info)
      throws SQLException {
    return BtrdbConnection.open(driver, factory, BtrdbUrl.parse(url, info));
  }

  @Override
  public AvaticaStatement newStatement(
      AvaticaConnection connection,
      Meta.@Nullable StatementHandle handle,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability) {
    return new BtrdbStatement((BtrdbConnection) connection);
  }

  @Override
  public AvaticaSpecificDatabaseMetaData newDatabaseMetaData(AvaticaConnection connection) {
    return new BtrdbDatabaseMetaData((BtrdbConnection) connection);
  }

  @Override
  public AvaticaPreparedStatement newPreparedStatement(
      AvaticaConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int resultSetType,
      int resultSetConcurrency,
      int resultSetHoldability)
      throws SQLException {
    throw SqlErrors.unsupported("Avatica's prepared statement");
  }

  @Override
  public AvaticaResultSet newResultSet(
      AvaticaStatement statement,
      QueryState state,
      Meta.Signature signature,
      TimeZone timeZone,
      Meta.Frame firstFrame)
      throws SQLException {
    throw SqlErrors.unsupported("Avatica's result set");
  }

  @Override
  public ResultSetMetaData newResultSetMetaData(
      AvaticaStatement statement, Meta.Signature signature) throws SQLException {
    throw SqlErrors.unsupported("Avatica's result set metadata");
  }
}
