package org.btrdb.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.btrdb.bench.ScanBenchmark.Getter;

/** Scans a table through a JDBC driver, with a fetch size that suits those that need one. */
final class JdbcReader implements Reader {
  /** PostgreSQL's driver would hold all rows otherwise; ours and DuckDB's do not look at it. */
  private static final int FETCH_ROWS = 10_000;

  private final String name;
  private final Connection connection;
  private final String table;
  private final Getter getter;

  JdbcReader(String name, Connection connection, String table, Getter getter) {
    this.name = name;
    this.connection = connection;
    this.table = table;
    this.getter = getter;
  }

  static JdbcReader over(String name, String url, String table, Getter getter) throws SQLException {
    return new JdbcReader(name, DriverManager.getConnection(url), table, getter);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long read(long points) {
    Sums sums = new Sums();
    long read = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery("SELECT time, value FROM " + table)) {
        if (getter == Getter.LONG) {
          while (rows.next()) {
            sums.add(rows.getLong(1), rows.getDouble(2));
            read++;
          }
        } else {
          while (rows.next()) {
            sums.add(rows.getTimestamp(1).getNanos(), rows.getDouble(2));
            read++;
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
    sums.check(points);
    return read;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(name + " cannot be closed", e);
    }
  }
}
