package org.btrdb.jar.inside;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP. */
public final class PooledWithHikari extends PooledByDataSource {
  /** Else it trusts what was used half a second ago. */
  private static final String TRUST = "com.zaxxer.hikari.aliveBypassWindowMs";

  @Override
  DataSource pool(String url) {
    System.setProperty(TRUST, "-1");
    // By its class, for DriverManager looks by the context loader, which finds nothing here.
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setDriverClassName("org.btrdb.jdbc.BtrdbDriver");
    config.setMaximumPoolSize(2);
    HikariDataSource pool = new HikariDataSource(config);
    return pool;
  }

  @Override
  void close(DataSource pool) {
    ((HikariDataSource) pool).close();
    System.clearProperty(TRUST);
  }
}
