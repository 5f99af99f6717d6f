package org.btrdb.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Our engine, DuckDB and H2, all in this process, store the same points in durable commits and are
 * asked the same, in turns; before that their answers are compared. Prints medians and, as medians
 * over rounds, how many times as long as ours through {@code java.sql} each takes.
 */
public final class EngineBenchmark {
  /** One engine's part of a round. */
  private static final long ROUND_NANOS = 50_000_000;

  private static final int ROUND_CALLS = 200;

  /** Who has used so much for one question sits out its other rounds. */
  private static final long BUDGET_NANOS = 10_000_000_000L;

  private static final long WARM_UP_POINTS = 1_000_000;

  private final Path directory;
  private final List<EngineKind> kinds;
  private final int warmUps;
  private final int rounds;

  private EngineBenchmark(Path directory, List<EngineKind> kinds, int warmUps, int rounds) {
    this.directory = directory;
    this.kinds = kinds;
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /**
   * Measures and prints.
   *
   * @param args warm-up rounds, measured rounds, the project's directory, numbers of points and
   *     engines, both divided by commas
   */
  public static void main(String[] args) throws IOException, SQLException {
    List<EngineKind> kinds = new ArrayList<>();
    for (String name : args[4].split(",", -1)) {
      kinds.add(EngineKind.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    Path target = Files.createDirectories(Path.of(args[2]).resolve("target"));
    Path directory = Files.createTempDirectory(target, "engines");
    try {
      EngineBenchmark benchmark =
          new EngineBenchmark(
              directory, kinds, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      benchmark.store(new EngineData(WARM_UP_POINTS));
      for (String points : args[3].split(",", -1)) {
        benchmark.measure(Long.parseLong(points));
      }
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  private void measure(long points) throws IOException, SQLException {
    System.out.printf(
        Locale.ROOT,
        "%n%,d points; %s, JDK %s, %d processors, heap %d MiB, load %.1f%n%-24s%-18s%12s%12s%12s%12s%10s%8s%n",
        points,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        "",
        "",
        "mean",
        "median",
        "p99",
        "CPU",
        "ratio",
        "calls");
    EngineData data = new EngineData(points);
    Map<EngineKind, EngineSamples> inserts = store(data);
    print("commit of 50,000, ms", inserts, 1e6);
    printRates("insert, M points/s", inserts, EngineData.BATCH_POINTS, EngineSamples::meanNanos);
    for (EngineKind kind : owners()) {
      System.out.printf(
          Locale.ROOT,
          "%-24s%-18s%12.2f%n",
          "bytes a point, closed",
          kind.title(),
          (double) DirectoryTree.bytes(of(kind)) / points);
    }
    Map<EngineKind, PointEngine> engines = new EnumMap<>(EngineKind.class);
    try {
      for (EngineKind kind : kinds) {
        engines.put(kind, kind.open(of(kind)));
      }
      ask(new EngineQuestions(data), engines, points);
    } finally {
      engines.values().forEach(PointEngine::close);
    }
  }

  private Path of(EngineKind kind) {
    return directory.resolve(kind.owner().name());
  }

  private List<EngineKind> owners() {
    return kinds.stream().filter(kind -> kind.owner() == kind).toList();
  }

  /** Each batch goes to all engines before the next one. */
  private Map<EngineKind, EngineSamples> store(EngineData data) throws IOException, SQLException {
    Map<EngineKind, EngineSamples> samples = new EnumMap<>(EngineKind.class);
    Map<EngineKind, PointEngine> engines = new EnumMap<>(EngineKind.class);
    try {
      for (EngineKind kind : owners()) {
        DirectoryTree.delete(of(kind));
        engines.put(kind, kind.create(Files.createDirectory(of(kind))));
        samples.put(kind, new EngineSamples());
      }
      data.forEachBatch(
          batch ->
              engines.forEach(
                  (kind, engine) ->
                      Objects.requireNonNull(samples.get(kind))
                          .round(() -> engine.insert(batch), 1, 0)));
    } finally {
      engines.values().forEach(PointEngine::close);
    }
    return samples;
  }

  private void ask(EngineQuestions questions, Map<EngineKind, PointEngine> engines, long points) {
    PointEngine first = Objects.requireNonNull(engines.get(kinds.get(0)));
    engines.values().forEach(engine -> questions.check(engine, first));
    Map<EngineKind, EngineSamples> scans = takeTurns(engines, questions::scan);
    print("scan, ms", scans, 1e6);
    printRates("scan, M points/s", scans, points, samples -> samples.quantile(0.5));
    print("1000 windows, ms", takeTurns(engines, questions::windows), 1e6);
    print("whole statistics, ms", takeTurns(engines, questions::statistics), 1e6);
    print("random nearest, µs", takeTurns(engines, questions::nearest), 1e3);
  }

  private Map<EngineKind, EngineSamples> takeTurns(
      Map<EngineKind, PointEngine> engines, Consumer<PointEngine> question) {
    takeTurns(engines, question, warmUps);
    return takeTurns(engines, question, rounds);
  }

  private static Map<EngineKind, EngineSamples> takeTurns(
      Map<EngineKind, PointEngine> engines, Consumer<PointEngine> question, int rounds) {
    Map<EngineKind, EngineSamples> samples = new EnumMap<>(EngineKind.class);
    engines.keySet().forEach(kind -> samples.put(kind, new EngineSamples()));
    for (int round = 0; round < rounds; round++) {
      engines.forEach(
          (kind, engine) -> {
            EngineSamples own = Objects.requireNonNull(samples.get(kind));
            if (own.spentNanos() < BUDGET_NANOS) {
              own.round(() -> question.accept(engine), ROUND_CALLS, ROUND_NANOS);
            }
          });
    }
    return samples;
  }

  private void print(String question, Map<EngineKind, EngineSamples> samples, double unitNanos) {
    EngineSamples base =
        kinds.stream()
            .filter(kind -> kind.name().startsWith(EngineKind.BTRDB_SQL.name()))
            .findFirst()
            .map(samples::get)
            .orElse(Objects.requireNonNull(samples.get(kinds.get(0))));
    samples.forEach(
        (kind, own) ->
            System.out.printf(
                Locale.ROOT,
                "%-24s%-18s%12.4g%12.4g%12.4g%12.4g%10.3g%8d%n",
                question,
                kind.title(),
                own.meanNanos() / unitNanos,
                own.quantile(0.5) / unitNanos,
                own.quantile(0.99) / unitNanos,
                own.cpuNanosOfCall() / unitNanos,
                own.ratioTo(base),
                own.calls()));
  }

  private static void printRates(
      String question,
      Map<EngineKind, EngineSamples> samples,
      long points,
      ToDoubleFunction<EngineSamples> nanosOfCall) {
    samples.forEach(
        (kind, own) ->
            System.out.printf(
                Locale.ROOT,
                "%-24s%-18s%12.2f, by processor time %.2f%n",
                question,
                kind.title(),
                points * 1e3 / nanosOfCall.applyAsDouble(own),
                points * 1e3 / own.cpuNanosOfCall()));
  }
}
