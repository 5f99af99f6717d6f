package org.btrdb.bench;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Reads the same stream over loopback in several ways, one after the other in each round, and
 * prints medians side by side.
 *
 * <p>Our own runner and not JMH: JMH runs one benchmark after the other, each in a JVM of its own,
 * so on a shared machine it compares different minutes; ratios need readers that take turns. And
 * what is measured, several threads and a server in another process, is not what JMH counts.
 */
public final class RawReadBenchmark {
  private static final int[] MESSAGE_POINTS = {5_000, 20_000};
  private static final long POINTS = 4_000_000;

  private RawReadBenchmark() {}

  /** One read: its speed and what it cost. */
  private record Sample(long points, long nanos, ThreadCosts costs) {
    double perSecond() {
      return points * 1e9 / nanos;
    }

    double perCpuSecond() {
      return points * 1e9 / costs.cpuNanos();
    }

    double readerBytes() {
      return (double) costs.readerBytes() / points;
    }

    double otherBytes() {
      return (double) costs.otherBytes() / points;
    }
  }

  /**
   * Measures and prints.
   *
   * @param args warm-up rounds, measured rounds
   */
  public static void main(String[] args) throws IOException {
    int warmUps = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    for (int points : MESSAGE_POINTS) {
      try (ServerProcess server =
          ServerProcess.start(ReplayServer.class, "-Xmx256m", String.valueOf(points))) {
        List<Reader> readers = readers(server.port());
        measure(readers, warmUps);
        print(points, measure(readers, rounds));
        readers.forEach(Reader::close);
      }
    }
  }

  private static List<Reader> readers(int port) {
    return List.of(
        new ColumnsReader(port),
        new GeneratedReader(channel(port).build()),
        new GeneratedAsyncReader("generated, async", channel(port).build()),
        new GeneratedAsyncReader("generated, async direct", channel(port).directExecutor().build()),
        new DrainReader(channel(port).directExecutor().build(), new UUID(0, 0), POINTS));
  }

  private static NettyChannelBuilder channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
  }

  private static Map<String, List<Sample>> measure(List<Reader> readers, int rounds) {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Reader reader : readers) {
        samples.computeIfAbsent(reader.name(), name -> new ArrayList<>()).add(sample(reader));
      }
    }
    return samples;
  }

  private static Sample sample(Reader reader) {
    ThreadCosts costs = ThreadCosts.now();
    long begun = System.nanoTime();
    long read = reader.read(POINTS);
    long nanos = System.nanoTime() - begun;
    if (read != POINTS) {
      throw new IllegalStateException(reader.name() + " read " + read + " points");
    }
    return new Sample(read, nanos, ThreadCosts.now().since(costs));
  }

  private static void print(int messagePoints, Map<String, List<Sample>> samples) {
    System.out.printf(
        Locale.ROOT,
        "%nMessages of %,d points%n%-24s %10s %10s %14s %14s %14s %14s%n",
        messagePoints,
        "",
        "M points/s",
        "per CPU s",
        "columns: speed",
        "by CPU",
        "reader bytes/p",
        "other bytes/p");
    List<Sample> columns = Objects.requireNonNull(samples.get("columns"));
    samples.forEach(
        (name, of) ->
            System.out.printf(
                Locale.ROOT,
                "%-24s %10.1f %10.1f %13.2fx %13.2fx %14.3f %14.3f%n",
                name,
                median(of, Sample::perSecond) / 1e6,
                median(of, Sample::perCpuSecond) / 1e6,
                ratio(columns, of, Sample::perSecond),
                ratio(columns, of, Sample::perCpuSecond),
                median(of, Sample::readerBytes),
                median(of, Sample::otherBytes)));
  }

  /** The median of the ratios of each round, in which both had the same share of the machine. */
  private static double ratio(List<Sample> these, List<Sample> those, ToDoubleFunction<Sample> of) {
    return Medians.of(
        IntStream.range(0, these.size())
            .mapToObj(i -> of.applyAsDouble(these.get(i)) / of.applyAsDouble(those.get(i)))
            .toList());
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> of) {
    return Medians.of(samples.stream().map(of::applyAsDouble).toList());
  }
}
