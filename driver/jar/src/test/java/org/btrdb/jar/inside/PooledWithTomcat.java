package org.btrdb.jar.inside;

import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** The pool of Tomcat. */
public final class PooledWithTomcat extends PooledByDataSource {
  @Override
  DataSource pool(String url) {
    PoolProperties properties = new PoolProperties();
    properties.setDriverClassName("org.btrdb.jdbc.BtrdbDriver");
    properties.setUrl(url);
    properties.setMaxActive(2);
    properties.setDefaultAutoCommit(true);
    properties.setDefaultReadOnly(false);
    properties.setTestOnBorrow(true);
    properties.setValidationInterval(0); // else it trusts what it checked three seconds ago
    properties.setJdbcInterceptors("ConnectionState");
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  @Override
  void close(DataSource pool) {
    ((org.apache.tomcat.jdbc.pool.DataSource) pool).close();
  }
}
