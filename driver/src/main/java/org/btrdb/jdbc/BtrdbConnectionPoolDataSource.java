package org.btrdb.jdbc;

import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the physical connections of a pool that wants to be told when its handles are closed. */
public final class BtrdbConnectionPoolDataSource extends BtrdbCommonDataSource
    implements ConnectionPoolDataSource {

  /** A data source whose properties are to be set. */
  public BtrdbConnectionPoolDataSource() {}

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return getPooledConnection(null, null);
  }

  /** The password is the API key, whatever key the properties have; BTrDB has no user names. */
  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return new BtrdbPooledConnection(connect(user, password));
  }

  @Override
  public PooledConnectionBuilder createPooledConnectionBuilder() throws SQLException {
    throw SqlErrors.unsupported("connection builders");
  }
}
