package org.btrdb.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;

/**
 * A database through its JDBC driver, by statements that stay prepared. A scan asks for no order:
 * all three answer in that of time, which is that of insertion or of the key, and that is checked.
 */
final class SqlEngine implements PointEngine {
  private static final String STATISTICS =
      "COUNT(*), MIN(value), MAX(value), AVG(value), STDDEV_POP(value) FROM ";

  private final SqlDialect dialect;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private SqlEngine(SqlDialect dialect, Connection connection) {
    this.dialect = dialect;
    this.connection = connection;
  }

  /** Makes the empty table of a directory that is new. */
  static SqlEngine create(SqlDialect dialect, Path directory) throws SQLException {
    SqlEngine engine = open(dialect, directory);
    try (Statement statement = engine.connection.createStatement()) {
      statement.execute(dialect.create());
    }
    engine.commit();
    return engine;
  }

  /** Opens the table of a directory. */
  static SqlEngine open(SqlDialect dialect, Path directory) throws SQLException {
    return new SqlEngine(dialect, dialect.connect(directory));
  }

  @Override
  public void insert(PointBatch points) {
    try {
      dialect.insert(connection, points);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public ScanSums scan() {
    long points = 0;
    long times = 0;
    double values = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT time, value FROM " + dialect.table())) {
      while (rows.next()) {
        points++;
        times = ScanSums.mix(times, rows.getLong(1));
        values += rows.getDouble(2);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
    return new ScanSums(points, times, values);
  }

  @Override
  public StatBatch windows(TimeRange range, long widthNanos) {
    String bucket = dialect.bucket(range.startNanos(), widthNanos);
    StatBatch all = new StatBatch(1_024);
    ask(
        "SELECT "
            + bucket
            + ", "
            + STATISTICS
            + dialect.table()
            + " WHERE time >= ? AND time < ? GROUP BY "
            + bucket
            + " ORDER BY 1",
        rows -> addStatistics(all, rows.getLong(1), rows, 2),
        range.startNanos(),
        range.endNanos());
    return all;
  }

  @Override
  public StatBatch statistics() {
    StatBatch all = new StatBatch(1);
    ask("SELECT " + STATISTICS + dialect.table(), rows -> addStatistics(all, 0, rows, 1));
    return all;
  }

  @Override
  public Point before(long timeNanos) {
    Point[] found = new Point[1];
    ask(
        "SELECT time, value FROM " + dialect.table() + " WHERE time < ? ORDER BY time DESC LIMIT 1",
        rows -> found[0] = new Point(rows.getLong(1), rows.getDouble(2)),
        timeNanos);
    return found[0];
  }

  private static void addStatistics(StatBatch to, long time, ResultSet rows, int first)
      throws SQLException {
    to.add(
        time,
        rows.getDouble(first + 1),
        rows.getDouble(first + 3),
        rows.getDouble(first + 2),
        rows.getLong(first),
        rows.getDouble(first + 4));
  }

  private void ask(String sql, RowTaker taker, long... parameters) {
    try {
      PreparedStatement statement = prepared.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
      }
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void commit() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private IllegalStateException failure(SQLException e) {
    return new IllegalStateException(dialect + " refuses: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      commit();
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Takes the row that a result stands at. */
  @FunctionalInterface
  private interface RowTaker {
    void take(ResultSet rows) throws SQLException;
  }
}
