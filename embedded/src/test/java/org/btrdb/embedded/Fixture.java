package org.btrdb.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;

/** Short forms of calls that tests make often. */
final class Fixture {
  static final CallScope SCOPE = CallScope.unbounded();

  private Fixture() {}

  static Btrdb memory() {
    return BtrdbConnector.open("mem", UUID.randomUUID().toString(), Map.of());
  }

  static Btrdb directory(Path directory) {
    return BtrdbConnector.open("file", directory.toString(), Map.of());
  }

  static UUID create(Btrdb btrdb, String collection, String name) {
    UUID uuid = UUID.randomUUID();
    btrdb.create(new NewStream(uuid, collection, Map.of("name", name), Map.of()), SCOPE);
    return uuid;
  }

  static PointBatch batch(List<Point> points) {
    return PointBatch.of(
        points.stream().mapToLong(Point::timeNanos).toArray(),
        points.stream().mapToDouble(Point::value).toArray());
  }

  static List<Point> raw(Btrdb btrdb, UUID uuid, long start, long end, long version) {
    List<Point> points = new ArrayList<>();
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(uuid, new TimeRange(start, end), version, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        for (int i = 0; i < batch.size(); i++) {
          points.add(new Point(batch.time(i), batch.value(i)));
        }
      }
    }
    return points;
  }

  static List<Window> windows(DataCursor<StatBatch> answer) {
    List<Window> windows = new ArrayList<>();
    try (answer) {
      while (answer.next()) {
        StatBatch batch = answer.current();
        for (int i = 0; i < batch.size(); i++) {
          windows.add(
              new Window(
                  batch.time(i),
                  batch.min(i),
                  batch.mean(i),
                  batch.max(i),
                  batch.count(i),
                  batch.stddev(i)));
        }
      }
    }
    return windows;
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

  /** One answered window. */
  record Window(long time, double min, double mean, double max, long count, double stddev) {}
}
