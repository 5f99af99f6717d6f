package org.btrdb.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.btrdb.cli.rows.RowFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes data, asks it telling questions and says how to go on. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Makes ten minutes of synthetic micro-PMU data with a voltage sag and a frequency"
            + " excursion, and finds both by SQL.")
final class DemoCommand implements Callable<Integer> {
  private static final String COLLECTION = "demo/pmu";

  private static final List<Question> QUESTIONS =
      List.of(
          new Question(
              "Is anything wrong? The root of the tree knows; no point is read.",
              "SELECT COUNT(*) AS points, MIN(value) AS lowest, AVG(value) AS mean,"
                  + " MAX(value) AS highest FROM \"demo/pmu\".L1MAG",
              "4.5 kV on a 7.2 kV feeder: there was a voltage sag on phase 1."),
          new Question(
              "In which minute? Statistics of windows, still no points.",
              "SELECT FLOOR(time TO MINUTE) AS minute, MIN(value) AS lowest, AVG(value) AS mean"
                  + " FROM \"demo/pmu\".L1MAG WHERE time >= TIMESTAMP '2026-03-01 12:00:00'"
                  + " AND time < TIMESTAMP '2026-03-01 12:10:00'"
                  + " GROUP BY FLOOR(time TO MINUTE) ORDER BY minute",
              "The minute of 12:04; the mean alone would not have shown it."),
          new Question(
              "When exactly? Now a few raw points, to the nanosecond.",
              "SELECT time, value FROM \"demo/pmu\".L1MAG"
                  + " WHERE time >= TIMESTAMP '2026-03-01 12:04:10.233'"
                  + " AND time < TIMESTAMP '2026-03-01 12:04:10.283333334' ORDER BY time",
              "The first low sample is the one at 12:04:10.250000000."),
          new Question(
              "And the frequency, from 12:06:45 on? The range cuts through a minute; the edges are exact.",
              "SELECT FLOOR(time TO MINUTE) AS minute, MIN(value) AS lowest, AVG(value) AS mean"
                  + " FROM \"demo/pmu\".FREQ"
                  + " WHERE time >= TIMESTAMP '2026-03-01 12:06:45'"
                  + " AND time < TIMESTAMP '2026-03-01 12:09:30'"
                  + " GROUP BY FLOOR(time TO MINUTE) ORDER BY minute",
              "A generator was lost at 12:07; 59.87 Hz at the lowest, recovered by 12:09."));

  private final StandardStreams streams;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data is kept (default: a new temporary directory).")
  private @Nullable Path data;

  /** A query, why it is asked and what its answer means. */
  private record Question(String asks, String sql, String shows) {}

  DemoCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws CommandFailure, SQLException, IOException {
    Path directory = data == null ? Files.createTempDirectory("btrdb-demo-") : data;
    String url = "jdbc:btrdb:file:" + directory.toAbsolutePath().normalize();
    PrintStream out = streams.lines();
    Properties properties = new Properties();
    // Once more into the same directory changes nothing: the points are the same.
    properties.setProperty("mergePolicy", "equal");
    try (Connection connection = Target.connect(url, properties)) {
      store(connection, out);
      for (Question question : QUESTIONS) {
        ask(connection, question, out);
      }
    }
    goOn(url, directory, out);
    return 0;
  }

  private static void store(Connection connection, PrintStream out) throws SQLException {
    out.println(
        "Storing ten minutes of a 120 Hz micro-PMU: "
            + String.join(", ", SyntheticPmu.COLUMNS)
            + " in \""
            + COLLECTION
            + "\" ...");
    SyntheticPmu pmu = new SyntheticPmu();
    double[] values = new double[SyntheticPmu.COLUMNS.size()];
    try (StreamLoader loader = new StreamLoader(connection, COLLECTION, SyntheticPmu.COLUMNS)) {
      for (int sample = 0; sample < SyntheticPmu.SAMPLES; sample++) {
        pmu.next(sample, values);
        loader.add(SyntheticPmu.nanosOf(sample), values);
      }
      loader.finish();
      out.println(loader.totalPoints() + " points stored.");
    }
  }

  private static void ask(Connection connection, Question question, PrintStream out)
      throws SQLException, IOException {
    out.println();
    out.println("-- " + question.asks());
    out.println(question.sql() + ";");
    out.println();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(question.sql())) {
        RowFormat.Kind.TABLE.to(out, false).rows(rows);
      }
      try (ResultSet plan = statement.executeQuery("EXPLAIN PLAN FOR " + question.sql())) {
        out.println("plan:");
        while (plan.next()) {
          plan.getString(1).lines().forEach(line -> out.println("  " + line));
        }
      }
    }
    out.println("=> " + question.shows());
  }

  private static void goOn(String url, Path directory, PrintStream out) {
    out.println();
    out.println("Go on:");
    out.println("  ./btrdb shell --url '" + url + "'");
    out.println("  ./btrdb serve --data '" + directory + "' --port 4410");
    out.println("  DBeaver, HikariCP, any JDBC tool: " + url);
    out.println("  or, while it is served: jdbc:btrdb://127.0.0.1:4410");
  }
}
