package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/** What an application does with the data source of a pool, whichever pool it is. */
abstract class PooledByDataSource implements Function<String, List<String>> {
  private static final String TIME = "2016-07-01 00:00:00.123456789";

  /** A pool of the driver's connections. */
  abstract DataSource pool(String url) throws Exception;

  abstract void close(DataSource pool) throws Exception;

  @Override
  public final List<String> apply(String url) {
    List<String> seen = new ArrayList<>();
    try {
      DataSource pool = pool(url);
      try {
        write(pool);
        for (int i = 0; i < 3; i++) {
          read(pool, seen);
        }
      } finally {
        close(pool);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return seen;
  }

  private static void write(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE pool.s (time TIMESTAMP(9), value DOUBLE)");
      statement.execute("INSERT INTO pool.s VALUES (TIMESTAMP '" + TIME + "', 60.25)");
    }
  }

  /** Leaves the connection in another state than it was in, which the pool has to mend. */
  private static void read(DataSource pool, List<String> seen) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      seen.add(connection.getAutoCommit() + " " + connection.isReadOnly());
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT time, value FROM pool.s WHERE time = ?")) {
        statement.setObject(1, LocalDateTime.parse(TIME.replace(' ', 'T')));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            seen.add(rows.getObject(1, LocalDateTime.class) + " " + rows.getDouble(2));
          }
        }
      }
      connection.rollback();
    }
  }
}
