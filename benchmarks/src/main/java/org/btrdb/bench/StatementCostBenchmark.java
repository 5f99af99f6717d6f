package org.btrdb.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What a statement costs from {@code executeQuery} to its first row, over an embedded server in the
 * same JVM: a statement never seen before, one that is known but for its times, and one known by
 * its text. Prints microseconds, and by sampling how they divide into Calcite's part and ours.
 *
 * <p>Our own runner, as the kinds have to take turns on a shared machine.
 */
public final class StatementCostBenchmark {
  private static final int STREAMS = 4;
  private static final int POINTS = 100_000;
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final int KINDS = StatementShape.ALL.size() * Known.values().length;

  private final Connection connection;
  private final Random random = new Random(1);
  private long names;

  private StatementCostBenchmark(Connection connection) {
    this.connection = connection;
  }

  /** How much of a statement is known. */
  private enum Known {
    NOTHING,
    SHAPE,
    TEXT
  }

  /**
   * Measures and prints.
   *
   * @param args statements of each kind to warm up with, and to measure
   */
  public static void main(String[] args) throws SQLException {
    int warmUps = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    try (Connection connection = DriverManager.getConnection("jdbc:btrdb:mem:statement-cost")) {
      StatementCostBenchmark benchmark = new StatementCostBenchmark(connection);
      benchmark.fill();
      try (StackShares shares = StackShares.of(Thread.currentThread(), KINDS)) {
        benchmark.measure(warmUps, shares);
        shares.forget();
        print(benchmark.measure(rounds, shares), shares);
      }
    }
  }

  private void fill() throws SQLException {
    for (int stream = 0; stream < STREAMS; stream++) {
      try (Statement create = connection.createStatement()) {
        create.execute("CREATE TABLE bench.s" + stream + " (time TIMESTAMP(9), value DOUBLE)");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO bench.s" + stream + " VALUES (?, ?)")) {
        for (int i = 0; i < POINTS; i++) {
          insert.setLong(1, i * STEP_NANOS);
          insert.setDouble(2, 60 + random.nextGaussian());
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** The samples of one shape and one state of knowledge. */
  private static final class Samples {
    private final long[] nanos;
    private final long[] cpuNanos;

    Samples(int rounds) {
      this.nanos = new long[rounds];
      this.cpuNanos = new long[rounds];
    }

    static double quantile(long[] values, double quantile) {
      long[] sorted = values.clone();
      Arrays.sort(sorted);
      return sorted[(int) (quantile * (sorted.length - 1))];
    }
  }

  private List<Samples> measure(int rounds, StackShares shares) throws SQLException {
    List<Samples> samples = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      samples.add(new Samples(rounds));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < rounds; round++) {
      int at = 0;
      for (StatementShape shape : StatementShape.ALL) {
        String known = shape.text(new Random(7), "known");
        for (Known what : Known.values()) {
          String sql =
              switch (what) {
                case NOTHING -> shape.text(random, "n" + names++);
                case SHAPE -> shape.text(random, "v");
                case TEXT -> known;
              };
          Samples of = samples.get(at);
          shares.countFor(at++);
          long cpu = threads.getCurrentThreadCpuTime();
          long begun = System.nanoTime();
          firstRow(sql);
          of.nanos[round] = System.nanoTime() - begun;
          of.cpuNanos[round] = threads.getCurrentThreadCpuTime() - cpu;
          shares.pause();
        }
      }
    }
    return samples;
  }

  private void firstRow(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no rows: " + sql);
      }
    }
  }

  private static void print(List<Samples> samples, StackShares shares) {
    System.out.printf(
        Locale.ROOT,
        "%n%-14s %-10s %10s %10s %12s %11s %11s%n",
        "statement",
        "known",
        "p50 µs",
        "p95 µs",
        "CPU p50 µs",
        "ours µs",
        "Calcite µs");
    int at = 0;
    for (StatementShape shape : StatementShape.ALL) {
      for (Known what : Known.values()) {
        Samples of = samples.get(at);
        double calcite = shares.ofCalcite(at++);
        System.out.printf(
            Locale.ROOT,
            "%-14s %-10s %10.1f %10.1f %12.1f %11.1f %11.1f%n",
            shape.name(),
            what.name().toLowerCase(Locale.ROOT),
            Samples.quantile(of.nanos, 0.5) / 1e3,
            Samples.quantile(of.nanos, 0.95) / 1e3,
            Samples.quantile(of.cpuNanos, 0.5) / 1e3,
            Samples.quantile(of.nanos, 0.5) / 1e3 * (1 - calcite),
            Samples.quantile(of.nanos, 0.5) / 1e3 * calcite);
      }
    }
  }
}
