package org.btrdb.client.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.time.TimeRange;

/** What a 4.15.9 answers to reads, faults and all. */
final class Fake4xReads {

  private Fake4xReads() {}

  private static void checkRange(long start, long end) {
    if (start < TimeRange.MIN_NANOS || end >= TimeRange.MAX_NANOS) {
      throw new Refused(413, "time range out of bounds");
    }
    if (start >= end) {
      throw new Refused(413, "start time >= end time");
    }
  }

  private static List<Sample> buffered(FakeStream stream, long version) {
    return version == 0 ? stream.buffer : List.of();
  }

  private static List<Sample> stored(FakeStream stream, long version) {
    return version == 0 ? stream.tree() : stream.tree(version);
  }

  /** Points of the tree in order, merged with buffered ones as if these were in order. */
  static List<Sample> raw(FakeStream stream, long version, long start, long end) {
    checkRange(start, end);
    Deque<Sample> buffer = new ArrayDeque<>(Sample.inside(buffered(stream, version), start, end));
    List<Sample> answer = new ArrayList<>();
    for (Sample sample : Sample.inside(stored(stream, version), start, end)) {
      while (!buffer.isEmpty() && buffer.getFirst().time() < sample.time()) {
        answer.add(buffer.removeFirst());
      }
      answer.add(sample);
    }
    answer.addAll(buffer);
    return answer;
  }

  static List<Stats> aligned(
      FakeStream stream, long version, long start, long end, int pointWidth) {
    if (pointWidth > 63) {
      throw new Refused(415, "pointwidth invalid");
    }
    long from = start & (-1L << pointWidth);
    long last = (end & (-1L << pointWidth)) - 1;
    if (from < TimeRange.MIN_NANOS || last >= TimeRange.MAX_NANOS || from >= last) {
      throw new Refused(413, "start time >= end time");
    }
    List<Sample> all = Sample.merged(stored(stream, version), buffered(stream, version));
    return List.copyOf(Stats.of(all, from, last + 1, 1L << pointWidth).values());
  }

  static List<Stats> windows(FakeStream stream, long version, long start, long end, long width) {
    long to = end - (end - start) % width;
    checkRange(start, to);
    List<Sample> samples = stored(stream, version);
    TreeMap<Long, Stats> stored = Stats.of(samples, start, to, width);
    TreeMap<Long, Stats> buffered = Stats.of(buffered(stream, version), start, to, width);
    if (samples.isEmpty() && (to - start) / width > 1_000_000) {
      throw new IllegalStateException("too many windows for this model");
    }
    TreeMap<Long, Stats> answer = new TreeMap<>();
    for (long time = start; time < to; time += width) {
      answer.put(time, stored.getOrDefault(time, Stats.of(time, List.of())));
    }
    long last = to - width;
    // Lost when it, or what is before it, ends in a gap of the tree; with data in the second case.
    if (!stored.containsKey(last) || (last > start && !stored.containsKey(last - width))) {
      answer.remove(last);
    }
    buffered.forEach(
        (time, stats) ->
            answer.merge(time, stats, (inTree, inBuffer) -> inTree.mergedWith(inBuffer)));
    return List.copyOf(answer.values());
  }

  static Sample nearest(FakeStream stream, long version, long time, boolean backward) {
    if (time < TimeRange.MIN_NANOS || time >= TimeRange.MAX_NANOS) {
      throw new Refused(413, "nearest time out of range");
    }
    List<Sample> samples = stored(stream, version);
    Optional<Sample> found =
        backward
            ? TreeShape.nearestBackward(samples, time)
            : samples.stream().filter(s -> s.time() >= time).findFirst();
    Sample chosen = found.orElse(null);
    for (Sample sample : buffered(stream, version)) {
      boolean closer =
          chosen == null
              || (backward ? sample.time() > chosen.time() : sample.time() < chosen.time());
      if (closer && (backward ? sample.time() < time : sample.time() >= time)) {
        chosen = sample;
      }
    }
    if (chosen == null) {
      throw new Refused(401, "no such point");
    }
    return chosen;
  }

  /** Ranges from a version to another, 0 for the latest; empty means that a real one may hang. */
  static List<TimeRange> changes(FakeStream stream, long from, long to, int resolution) {
    if (resolution > 63) {
      throw new Refused(415, "changed ranges resolution invalid");
    }
    if (to != 0 && Math.max(1, from) > to) {
      throw new Refused(427, "start version after end version");
    }
    stream.answering(to);
    long older = Math.min(from, stream.major());
    List<Sample> after = to == 0 ? stream.tree() : stream.tree(to);
    List<TimeRange> ranges =
        new ArrayList<>(TreeShape.changed(stream.tree(older), after, resolution));
    if (after.isEmpty() && older < (to == 0 ? stream.major() : to) && ranges.isEmpty()) {
      ranges.add(new TimeRange(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS));
    }
    for (Sample sample : buffered(stream, to)) {
      long start = sample.time() & (-1L << resolution);
      ranges.add(new TimeRange(start, start + (1L << resolution)));
    }
    return TreeShape.joined(ranges);
  }
}
