package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;

/** A {@code mem:} BTrDB of one test, kept alive until closed, filled without SQL. */
final class TestData implements AutoCloseable {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name = "test" + COUNTER.incrementAndGet();
  private final Btrdb btrdb = BtrdbConnector.open("mem", name, Map.of());

  Btrdb btrdb() {
    return btrdb;
  }

  String url() {
    return "jdbc:btrdb:mem:" + name;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** Makes a stream with some tags and annotations. */
  UUID stream(
      String collection, String streamName, Map<String, String> tags, Map<String, String> notes) {
    UUID uuid = UUID.randomUUID();
    Map<String, String> all = new java.util.HashMap<>(tags);
    all.put("name", streamName);
    btrdb.create(new NewStream(uuid, collection, all, notes), CallScope.unbounded());
    return uuid;
  }

  UUID stream(String collection, String streamName) {
    return stream(collection, streamName, Map.of(), Map.of());
  }

  void insert(UUID uuid, long[] times, double[] values) {
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
  }

  /** A stream with points a second apart from the epoch, whose value is their number. */
  UUID ramp(String collection, String streamName, int points) {
    UUID uuid = stream(collection, streamName);
    long[] times = new long[points];
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      times[i] = i * 1_000_000_000L;
      values[i] = i;
    }
    insert(uuid, times, values);
    return uuid;
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
