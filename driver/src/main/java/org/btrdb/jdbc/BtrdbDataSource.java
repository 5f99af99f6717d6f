package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new connection each time it is asked. Connections of one process to one place share their
 * channel, so this is cheap; a pool is of use where its own features are.
 */
public final class BtrdbDataSource extends BtrdbCommonDataSource implements DataSource {

  /** A data source whose properties are to be set. */
  public BtrdbDataSource() {}

  @Override
  public Connection getConnection() throws SQLException {
    return connect(null, null);
  }

  /** The password is the API key, whatever key the properties have; BTrDB has no user names. */
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return connect(user, password);
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    throw SqlErrors.unsupported("connection builders");
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
