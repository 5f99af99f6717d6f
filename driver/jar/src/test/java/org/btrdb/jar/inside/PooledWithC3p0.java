package org.btrdb.jar.inside;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.c3p0.DataSources;
import java.beans.PropertyVetoException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** C3P0, which tests each connection as it is taken. */
public final class PooledWithC3p0 extends PooledByDataSource {
  @Override
  DataSource pool(String url) throws PropertyVetoException {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setDriverClass("org.btrdb.jdbc.BtrdbDriver");
    pool.setJdbcUrl(url);
    pool.setMinPoolSize(1);
    pool.setInitialPoolSize(1);
    pool.setMaxPoolSize(2);
    pool.setNumHelperThreads(1);
    pool.setTestConnectionOnCheckout(true);
    return pool;
  }

  @Override
  void close(DataSource pool) throws SQLException {
    DataSources.destroy(pool);
  }
}
