package org.btrdb.bench;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a first statement costs in a fresh JVM, from its start to its end, over an embedded database
 * in a directory: through {@code java.sql} with the one jar, and by {@code ./btrdb query}. The
 * kinds take turns; prints the medians of the time on the clock.
 */
public final class ColdStartBenchmark {
  private static final int POINTS = 72_000;
  private static final String QUERY = "SELECT COUNT(*), AVG(value) FROM bench.s";

  private ColdStartBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args rounds that do not count, rounds that do, and the project's directory
   */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    int warmUps = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Path data = Files.createTempDirectory("btrdb-cold-start");
    String url = "jdbc:btrdb:file:" + data;
    fill(url);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    String oneJar = oneJar(Path.of(args[2])) + File.pathSeparator + ours();
    String program = FirstRow.class.getName();
    String firstCompiler = "-XX:TieredStopAtLevel=1";
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("a JVM that does nothing", List.of(java, "-cp", oneJar, program));
    kinds.put("java.sql", List.of(java, "-cp", oneJar, program, url, QUERY));
    kinds.put(
        "java.sql, warmUp=false",
        List.of(java, "-cp", oneJar, program, url + "?warmUp=false", QUERY));
    kinds.put(
        "java.sql, " + firstCompiler,
        List.of(java, firstCompiler, "-cp", oneJar, program, url, QUERY));
    kinds.put("java.sql, a jar each", List.of(java, "-cp", classPath, program, url, QUERY));
    kinds.put(
        "./btrdb query",
        List.of(Path.of(args[2], "btrdb").toString(), "query", "--url", url, QUERY));
    Map<String, long[]> nanos = new LinkedHashMap<>();
    kinds.keySet().forEach(kind -> nanos.put(kind, new long[rounds]));
    for (int round = -warmUps; round < rounds; round++) {
      for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
        long took = run(kind.getValue());
        if (round >= 0) {
          Objects.requireNonNull(nanos.get(kind.getKey()))[round] = took;
        }
      }
    }
    nanos.forEach(
        (kind, of) -> {
          Arrays.sort(of);
          System.out.printf(
              Locale.ROOT,
              "%-36s %6.0f ms (%.0f to %.0f)%n",
              kind,
              of[rounds / 2] / 1e6,
              of[0] / 1e6,
              of[rounds - 1] / 1e6);
        });
  }

  private static Path oneJar(Path project) throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(project.resolve("driver/jar/target"), "btrdb-jdbc-*.jar")) {
      return jars.iterator().next();
    }
  }

  /** Where the other program is. */
  private static Path ours() {
    try {
      return Path.of(FirstRow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fill(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE bench.s (time TIMESTAMP(9), value DOUBLE)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bench.s VALUES (?, ?)")) {
        for (int i = 0; i < POINTS; i++) {
          insert.setLong(1, i * 8_333_333L);
          insert.setDouble(2, 60 + Math.sin(i));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static long run(List<String> command) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int status = process.waitFor();
    long took = System.nanoTime() - begun;
    if (status != 0) {
      throw new IllegalStateException("status " + status + " of " + command);
    }
    return took;
  }

  /** What the other JVM runs: a statement to its first row, or nothing. */
  static final class FirstRow {
    private FirstRow() {}

    public static void main(String[] args) throws SQLException {
      if (args.length == 0) {
        return;
      }
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(args[1])) {
        if (!row.next()) {
          throw new IllegalStateException("no rows: " + args[1]);
        }
      }
    }
  }
}
