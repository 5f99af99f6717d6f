package org.btrdb.jar.inside;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

/** Commons DBCP 2. */
public final class PooledWithDbcp extends PooledByDataSource {
  @Override
  DataSource pool(String url) {
    BasicDataSource pool = new BasicDataSource();
    pool.setDriverClassName("org.btrdb.jdbc.BtrdbDriver");
    pool.setUrl(url);
    pool.setMaxTotal(2);
    pool.setDefaultAutoCommit(true);
    pool.setDefaultReadOnly(false);
    return pool;
  }

  @Override
  void close(DataSource pool) throws SQLException {
    ((BasicDataSource) pool).close();
  }
}
