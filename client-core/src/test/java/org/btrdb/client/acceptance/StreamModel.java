package org.btrdb.client.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.acceptance.Workbench.Window;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/** What a stream must hold and answer, said in the most obvious way. */
final class StreamModel {
  private static final double RELATIVE = 1e-9;

  private final Map<Long, List<Point>> versions = new TreeMap<>();
  private List<Point> latest = List.of();

  void insert(List<Point> points, StreamVersion answer) {
    List<Point> all = new ArrayList<>(latest);
    all.addAll(points);
    all.sort(Comparator.comparingLong(Point::timeNanos).thenComparing(Point::value));
    latest = all;
    committed(answer);
  }

  void delete(TimeRange range, StreamVersion answer) {
    latest =
        latest.stream()
            .filter(p -> p.timeNanos() < range.startNanos() || p.timeNanos() >= range.endNanos())
            .toList();
    committed(answer);
  }

  /** Remembers a state that nothing of is buffered. */
  void committed(StreamVersion version) {
    if (version.minor() == 0) {
      versions.put(version.major(), latest);
    }
  }

  List<Long> versions() {
    return List.copyOf(versions.keySet());
  }

  private List<Point> at(long version) {
    return version == StreamVersion.LATEST ? latest : versions.getOrDefault(version, List.of());
  }

  List<Point> raw(long start, long end, long version) {
    return at(version).stream().filter(p -> p.timeNanos() >= start && p.timeNanos() < end).toList();
  }

  Optional<Long> nearest(long time, boolean backward, long version) {
    return backward
        ? at(version).stream()
            .map(Point::timeNanos)
            .filter(t -> t < time)
            .reduce((first, second) -> second)
        : at(version).stream().map(Point::timeNanos).filter(t -> t >= time).findFirst();
  }

  /** Checks windows from a start on that end at or before an end. */
  void check(
      List<Window> answer,
      BigInteger start,
      BigInteger end,
      long width,
      long version,
      boolean deviation) {
    BigInteger step = BigInteger.valueOf(width);
    TreeMap<BigInteger, List<Double>> expected = new TreeMap<>();
    for (Point point : at(version)) {
      BigInteger time = BigInteger.valueOf(point.timeNanos());
      if (time.compareTo(start) >= 0) {
        BigInteger window = time.subtract(start).divide(step).multiply(step).add(start);
        if (window.add(step).compareTo(end) <= 0) {
          expected.computeIfAbsent(window, w -> new ArrayList<>()).add(point.value());
        }
      }
    }
    assertThat(answer.stream().map(w -> BigInteger.valueOf(w.time())).toList())
        .isEqualTo(List.copyOf(expected.keySet()));
    int i = 0;
    for (List<Double> values : expected.values()) {
      check(answer.get(i++), values, deviation);
    }
  }

  private static void check(Window window, List<Double> values, boolean deviation) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    double mean = values.stream().mapToDouble(v -> v / values.size()).sum();
    double scale = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
    assertThat(window.count()).as("count of %s", window).isEqualTo(sorted.length);
    assertThat(window.min()).as("min of %s", window).isEqualTo(sorted[0]);
    assertThat(window.max()).as("max of %s", window).isEqualTo(sorted[sorted.length - 1]);
    assertThat(window.mean()).as("mean of %s", window).isCloseTo(mean, within(scale * RELATIVE));
    if (!deviation) {
      assertThat(window.stddev()).as("deviation of %s", window).isNaN();
    } else if (!Double.isNaN(window.stddev())) {
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      assertThat(window.stddev())
          .as("deviation of %s", window)
          .isCloseTo(Math.sqrt(squares / values.size()), within(scale * 1e-7));
    }
  }
}
