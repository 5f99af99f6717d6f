package org.btrdb.client.acceptance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Assumptions;

/** A connection to try promises on, with collections of its own that it removes at the end. */
public final class Workbench implements AutoCloseable {
  static final CallScope SCOPE = CallScope.unbounded();

  private final Btrdb btrdb;
  private final String prefix = "acceptance/" + UUID.randomUUID() + "/";
  private final Set<UUID> streams = new LinkedHashSet<>();

  /** Takes over a connection. */
  public Workbench(Btrdb btrdb) {
    this.btrdb = btrdb;
  }

  /** A window as an object, for comparing. */
  record Window(long time, double min, double mean, double max, long count, double stddev) {}

  Btrdb btrdb() {
    return btrdb;
  }

  /** What all collections of this workbench begin with. */
  String prefix() {
    return prefix;
  }

  UUID stream() {
    return stream("data", Map.of("name", "s" + streams.size()), Map.of());
  }

  UUID stream(String collection, Map<String, String> tags, Map<String, String> annotations) {
    UUID uuid = UUID.randomUUID();
    btrdb.create(new NewStream(uuid, prefix + collection, tags, annotations), SCOPE);
    streams.add(uuid);
    return uuid;
  }

  /** A committed stream of values 1, 2, 3 ... at given times. */
  UUID streamAt(long... times) {
    UUID uuid = stream();
    insert(uuid, times);
    btrdb.flush(uuid, SCOPE);
    return uuid;
  }

  StreamVersion insert(UUID uuid, long... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }

  StreamVersion insert(UUID uuid, List<Point> points) {
    PointBatch batch =
        PointBatch.of(
            points.stream().mapToLong(Point::timeNanos).toArray(),
            points.stream().mapToDouble(Point::value).toArray());
    return btrdb.insert(uuid, batch, MergePolicy.NEVER, SCOPE);
  }

  /** Points in a canonical order: those of one time by value, for which no order is promised. */
  List<Point> raw(UUID uuid, long start, long end, long version) {
    List<Point> points = new ArrayList<>();
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(uuid, new TimeRange(start, end), version, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          if (!points.isEmpty() && batch.time(i) < points.get(points.size() - 1).timeNanos()) {
            throw new AssertionError("points are not in order at " + batch.time(i));
          }
          points.add(new Point(batch.time(i), batch.value(i)));
        }
      }
    }
    points.sort(Comparator.comparingLong(Point::timeNanos).thenComparing(Point::value));
    return points;
  }

  List<Long> times(UUID uuid, long start, long end) {
    return raw(uuid, start, end, StreamVersion.LATEST).stream().map(Point::timeNanos).toList();
  }

  List<Window> windows(UUID uuid, long start, long end, long width, long version) {
    return windows(btrdb.windows(uuid, new TimeRange(start, end), width, version, SCOPE));
  }

  List<Window> aligned(UUID uuid, long start, long end, int pointWidth, long version) {
    return windows(
        btrdb.alignedWindows(uuid, new TimeRange(start, end), pointWidth, version, SCOPE));
  }

  private static List<Window> windows(DataCursor<StatBatch> answer) {
    List<Window> windows = new ArrayList<>();
    try (answer) {
      while (answer.next()) {
        StatBatch b = answer.current();
        for (int i = 0; i < b.size(); i++) {
          windows.add(
              new Window(b.time(i), b.min(i), b.mean(i), b.max(i), b.count(i), b.stddev(i)));
        }
      }
    }
    return windows;
  }

  Optional<Long> nearest(UUID uuid, long time, boolean backward) {
    return btrdb.nearest(uuid, time, backward, StreamVersion.LATEST, SCOPE).map(Point::timeNanos);
  }

  static <T> List<T> all(Cursor<List<T>> answer) {
    List<T> all = new ArrayList<>();
    try (answer) {
      while (answer.next()) {
        all.addAll(answer.current());
      }
    }
    return all;
  }

  static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  /** Runs what an endpoint need not support; skips the test if it does not. */
  static void ifSupported(Runnable calls) {
    try {
      calls.run();
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.UNSUPPORTED) {
        Assumptions.abort("not supported here: " + e.getMessage());
      }
      throw e;
    }
  }

  /** Removes the streams, or where that is disabled their points, and closes the connection. */
  @Override
  public void close() {
    try (btrdb) {
      for (UUID uuid : streams) {
        try {
          btrdb.obliterate(uuid, SCOPE);
        } catch (BtrdbException e) {
          if (e.code() == ErrorCode.UNSUPPORTED) {
            btrdb.delete(uuid, TimeRange.ALL, SCOPE);
          } else if (e.code() != ErrorCode.NO_SUCH_STREAM) {
            throw e;
          }
        }
      }
    }
  }
}
