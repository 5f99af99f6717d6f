package org.btrdb.jdbc;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@code java -jar btrdb-jdbc.jar} runs: says what the jar is and which URLs and properties
 * there are, or tries a connection. Exit status 0 when all went well, 1 when there is no
 * connection, 2 for wrong usage. Secrets are never printed.
 */
public final class DriverMain {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int VALID_SECONDS = 10;
  private static final int KEY_WIDTH = 24;
  private static final int TEXT_WIDTH = 74;

  // Held, because a logger that nobody holds forgets its level.
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private static final String USAGE =
      """

      java -jar btrdb-jdbc.jar           says this
      java -jar btrdb-jdbc.jar URL       connects and says who answered; --test URL does the same
      java -jar btrdb-jdbc.jar --version

      A key on the command line can be seen by others on this machine: BTRDB_API_KEY cannot.

      URLs
        jdbc:btrdb://HOST[:PORT][,HOST[:PORT]...][/SCHEMA]   a server or cluster; TLS with port 4411
            jdbc:btrdb://btrdb.example.org:4411/sunshine/PMU3
            jdbc:btrdb://127.0.0.1:4410?connectTimeout=2000
        jdbc:btrdb:[?profile=NAME]           where the profile, environment or default profile says
        jdbc:btrdb:file:DIR                  a directory on this machine, for one process at a time
            jdbc:btrdb:file:/var/lib/measurements?create=false
        jdbc:btrdb:mem:NAME                  memory of this process

      Properties, in the URL as ?name=value&name=value or in java.util.Properties""";

  private DriverMain() {}

  /** Runs and ends the process with its status. */
  public static void main(String[] args) {
    if (System.getProperty("java.util.logging.config.file") == null) {
      // What goes wrong is said once; libraries would say it again in several lines.
      ROOT_LOGGER.setLevel(Level.OFF);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** What {@link #main} does, and the exit status. */
  static int run(PrintStream out, PrintStream err, String... args) {
    if (args.length == 0 || (args.length == 1 && args[0].equals("--help"))) {
      describe(out);
      return 0;
    }
    if (args.length == 1 && args[0].equals("--version")) {
      out.println(version());
      return 0;
    }
    if (args.length == 2 && args[0].equals("--test")) {
      return test(out, err, args[1]);
    }
    if (args.length == 1 && !args[0].startsWith("-")) {
      return test(out, err, args[0]);
    }
    // Not quoted: among the words may be a key.
    err.println("error: expected a URL, --test URL, --version or --help");
    return WRONG_USAGE;
  }

  private static int test(PrintStream out, PrintStream err, String url) {
    if (!BtrdbUrl.isOurs(url)) {
      err.println("error: a URL starts with " + BtrdbUrl.PREFIX + "; without arguments, the forms");
      return WRONG_USAGE;
    }
    Properties properties = new Properties();
    // Trying must leave nothing behind, unless the URL asks for it.
    properties.setProperty(BtrdbProperty.CREATE.key(), "false");
    properties.setProperty(BtrdbProperty.WARM_UP.key(), "false"); // no statement follows
    BtrdbUrl parsed;
    try {
      parsed = BtrdbUrl.parse(url, properties);
    } catch (SQLException e) {
      err.println(line(e));
      return WRONG_USAGE;
    }
    long startNanos = System.nanoTime();
    try (Connection connection = new BtrdbDriver().connect(url, properties)) {
      if (connection == null || !connection.isValid(VALID_SECONDS)) {
        err.println("error: " + parsed.display() + " connects, but does not answer");
        return FAILED;
      }
      DatabaseMetaData metaData = connection.getMetaData();
      String product =
          metaData.getDatabaseProductName() + " " + metaData.getDatabaseProductVersion();
      long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      out.println(parsed.display() + ": " + product + ", connected in " + tookMillis + " ms");
      return 0;
    } catch (SQLException e) {
      err.println(line(e));
      return FAILED;
    }
  }

  private static String line(SQLException failure) {
    return "error: "
        + String.valueOf(failure.getMessage()).strip().replaceAll("\\s*[\\r\\n]+\\s*", " ")
        + " (SQLState "
        + failure.getSQLState()
        + ")";
  }

  private static String version() {
    return Product.DRIVER_NAME
        + " "
        + Product.DRIVER_VERSION
        + " (JDBC "
        + Product.JDBC_MAJOR
        + "."
        + Product.JDBC_MINOR
        + ")";
  }

  private static void describe(PrintStream out) {
    out.println(version());
    out.println("  is     " + place());
    out.println(
        "  class  " + BtrdbDriver.class.getName() + ", which DriverManager finds by itself");
    out.println(USAGE);
    for (BtrdbProperty property : BtrdbProperty.values()) {
      String lead = "  " + property.key();
      for (String text : wrapped(described(property))) {
        out.println(lead + " ".repeat(Math.max(2, KEY_WIDTH - lead.length())) + text);
        lead = "";
      }
    }
  }

  private static String described(BtrdbProperty property) {
    StringBuilder text = new StringBuilder(property.description());
    if (!property.choices().isEmpty()) {
      text.append(" One of ").append(String.join(", ", property.choices())).append('.');
    }
    if (!property.defaultValue().isEmpty()) {
      text.append(" Default ").append(property.defaultValue()).append('.');
    }
    return text.toString();
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > TEXT_WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String place() {
    CodeSource source = DriverMain.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "of unknown place";
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return source.getLocation().toString();
    }
  }
}
