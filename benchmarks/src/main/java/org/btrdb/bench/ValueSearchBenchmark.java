package org.btrdb.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.embedded.server.BtrdbServer;

/**
 * Searches days of a voltage at 120 Hz for its sags, by value: ours in the process and over
 * loopback, the same read raw, and DuckDB and H2 with the same rows. Prints the points that were
 * read, the calls, and medians of times.
 *
 * <p>DuckDB keeps the smallest and largest value of each 122,880 rows, so it skips as well.
 */
public final class ValueSearchBenchmark {
  private static final UUID STREAM = UUID.fromString("6d1f7c1e-6a7a-4d09-9c60-0f1f2f5bc3a1");
  private static final long PER_DAY = 120L * 86_400;
  private static final int SAGS = 20;
  private static final int SAG_POINTS = 60;
  private static final int BATCH = 50_000;

  /** Statements, by what they show; {@code ABS} is something that no window can decide. */
  private static final Map<String, String> STATEMENTS = new LinkedHashMap<>();

  static {
    STATEMENTS.put("sags", "SELECT time, value FROM %s WHERE value < 6480");
    STATEMENTS.put("sags, raw", "SELECT time, value FROM %s WHERE ABS(value) < 6480");
    STATEMENTS.put("count of sags", "SELECT COUNT(*), MIN(value) FROM %s WHERE value < 6480");
    STATEMENTS.put(
        "count, unlike", "SELECT COUNT(*) FILTER (WHERE value < 6480), COUNT(*) FROM %s");
    STATEMENTS.put("worst ten", "SELECT time, value FROM %s ORDER BY value LIMIT 10");
    STATEMENTS.put("half of all", "SELECT COUNT(*) FROM %s WHERE value < 7200");
    STATEMENTS.put("half of all, raw", "SELECT COUNT(*) FROM %s WHERE ABS(value) < 7200");
    STATEMENTS.put("half, as rows", "SELECT time, value FROM %s WHERE value < 7200");
    STATEMENTS.put("half, as rows, raw", "SELECT time, value FROM %s WHERE ABS(value) < 7200");
  }

  private ValueSearchBenchmark() {}

  /** A database that the statements are asked of. */
  private record Database(String name, Connection connection, String table) {}

  /**
   * Measures and prints.
   *
   * @param args days of points, measured rounds; with more than four days without H2
   */
  public static void main(String[] args) throws Exception {
    long points = Long.parseLong(args[0]) * PER_DAY;
    int rounds = Integer.parseInt(args[1]);
    Path directory = Files.createTempDirectory("btrdb-search");
    String file = directory.resolve("btrdb").toString();
    List<Database> databases = new ArrayList<>();
    try (Btrdb btrdb = BtrdbConnector.open("file", file, Map.of());
        BtrdbServer server = BtrdbServer.start(btrdb, BtrdbServer.LOOPBACK, 0)) {
      long begun = System.nanoTime();
      fill(btrdb, points);
      System.out.printf(
          Locale.ROOT, "%d points loaded in %.0f s%n", points, (System.nanoTime() - begun) / 1e9);
      databases.add(ours("in process", "jdbc:btrdb:file:" + file));
      databases.add(ours("loopback", "jdbc:btrdb://127.0.0.1:" + server.port()));
      databases.add(
          foreign(
              "DuckDB",
              "jdbc:duckdb:" + directory.resolve("duck.db"),
              "range(" + points + ") AS t(x)",
              points));
      if (points <= 4 * PER_DAY) { // a day takes it some minutes to load
        databases.add(
            foreign(
                "H2",
                "jdbc:h2:" + directory.resolve("h2") + ";NON_KEYWORDS=VALUE",
                "(SELECT x - 1 AS x FROM SYSTEM_RANGE(1, " + points + "))",
                points));
      }
      measure(databases, points, rounds);
      for (Database database : databases) {
        database.connection.close();
      }
    } finally {
      delete(directory);
    }
  }

  private static void measure(List<Database> databases, long points, int rounds)
      throws SQLException {
    for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
      for (Database database : databases) {
        if (database.name.equals("H2") && !statement.getKey().contains("sags")) {
          continue; // some minutes each
        }
        List<Double> millis = new ArrayList<>();
        long rows = 0;
        for (int round = 0; round <= rounds; round++) {
          long begun = System.nanoTime();
          rows = rows(database, statement.getValue());
          double took = (System.nanoTime() - begun) / 1e6;
          if (round > 0) {
            millis.add(took);
          } else if (took > 10_000) {
            millis.add(took);
            break; // once is enough
          }
        }
        System.out.printf(
            Locale.ROOT,
            "%-20s %-12s %10d rows %12.2f ms  %s%n",
            statement.getKey(),
            database.name,
            rows,
            Medians.of(millis),
            read(database, points));
      }
    }
  }

  private static long rows(Database database, String sql) throws SQLException {
    long rows = 0;
    double sum = 0;
    try (Statement statement = database.connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("%s", database.table))) {
      int last = result.getMetaData().getColumnCount();
      while (result.next()) {
        sum += result.getDouble(last);
        rows++;
      }
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException(database.name + " answered what is no number");
    }
    return rows;
  }

  /** What the last statement of ours read. */
  private static String read(Database database, long points) throws SQLException {
    if (!database.table.contains(".")) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    try (Statement statement = database.connection.createStatement();
        ResultSet calls =
            statement.executeQuery(
                "SELECT rpc, COUNT(*), SUM(row_count) FROM btrdb.session_rpcs WHERE statement_id ="
                    + " (SELECT MAX(statement_id) FROM btrdb.session_rpcs WHERE rpc IN"
                    + " ('AlignedWindows', 'RawValues')) GROUP BY rpc ORDER BY rpc")) {
      while (calls.next()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s %d calls %d rows",
                calls.getString(1),
                calls.getLong(2),
                calls.getLong(3)));
        if (calls.getString(1).equals("RawValues")) {
          text.append(
              String.format(
                  Locale.ROOT, " = %.4f %% of points", 100.0 * calls.getLong(3) / points));
        }
        text.append("; ");
      }
    }
    return text.toString();
  }

  private static Database ours(String name, String url) throws SQLException {
    return new Database(name, DriverManager.getConnection(url), "bench.s");
  }

  private static Database foreign(String name, String url, String numbers, long points)
      throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE s (time BIGINT, value DOUBLE PRECISION)");
      statement.execute(
          "INSERT INTO s SELECT x * "
              + ScanRows.STEP_NANOS
              + ", CASE WHEN MOD(x + "
              + gap(points) / 2
              + ", "
              + gap(points)
              + ") < "
              + SAG_POINTS
              + " THEN 6000 + MOD(x, 400) ELSE 7200 + 15 * SIN(x / 5730.0) + 5 * SIN(x * 0.7) END"
              + " FROM "
              + numbers);
    }
    System.out.printf(
        Locale.ROOT, "%s loaded in %.0f s%n", name, (System.nanoTime() - begun) / 1e9);
    return new Database(name, connection, "s");
  }

  /** Points from one sag to the next. */
  private static long gap(long points) {
    return points / SAGS;
  }

  private static void fill(Btrdb btrdb, long points) {
    btrdb.create(
        new NewStream(STREAM, "bench", Map.of("name", "s"), Map.of()), CallScope.unbounded());
    for (long first = 0; first < points; first += BATCH) {
      int size = (int) Math.min(BATCH, points - first);
      long[] times = new long[size];
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        long x = first + i;
        times[i] = x * ScanRows.STEP_NANOS;
        values[i] =
            (x + gap(points) / 2) % gap(points) < SAG_POINTS
                ? 6000 + x % 400
                : 7200 + 15 * Math.sin(x / 5730.0) + 5 * Math.sin(x * 0.7);
      }
      btrdb.insert(STREAM, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    }
    btrdb.flush(STREAM, CallScope.unbounded());
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
