package org.btrdb.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.client.time.TimeRange;

/** An embedded BTrDB by its own calls. */
final class BtrdbEngine implements PointEngine {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final UUID STREAM = UUID.fromString("6c1f0f0e-6a6e-4a52-9c36-0d5d2f6a2b11");

  private final Btrdb btrdb;

  private BtrdbEngine(Btrdb btrdb) {
    this.btrdb = btrdb;
  }

  /** Opens a directory, which gets an empty stream if it is new. */
  static BtrdbEngine open(Path directory) {
    Btrdb btrdb = BtrdbConnector.open("file", directory.toString(), Map.of());
    if (btrdb.stream(STREAM, SCOPE).isEmpty()) {
      btrdb.create(new NewStream(STREAM, "bench", Map.of("name", "s"), Map.of()), SCOPE);
    }
    return new BtrdbEngine(btrdb);
  }

  @Override
  public void insert(PointBatch points) {
    btrdb.insert(STREAM, points, MergePolicy.NEVER, SCOPE);
  }

  @Override
  public ScanSums scan() {
    long points = 0;
    long times = 0;
    double values = 0;
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(STREAM, TimeRange.ALL, StreamVersion.LATEST, SCOPE)) {
      while (cursor.next()) {
        PointBatch batch = cursor.current();
        points += batch.size();
        for (int i = 0; i < batch.size(); i++) {
          times = ScanSums.mix(times, batch.time(i));
          values += batch.value(i);
        }
      }
    }
    return new ScanSums(points, times, values);
  }

  @Override
  public StatBatch windows(TimeRange range, long widthNanos) {
    StatBatch all = new StatBatch(1_024);
    try (DataCursor<StatBatch> cursor =
        btrdb.windows(STREAM, range, widthNanos, StreamVersion.LATEST, SCOPE)) {
      while (cursor.next()) {
        StatBatch some = cursor.current();
        for (int i = 0; i < some.size(); i++) {
          all.add(
              some.time(i), some.min(i), some.mean(i), some.max(i), some.count(i), some.stddev(i));
        }
      }
    }
    return all;
  }

  @Override
  public StatBatch statistics() {
    return windows(TimeRange.ALL, TimeRange.ALL.lengthNanos());
  }

  @Override
  public Point before(long timeNanos) {
    return btrdb.nearest(STREAM, timeNanos, true, StreamVersion.LATEST, SCOPE).orElseThrow();
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
