package org.btrdb.bench;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.btrdb.bench.ScanRows.Foreign;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;

/**
 * Scans the same rows through JDBC drivers that take turns: ours over loopback and in the process,
 * PostgreSQL's over loopback, DuckDB's and H2's in the process; beside them the bare transport of
 * the server that ours asks. Prints medians, and medians of the ratios of each round.
 *
 * <p>Our own runner, for the reason of {@link RawReadBenchmark}.
 */
public final class ScanBenchmark {
  private static final long ROWS = 2_000_000;
  private static final String OURS = "btrdb, loopback";

  private ScanBenchmark() {}

  /** What of the time column is read. */
  enum Getter {
    LONG,
    TIMESTAMP
  }

  /**
   * Measures and prints.
   *
   * @param args warm-up rounds, measured rounds
   */
  public static void main(String[] args) throws Exception {
    int warmUps = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Path directory = Files.createTempDirectory("btrdb-scan");
    List<Reader> readers = new ArrayList<>();
    try (ServerProcess server =
            ServerProcess.start(ScanServer.class, "-Xmx512m", String.valueOf(ROWS));
        ForeignServer postgres = ForeignServer.start(directory);
        Btrdb inProcess = BtrdbConnector.open("mem", "scan", Map.of())) {
      ScanRows.fill(inProcess, ROWS);
      String loopback = "jdbc:btrdb://127.0.0.1:" + server.port();
      readers.add(
          new DrainReader(
              NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                  .usePlaintext()
                  .directExecutor()
                  .build(),
              ScanRows.STREAM,
              ROWS * ScanRows.STEP_NANOS));
      readers.add(JdbcReader.over(OURS, loopback, "scan.s", Getter.LONG));
      readers.add(JdbcReader.over("btrdb, getTimestamp", loopback, "scan.s", Getter.TIMESTAMP));
      readers.add(
          JdbcReader.over("btrdb, in process", "jdbc:btrdb:mem:scan", "scan.s", Getter.LONG));
      addForeign(readers, Foreign.DUCKDB, "jdbc:duckdb:" + directory.resolve("duck.db"));
      addForeign(readers, Foreign.H2, "jdbc:h2:" + directory.resolve("h2") + ";NON_KEYWORDS=VALUE");
      String url = postgres.url();
      if (url != null) {
        addForeign(readers, Foreign.POSTGRESQL, url);
      }
      measure(readers, warmUps);
      print(measure(readers, rounds));
      readers.forEach(Reader::close);
    }
  }

  /** Two tables: times as whole numbers, and as timestamps, which some read otherwise. */
  private static void addForeign(List<Reader> readers, Foreign database, String url)
      throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    database.fill(connection, ROWS);
    connection.setAutoCommit(false); // else PostgreSQL's driver holds all rows
    readers.add(new JdbcReader(database.name(), connection, "longs", Getter.LONG));
    readers.add(
        new JdbcReader(database + ", getTimestamp", connection, "stamps", Getter.TIMESTAMP));
  }

  private static Map<String, List<Double>> measure(List<Reader> readers, int rounds) {
    Map<String, List<Double>> speeds = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Reader reader : readers) {
        long begun = System.nanoTime();
        long read = reader.read(ROWS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (read != ROWS) {
          throw new IllegalStateException(reader.name() + " read " + read + " rows");
        }
        speeds.computeIfAbsent(reader.name(), name -> new ArrayList<>()).add(read / seconds);
      }
    }
    return speeds;
  }

  private static void print(Map<String, List<Double>> speeds) {
    List<Double> ours = Objects.requireNonNull(speeds.get(OURS));
    System.out.printf(
        Locale.ROOT, "%n%-26s %10s %24s%n", ROWS + " rows", "M rows/s", "ours over loopback is");
    speeds.forEach(
        (name, of) -> {
          List<Double> ratios = new ArrayList<>();
          for (int round = 0; round < of.size(); round++) {
            ratios.add(ours.get(round) / of.get(round));
          }
          System.out.printf(
              Locale.ROOT,
              "%-26s %10.2f %23.2fx%n",
              name,
              Medians.of(of) / 1e6,
              Medians.of(ratios));
        });
  }
}
