package org.btrdb.jar.inside;

import javax.sql.DataSource;
import org.btrdb.jdbc.BtrdbDriver;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur, which checks each connection as it is taken and bounds that by the network timeout. */
public final class PooledWithVibur extends PooledByDataSource {
  @Override
  DataSource pool(String url) {
    // It makes its proxies in the context loader.
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    ViburDBCPDataSource pool = new ViburDBCPDataSource();
    pool.setDriver(new BtrdbDriver());
    pool.setJdbcUrl(url);
    pool.setUsername("");
    pool.setPassword("");
    pool.setPoolInitialSize(1);
    pool.setPoolMaxSize(2);
    pool.setConnectionIdleLimitInSeconds(0); // else it trusts what was used a second ago
    pool.setUseNetworkTimeout(true);
    pool.setNetworkTimeoutExecutor(Runnable::run);
    pool.setResetDefaultsAfterUse(true);
    pool.setDefaultAutoCommit(true);
    pool.setDefaultReadOnly(false);
    pool.setClearSQLWarnings(true);
    pool.start();
    return pool;
  }

  @Override
  void close(DataSource pool) {
    ((ViburDBCPDataSource) pool).close();
  }
}
