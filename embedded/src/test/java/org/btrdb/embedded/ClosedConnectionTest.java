package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.btrdb.client.Btrdb;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked while the last connection closes fails as CLOSED and not as a broken store. */
class ClosedConnectionTest {
  private final BtrdbException broken =
      new BtrdbException(ErrorCode.STORE_IO, "This store is closed");

  @Test
  void failureOfAConnectionThatWasClosedMeanwhileSaysSo() {
    EmbeddedBtrdb btrdb = new EmbeddedBtrdb(Engines.instance().memory("closed meanwhile"));
    EmbeddedCursor<Object> cursor =
        EmbeddedCursor.over(
            btrdb,
            SCOPE,
            () -> {
              btrdb.close();
              throw broken;
            });
    assertThatThrownBy(cursor::next)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CLOSED);
  }

  @Test
  void failureOfAnOpenConnectionIsPassedOn() {
    try (EmbeddedBtrdb btrdb = new EmbeddedBtrdb(Engines.instance().memory("open"))) {
      EmbeddedCursor<Object> cursor =
          EmbeddedCursor.over(
              btrdb,
              SCOPE,
              () -> {
                throw broken;
              });
      assertThatThrownBy(cursor::next).isSameAs(broken);
    }
  }

  @Test
  void readersOfAllKindsAreToldThatItIsClosed(@TempDir Path directory) throws Exception {
    UUID uuid;
    try (Btrdb btrdb = Fixture.directory(directory)) {
      uuid = Fixture.create(btrdb, "c", "n");
      long[] times = new Random(1).longs(300_000, 0, 1L << 40).sorted().toArray();
      PointBatch points = PointBatch.of(times, new double[times.length]);
      btrdb.insert(uuid, points, MergePolicy.NEVER, SCOPE);
    }
    Map<String, ErrorCode> failures = new ConcurrentHashMap<>();
    for (int round = 0; round < 25; round++) {
      Btrdb btrdb = Fixture.directory(directory);
      List<Thread> readers = new ArrayList<>();
      for (int kind = 0; kind < 5; kind++) {
        int which = kind;
        Thread reader = new Thread(() -> readUntilClosed(btrdb, uuid, which, failures));
        readers.add(reader);
        reader.start();
      }
      Fixture.raw(btrdb, uuid, 0, 1L << 36, StreamVersion.LATEST); // some time, without a clock
      btrdb.close();
      for (Thread reader : readers) {
        reader.join();
      }
    }
    assertThat(failures).isNotEmpty();
    assertThat(failures.values()).containsOnly(ErrorCode.CLOSED);
  }

  private static void readUntilClosed(
      Btrdb btrdb, UUID uuid, int kind, Map<String, ErrorCode> failures) {
    Random random = new Random(kind);
    try {
      while (true) {
        switch (kind) {
          case 0 -> Fixture.raw(btrdb, uuid, random.nextLong(1L << 40), 1L << 40, 0);
          case 1 -> all(btrdb.windows(uuid, TimeRange.ALL, 100_003, 0, SCOPE));
          case 2 -> btrdb.nearest(uuid, random.nextLong(1L << 40), true, 0, SCOPE);
          case 3 -> Fixture.all(btrdb.lookup(StreamQuery.underPrefix(""), SCOPE));
          default -> btrdb.changes(uuid, 0, 0, 0, SCOPE).next();
        }
      }
    } catch (BtrdbException e) {
      failures.put(kind + " " + e.getMessage(), e.code());
    }
  }

  private static void all(DataCursor<?> cursor) {
    try (cursor) {
      for (int i = 0; i < 100 && cursor.next(); i++) {
        cursor.current();
      }
    }
  }
}
