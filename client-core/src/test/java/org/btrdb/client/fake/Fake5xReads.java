package org.btrdb.client.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.time.TimeRange;

/** What a 5.x answers to reads: right data, and the last window missing if it is empty. */
final class Fake5xReads {

  private Fake5xReads() {}

  private static void checkRange(long start, long end) {
    if (start < TimeRange.MIN_NANOS || end >= TimeRange.MAX_NANOS || start >= end) {
      throw new Refused(413, "time range out of bounds");
    }
  }

  static List<Sample> raw(FakeStream stream, long version, long start, long end) {
    checkRange(start, end);
    return Sample.inside(stream.sorted(version), start, end);
  }

  static List<Stats> aligned(
      FakeStream stream, long version, long start, long end, int pointWidth) {
    if (pointWidth > 60) {
      throw new Refused(415, "pointwidth invalid");
    }
    long from = start & (-1L << pointWidth);
    long to = end & (-1L << pointWidth);
    if (from < TimeRange.MIN_NANOS || to > TimeRange.MAX_NANOS || from >= to) {
      throw new Refused(413, "start time >= end time");
    }
    return List.copyOf(Stats.of(stream.sorted(version), from, to, 1L << pointWidth).values());
  }

  static List<Stats> windows(FakeStream stream, long version, long start, long end, long width) {
    long to = end - (end - start) % width;
    checkRange(start, to);
    TreeMap<Long, Stats> full = Stats.of(stream.sorted(version), start, to, width);
    List<Stats> answer = new ArrayList<>();
    for (long time = start; time < to; time += width) {
      if (full.containsKey(time) || time + width < to) {
        answer.add(full.getOrDefault(time, Stats.of(time, List.of())));
      }
    }
    return answer;
  }

  static Sample nearest(FakeStream stream, long version, long time, boolean backward) {
    List<Sample> samples = stream.sorted(version);
    Optional<Sample> found =
        backward
            ? samples.stream().filter(s -> s.time() < time).reduce((a, b) -> b)
            : samples.stream().filter(s -> s.time() >= time).findFirst();
    return found.orElseThrow(() -> new Refused(401, "no such point"));
  }
}
