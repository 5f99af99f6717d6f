package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A web application that is taken down while the threads of its container live on: nothing of ours
 * may be left in them, or its class loader and all it loaded stay for ever.
 */
class RedeployTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT time, value FROM a.r WHERE time >= TIMESTAMP '1970-01-01 00:00:01'",
          "SELECT date_bin('1s', time), COUNT(*), AVG(value) FROM a.r GROUP BY 1 ORDER BY 1",
          "SELECT x.value, UPPER(s.name) FROM a.r x JOIN btrdb.streams s ON s.name = 'r' ORDER BY 1",
          "SELECT value, SUM(value) OVER (ORDER BY time ROWS 1 PRECEDING), RAND() FROM a.r",
          "SELECT CAST('2020-01-01' AS DATE), EXTRACT(YEAR FROM time), name"
              + " FROM tall.a WHERE name LIKE 'r%' AND time < TIMESTAMP '1980-01-01 00:00:00'",
          "EXPLAIN PLAN FOR SELECT COUNT(DISTINCT value) FROM a.r",
          "INSERT INTO a.r VALUES (TIMESTAMP '2020-01-01 00:00:00', 1)",
          "UPDATE btrdb.streams SET unit = 'V' WHERE name = 'r'",
          "DELETE FROM a.r WHERE time < TIMESTAMP '1970-01-01 00:00:01'",
          "CREATE TABLE a.s (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)",
          "SELECT nothing FROM a.r",
          "SELECT 1 / (value - value) FROM a.r");

  /** The application. */
  public static final class Application implements Runnable {
    /** Made by its name. */
    public Application() {}

    @Override
    public void run() {
      try (TestData data = new TestData()) {
        data.ramp("a", "r", 30);
        try (Connection connection =
            Objects.requireNonNull(new BtrdbDriver().connect(data.url(), new Properties()))) {
          STATEMENTS.forEach(sql -> run(connection, sql));
          try (PreparedStatement statement =
              connection.prepareStatement("SELECT value FROM a.r WHERE value > ?")) {
            for (int i = 0; i < 3; i++) {
              statement.setInt(1, i);
              drain(statement.executeQuery());
            }
          }
          drain(connection.getMetaData().getColumns(null, "a", "r", null));
        }
        List<Driver> drivers = DriverManager.drivers().toList();
        while (!drivers.isEmpty()) { // asking registers those that are known to other loaders
          for (Driver driver : drivers) {
            DriverManager.deregisterDriver(driver);
          }
          drivers = DriverManager.drivers().toList();
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void run(Connection connection, String sql) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          drain(statement.getResultSet());
        }
      } catch (SQLException e) {
        if (!List.of("42703", "42S22", "22012").contains(e.getSQLState())) {
          throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
      }
    }

    private static void drain(ResultSet result) throws SQLException {
      try (result) {
        while (result.next()) {
          result.getObject(1);
        }
      }
    }
  }

  /** Whatever the last application leaves: Java keeps a method handle of the last record used. */
  @Test
  void nothingIsLeftInTheThreadsOfTheContainer() throws Exception {
    WeakReference<ClassLoader> before = deployed();
    WeakReference<ClassLoader> last = deployed();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (before.get() != null && System.nanoTime() - end < 0) {
      System.gc();
    }
    assertThat(before.get()).as("class loader of the first application").isNull();
    assertThat(last).isNotNull();
  }

  private static WeakReference<ClassLoader> deployed() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> application = Class.forName(Application.class.getName(), true, loader);
      assertThat(application).isNotSameAs(Application.class);
      ((Runnable) application.getDeclaredConstructor().newInstance()).run();
      return new WeakReference<>(loader);
    }
  }

  private static URL[] classPath() throws MalformedURLException {
    String[] places =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator, -1);
    URL[] urls = new URL[places.length];
    for (int i = 0; i < places.length; i++) {
      urls[i] = Path.of(places[i]).toUri().toURL();
    }
    return urls;
  }
}
