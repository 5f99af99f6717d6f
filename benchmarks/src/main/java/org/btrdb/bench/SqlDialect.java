package org.btrdb.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.btrdb.client.batch.PointBatch;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** How a database is asked through JDBC; each in the way that is best for it. */
enum SqlDialect {
  BTRDB(
      "bench.s",
      "CREATE TABLE bench.s (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)",
      "TIME_BUCKET(%width, time, FROM_NANOS(%start))") {
    @Override
    Connection connect(Path directory) throws SQLException {
      return DriverManager.getConnection("jdbc:btrdb:file:" + directory);
    }

    @Override
    void insert(Connection connection, PointBatch points) throws SQLException {
      addBatch(connection, table(), points);
    }
  },

  /**
   * Times are whole numbers, which its driver reads fastest. No index: it finds times by the bounds
   * of its row groups, and an index would slow inserts and not be used for {@code ORDER BY}.
   */
  DUCKDB(
      "points",
      "CREATE TABLE points (time BIGINT NOT NULL, value DOUBLE NOT NULL)",
      "%start + (time - %start) // %width * %width") {
    @Override
    Connection connect(Path directory) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("jdbc_stream_results", "true"); // else all rows are held at once
      Connection connection =
          DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("duck.db"), properties);
      connection.setAutoCommit(false);
      return connection;
    }

    @Override
    void insert(Connection connection, PointBatch points) throws SQLException {
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("main", table())) {
        for (int i = 0; i < points.size(); i++) {
          appender.beginRow();
          appender.append(points.time(i));
          appender.append(points.value(i));
          appender.endRow();
        }
      }
      connection.commit();
    }
  },

  /**
   * The time is the primary key, by which H2 keeps its rows, so there is no second tree. Its
   * commits are not durable, hence the checkpoint.
   */
  H2(
      "points",
      "CREATE TABLE points (time BIGINT PRIMARY KEY, value DOUBLE PRECISION NOT NULL)",
      "%start + (time - %start) / %width * %width") {
    @Override
    Connection connect(Path directory) throws SQLException {
      long cacheKilobytes = Math.min(256 << 10, Runtime.getRuntime().maxMemory() / 4 / 1_024);
      Connection connection =
          DriverManager.getConnection(
              "jdbc:h2:"
                  + directory.resolve("h2")
                  + ";NON_KEYWORDS=VALUE;LAZY_QUERY_EXECUTION=1;CACHE_SIZE="
                  + cacheKilobytes);
      connection.setAutoCommit(false);
      return connection;
    }

    @Override
    void insert(Connection connection, PointBatch points) throws SQLException {
      addBatch(connection, table(), points);
      connection.commit();
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    }
  };

  private final String table;
  private final String create;
  private final String bucket;

  SqlDialect(String table, String create, String bucket) {
    this.table = table;
    this.create = create;
    this.bucket = bucket;
  }

  /** Opens the database of a directory, making it if it is missing. */
  abstract Connection connect(Path directory) throws SQLException;

  /** Stores points durably, in one commit. */
  abstract void insert(Connection connection, PointBatch points) throws SQLException;

  String table() {
    return table;
  }

  /** The statement that makes the table. */
  String create() {
    return create;
  }

  /** The start of the window that a row belongs to. */
  String bucket(long startNanos, long widthNanos) {
    return bucket
        .replace("%start", String.valueOf(startNanos))
        .replace("%width", String.valueOf(widthNanos));
  }

  private static void addBatch(Connection connection, String table, PointBatch points)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " (time, value) VALUES (?, ?)")) {
      for (int i = 0; i < points.size(); i++) {
        insert.setLong(1, points.time(i));
        insert.setDouble(2, points.value(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
