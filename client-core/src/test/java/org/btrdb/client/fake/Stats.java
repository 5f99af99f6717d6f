package org.btrdb.client.fake;

import java.util.List;
import java.util.TreeMap;

/** A window's statistics. */
record Stats(long time, long count, double min, double mean, double max, double stddev) {

  static Stats of(long time, List<Sample> samples) {
    if (samples.isEmpty()) {
      return new Stats(time, 0, 0, 0, 0, 0);
    }
    double mean = samples.stream().mapToDouble(s -> s.value() / samples.size()).sum();
    double squares =
        samples.stream().mapToDouble(s -> (s.value() - mean) * (s.value() - mean)).sum();
    return new Stats(
        time,
        samples.size(),
        samples.stream().mapToDouble(Sample::value).min().orElseThrow(),
        mean,
        samples.stream().mapToDouble(Sample::value).max().orElseThrow(),
        Math.sqrt(squares / samples.size()));
  }

  /** Windows that hold points, by their start. */
  static TreeMap<Long, Stats> of(List<Sample> samples, long start, long end, long width) {
    TreeMap<Long, List<Sample>> windows = new TreeMap<>();
    for (Sample sample : Sample.inside(samples, start, end)) {
      long window = start + (sample.time() - start) / width * width;
      windows.computeIfAbsent(window, w -> new java.util.ArrayList<>()).add(sample);
    }
    TreeMap<Long, Stats> stats = new TreeMap<>();
    windows.forEach((time, inside) -> stats.put(time, of(time, inside)));
    return stats;
  }

  /** As a 4.x server merges a stored window with a buffered one: zeros of an empty one count. */
  Stats mergedWith(Stats buffered) {
    return new Stats(
        time,
        count + buffered.count,
        Math.min(min, buffered.min),
        (mean * count + buffered.mean * buffered.count) / (count + buffered.count),
        Math.max(max, buffered.max),
        0);
  }
}
