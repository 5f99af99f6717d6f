package org.btrdb.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.btrdb.bench.PhasorData.Jitter;
import org.btrdb.bench.PhasorData.Quantity;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;

/**
 * What points take on the disk (the whole directory, closed) and how fast they are stored and
 * scanned, in a directory below the project's {@code target}.
 */
public final class StorageBenchmark {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final int SIZE_POINTS = 2_000_000;
  private static final int SPEED_POINTS = 5_000_000;
  private static final int BATCH = 50_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StorageBenchmark() {}

  /**
   * Measures and prints.
   *
   * @param args warm-up rounds (not used), measured rounds, the project's directory
   */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[1]);
    Path project = Path.of(args[2]);
    Path directory =
        Files.createTempDirectory(Files.createDirectories(project.resolve("target")), "storage");
    try {
      sizes(directory, project);
      speeds(directory, rounds);
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  private static void sizes(Path directory, Path project) throws IOException {
    for (boolean floats : new boolean[] {true, false}) {
      for (Quantity quantity : Quantity.values()) {
        for (Jitter jitter : Jitter.values()) {
          PhasorData data = new PhasorData(quantity, jitter, floats, 1);
          size(
              directory,
              quantity + " " + (floats ? "float" : "double") + ", " + jitter,
              data,
              BATCH);
        }
      }
    }
    for (int batch : new int[] {10_000, 1_000}) {
      PhasorData data = new PhasorData(Quantity.MAGNITUDE, Jitter.TENTH_OF_MILLI, true, 1);
      size(directory, "MAGNITUDE float, TENTH_OF_MILLI", data, batch);
    }
    Path etth1 = project.resolve("../shared/data/ett/ETTh1.csv");
    if (Files.exists(etth1)) {
      etth1(directory, etth1);
    }
  }

  private static void size(Path directory, String name, PhasorData data, int batch)
      throws IOException {
    Path store = directory.resolve("size");
    insert(store, data, SIZE_POINTS, batch);
    size(name + ", " + batch, store, SIZE_POINTS);
  }

  private static void size(String name, Path store, long points) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-52s %10.2f bytes/point%n",
        name,
        (double) DirectoryTree.bytes(store) / points);
    DirectoryTree.delete(store);
  }

  /** Seven columns of one reading an hour: 122 days a commit. */
  private static void etth1(Path directory, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Path store = directory.resolve("size");
    long points = 0;
    try (Btrdb btrdb = open(store)) {
      for (int column = 1; column <= 7; column++) {
        long[] times = new long[lines.size() - 1];
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
          times[i] = 1_467_331_200_000_000_000L + i * 3_600_000_000_000L;
          values[i] = Double.parseDouble(lines.get(i + 1).split(",", -1)[column]);
        }
        points += times.length;
        UUID uuid = create(btrdb, "c" + column);
        btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
      }
    }
    size("ETTh1, seven streams", store, points);
  }

  private static void insert(Path store, PhasorData data, int points, int batch) {
    List<Sample> samples = new ArrayList<>();
    try (Btrdb btrdb = open(store)) {
      UUID uuid = create(btrdb, "s");
      for (int i = 0; i < points / batch; i++) {
        long[] times = new long[batch];
        double[] values = new double[batch];
        data.next(times, values);
        PointBatch next = PointBatch.of(times, values);
        samples.add(
            Sample.of(
                () -> {
                  btrdb.insert(uuid, next, MergePolicy.NEVER, SCOPE);
                  return batch;
                }));
      }
    }
    print("durable commits of " + batch, samples);
  }

  /** Points that something was done with, and the time it took of the clock and of the CPU. */
  private record Sample(long points, long nanos, long cpuNanos) {

    private static Sample of(LongSupplier work) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long begun = System.nanoTime();
      long points = work.getAsLong();
      long nanos = System.nanoTime() - begun;
      return new Sample(points, nanos, THREADS.getCurrentThreadCpuTime() - cpu);
    }
  }

  private static void print(String what, List<Sample> samples) {
    List<Sample> sorted = new ArrayList<>(samples);
    sorted.sort(Comparator.comparingLong(Sample::nanos));
    Sample median = sorted.get(sorted.size() / 2);
    double points = samples.stream().mapToLong(Sample::points).sum();
    System.out.printf(
        Locale.ROOT,
        "  %-28s %6.1f M points/s, %6.1f by CPU; median %.2f ms, 95 %% %.2f ms%n",
        what,
        points * 1e3 / samples.stream().mapToLong(Sample::nanos).sum(),
        points * 1e3 / samples.stream().mapToLong(Sample::cpuNanos).sum(),
        median.nanos() / 1e6,
        sorted.get(sorted.size() * 95 / 100).nanos() / 1e6);
  }

  /** On a machine that others use, too, the CPU time of this thread says more than the clock. */
  private static void speeds(Path directory, int rounds) throws IOException {
    Path store = directory.resolve("speed");
    for (int round = 0; round < rounds; round++) {
      System.out.printf(
          Locale.ROOT, "%n%,d points, MAGNITUDE float, TENTH_OF_MILLI%n", SPEED_POINTS);
      DirectoryTree.delete(store);
      PhasorData data = new PhasorData(Quantity.MAGNITUDE, Jitter.TENTH_OF_MILLI, true, 1);
      insert(store, data, SPEED_POINTS, BATCH);
      List<Sample> decoded = new ArrayList<>();
      List<Sample> cached = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Btrdb btrdb = open(store)) {
          decoded.add(Sample.of(() -> scan(btrdb, uuid("s"), TimeRange.ALL)));
          cached.add(Sample.of(() -> scan(btrdb, uuid("s"), TimeRange.ALL)));
        }
      }
      print("scan after opening", decoded);
      print("scan of cached nodes", cached);
    }
  }

  private static long scan(Btrdb btrdb, UUID uuid, TimeRange range) {
    long points = 0;
    long sum = 0;
    try (DataCursor<PointBatch> cursor = btrdb.raw(uuid, range, StreamVersion.LATEST, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        points += batch.size();
        for (int i = 0; i < batch.size(); i++) {
          sum += batch.time(i) ^ Double.doubleToRawLongBits(batch.value(i));
        }
      }
    }
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
    return points;
  }

  private static Btrdb open(Path store) {
    return BtrdbConnector.open("file", store.toString(), Map.of());
  }

  private static UUID create(Btrdb btrdb, String name) {
    UUID uuid = uuid(name);
    btrdb.create(new NewStream(uuid, "bench", Map.of("name", name), Map.of()), SCOPE);
    return uuid;
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
