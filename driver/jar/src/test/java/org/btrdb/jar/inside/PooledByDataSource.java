package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.btrdb.jdbc.BtrdbDriver;

/**
 * What an application does with the data source of a pool of two, whichever pool it is. Each time a
 * connection is taken there are a line of its state and one of the row read; at the end, whether
 * one closed behind the pool's back was noticed, and whether a returned one is closed.
 */
abstract class PooledByDataSource implements Function<String, List<String>> {
  private static final String TIME = "2016-07-01 00:00:00.123456789";

  /** A pool of the driver's connections. */
  abstract DataSource pool(String url) throws Exception;

  abstract void close(DataSource pool) throws Exception;

  @Override
  public final List<String> apply(String url) {
    List<String> seen = new ArrayList<>();
    // A database in memory ends with its last connection.
    try (Connection held = Objects.requireNonNull(new BtrdbDriver().connect(url, null));
        Statement statement = held.createStatement()) {
      statement.execute("CREATE TABLE pool.s (time TIMESTAMP(9), value DOUBLE)");
      DataSource pool = pool(url);
      try {
        write(pool);
        for (int i = 0; i < 3; i++) {
          read(pool, seen);
        }
        seen.add("replaced: " + replacesDead(pool));
        seen.add("returned: " + closesReturned(pool));
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

  private static boolean replacesDead(DataSource pool) throws SQLException, ClassNotFoundException {
    Class<? extends Connection> ours =
        Class.forName("org.btrdb.jdbc.BtrdbConnection").asSubclass(Connection.class);
    Connection dead;
    try (Connection connection = pool.getConnection()) {
      dead = connection.unwrap(ours);
    }
    dead.close();
    try (Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      return one.isValid(5) && two.isValid(5);
    }
  }

  private static boolean closesReturned(DataSource pool) throws SQLException {
    Connection connection = pool.getConnection();
    connection.close();
    return connection.isClosed();
  }
}
