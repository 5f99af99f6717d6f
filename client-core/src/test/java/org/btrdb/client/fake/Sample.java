package org.btrdb.client.fake;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A stored point. */
record Sample(long time, double value) {

  /** All of two lists by time; those of one time in the order of the lists. */
  static List<Sample> merged(List<Sample> first, List<Sample> second) {
    return Stream.concat(first.stream(), second.stream())
        .sorted(Comparator.comparingLong(Sample::time))
        .toList();
  }

  static List<Sample> inside(List<Sample> samples, long start, long end) {
    return samples.stream().filter(s -> s.time >= start && s.time < end).toList();
  }
}
