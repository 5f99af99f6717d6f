package org.btrdb.spark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdbc:recorded:URL} is the driver of URL, which tells what each connection was asked and
 * which calls that was of BTrDB, when it is closed. Spark opens one for each task and closes it, so
 * nobody else could ask it.
 */
public final class RecordedDriver implements Driver {
  static final String PREFIX = "jdbc:recorded:";

  private static final Queue<Recorded> SEEN = new ConcurrentLinkedQueue<>();

  static {
    try {
      DriverManager.registerDriver(new RecordedDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * What one connection did.
   *
   * @param sql the texts of its statements
   * @param reads the names of its calls that read points, each with the rows it answered
   */
  record Recorded(List<String> sql, List<String> reads) {}

  /** Spark makes it by name. */
  public RecordedDriver() {}

  /** Takes what was recorded since the last time. */
  static List<Recorded> take() {
    List<Recorded> taken = new ArrayList<>();
    for (Recorded one = SEEN.poll(); one != null; one = SEEN.poll()) {
      taken.add(one);
    }
    return taken;
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties properties)
      throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Connection connection =
        DriverManager.getConnection(
            url.substring(PREFIX.length()), properties == null ? new Properties() : properties);
    return (Connection)
        Proxy.newProxyInstance(
            RecordedDriver.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            recorder(connection));
  }

  private static InvocationHandler recorder(Connection connection) {
    List<String> sql = new ArrayList<>();
    return (proxy, method, arguments) -> {
      if (method.getName().equals("prepareStatement")) {
        sql.add((String) arguments[0]);
      }
      if (method.getName().equals("close") && !connection.isClosed()) {
        SEEN.add(new Recorded(sql, reads(connection)));
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    };
  }

  private static List<String> reads(Connection connection) throws SQLException {
    List<String> reads = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM btrdb.session_rpcs WHERE rpc <> 'LookupStreams'")) {
      while (rows.next()) {
        reads.add(rows.getString("rpc") + " " + rows.getLong("row_count"));
      }
    }
    return reads;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.btrdb.spark");
  }
}
