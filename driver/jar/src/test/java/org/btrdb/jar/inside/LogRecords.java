package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The names of the java.util.logging loggers that say something while a statement is compiled. */
public final class LogRecords implements Function<String, List<String>> {
  @Override
  public List<String> apply(String url) {
    Set<String> names = new ConcurrentSkipListSet<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            names.add(message.getLoggerName());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("org.btrdb");
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    Driver driver =
        ServiceLoader.load(Driver.class, getClass().getClassLoader()).findFirst().orElseThrow();
    try (Connection connection = driver.connect(url, new Properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT LISTAGG(name, ',') FROM btrdb.streams")) {
      rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
    return List.copyOf(names);
  }
}
