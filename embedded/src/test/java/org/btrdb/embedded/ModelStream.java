package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/** What a stream must hold, said in the most obvious way: a sorted list of points per version. */
final class ModelStream {
  private static final int BUFFER_POINTS = 32_768;

  private final Map<Long, List<Point>> versions = new HashMap<>();
  private List<Point> latest = new ArrayList<>();
  private long major = StreamVersion.CREATED_MAJOR;
  private long minor;

  ModelStream() {
    versions.put(major, List.of());
  }

  StreamVersion version() {
    return new StreamVersion(major, minor);
  }

  List<Point> at(long version) {
    if (version == StreamVersion.LATEST) {
      return latest;
    }
    List<Point> points = versions.get(version);
    if (points == null) {
      throw new IllegalArgumentException("no version " + version);
    }
    return points;
  }

  void insert(List<Point> batch, MergePolicy policy) {
    boolean changed = false;
    for (Point point : batch) {
      changed |= insert(point, policy);
    }
    if (!changed) {
      return;
    }
    minor += batch.size();
    if (minor >= BUFFER_POINTS) {
      commit();
    }
  }

  private boolean insert(Point point, MergePolicy policy) {
    int from = 0;
    while (from < latest.size() && latest.get(from).timeNanos() < point.timeNanos()) {
      from++;
    }
    int to = from;
    boolean equalValue = false;
    while (to < latest.size() && latest.get(to).timeNanos() == point.timeNanos()) {
      equalValue |= latest.get(to).equals(point);
      to++;
    }
    boolean exists = to > from;
    if ((policy == MergePolicy.RETAIN && exists) || (policy == MergePolicy.EQUAL && equalValue)) {
      return false;
    }
    if (policy == MergePolicy.REPLACE) {
      latest.subList(from, to).clear();
      to = from;
    }
    latest.add(to, point);
    return true;
  }

  void flush() {
    if (minor > 0) {
      commit();
    }
  }

  void delete(TimeRange range) {
    flush();
    latest.removeIf(p -> inside(p, range.startNanos(), range.endNanos()));
    commit();
  }

  private void commit() {
    major++;
    minor = 0;
    versions.put(major, List.copyOf(latest));
  }

  List<Point> raw(long version, long start, long end) {
    return at(version).stream().filter(p -> inside(p, start, end)).toList();
  }

  Optional<Point> nearest(long version, long time, boolean backward) {
    List<Point> points = at(version);
    if (backward) {
      return points.stream().filter(p -> p.timeNanos() < time).reduce((a, b) -> b);
    }
    return points.stream().filter(p -> p.timeNanos() >= time).findFirst();
  }

  /** The times at which two lists of points have not the same values. */
  static Set<Long> changedTimes(List<Point> before, List<Point> after) {
    Map<Long, List<Double>> old = valuesByTime(before);
    Map<Long, List<Double>> now = valuesByTime(after);
    Set<Long> changed = new TreeSet<>(old.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(time -> Objects.equals(old.get(time), now.get(time)));
    return changed;
  }

  private static Map<Long, List<Double>> valuesByTime(List<Point> points) {
    Map<Long, List<Double>> values = new HashMap<>();
    for (Point point : points) {
      values.computeIfAbsent(point.timeNanos(), t -> new ArrayList<>()).add(point.value());
    }
    return values;
  }

  private static boolean inside(Point point, long start, long end) {
    return start <= point.timeNanos() && point.timeNanos() < end;
  }
}
