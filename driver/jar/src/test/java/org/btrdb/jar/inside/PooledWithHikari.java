package org.btrdb.jar.inside;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Counts the streams through each connection of a pool of two. */
public final class PooledWithHikari implements Function<String, List<Long>> {
  @Override
  public List<Long> apply(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    // DriverManager looks by the context loader, which finds nothing here.
    config.setDriverClassName("org.btrdb.jdbc.BtrdbDriver");
    config.setMaximumPoolSize(2);
    List<Long> counts = new ArrayList<>();
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      for (Connection connection : List.of(one, two)) {
        try (Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM btrdb.streams")) {
          rows.next();
          counts.add(rows.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return counts;
  }
}
