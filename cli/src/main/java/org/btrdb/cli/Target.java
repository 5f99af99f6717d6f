package org.btrdb.cli;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import picocli.CommandLine.Option;

/** The BTrDB that a command works on. */
final class Target {
  private static final String PREFIX = "jdbc:btrdb:";
  private static final String CREATE = "create";

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      defaultValue = "${env:BTRDB_URL}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description =
          "jdbc:btrdb:file:DIR, jdbc:btrdb:mem:NAME or jdbc:btrdb://HOST:PORT"
              + " (default: the variable BTRDB_URL).")
  private String url;

  /** The URL as given. */
  String url() {
    return url;
  }

  /** Connects to what is there; a directory that is missing is not made. The caller closes. */
  Connection connectToExisting() throws SQLException, CommandFailure {
    Properties properties = new Properties();
    if (!url.contains(CREATE + "=")) {
      properties.setProperty(CREATE, "false");
    }
    return connect(url, properties);
  }

  /** Connects; the caller closes. */
  Connection connect(Properties properties) throws SQLException, CommandFailure {
    return connect(url, properties);
  }

  /** Connects; the caller closes. */
  static Connection connect(String url, Properties properties) throws SQLException, CommandFailure {
    if (!url.startsWith(PREFIX)) {
      throw new CommandFailure("not a BTrDB URL: '" + url + "' (expected " + PREFIX + "…)");
    }
    // Not through DriverManager: it would start every driver on the class path, Calcite's too.
    for (ServiceLoader.Provider<Driver> provider :
        ServiceLoader.load(Driver.class).stream().toList()) {
      if (provider.type().getPackageName().startsWith("org.btrdb.")) {
        Connection connection = provider.get().connect(url, properties);
        if (connection != null) {
          return connection;
        }
      }
    }
    throw new CommandFailure("no driver takes the URL '" + url + "'");
  }
}
