package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers among writers: each sees one state, whole. */
class ConcurrencyTest {
  private static final int BATCH = 500;

  @TempDir Path directory;

  @Test
  void cursorKeepsTheStateItBeganWith() {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      insert(btrdb, uuid, 0, 5000);
      try (DataCursor<PointBatch> cursor =
          btrdb.raw(uuid, TimeRange.ALL, StreamVersion.LATEST, SCOPE)) {
        long seen = cursor.next() ? cursor.current().size() : 0;
        insert(btrdb, uuid, 5000, 60_000);
        btrdb.delete(uuid, TimeRange.ALL, SCOPE);
        while (cursor.next()) {
          seen += cursor.current().size();
        }
        assertThat(seen).isEqualTo(5000);
        assertThat(cursor.version()).isEqualTo(new StreamVersion(10, 5000));
      }
    }
  }

  @Test
  void hundredReadersSeeWholeBatchesWhileOthersWrite() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        long first = writer * 1_000_000_000L;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 25; i++) {
                    insert(btrdb, uuid, first + (long) i * BATCH, BATCH);
                  }
                }));
      }
      List<Future<?>> readers = new ArrayList<>();
      for (int reader = 0; reader < 100; reader++) {
        readers.add(threads.submit(() -> readUntilDone(btrdb, uuid, writers)));
      }
      awaitAll(writers);
      awaitAll(readers);
      assertThat(count(btrdb, uuid)).isEqualTo(4 * 25 * BATCH);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void readUntilDone(Btrdb btrdb, UUID uuid, List<Future<?>> writers) {
    long last = 0;
    do {
      long count = count(btrdb, uuid);
      assertThat(count % BATCH).isZero();
      assertThat(count).isGreaterThanOrEqualTo(last);
      long counted = 0;
      for (Fixture.Window window :
          Fixture.windows(
              btrdb.windows(
                  uuid,
                  new TimeRange(0, 4_000_000_000L),
                  1_000_000,
                  StreamVersion.LATEST,
                  SCOPE))) {
        counted += window.count();
      }
      assertThat(counted).isGreaterThanOrEqualTo(count);
      last = count;
    } while (!writers.stream().allMatch(Future::isDone));
  }

  private static long count(Btrdb btrdb, UUID uuid) {
    long count = 0;
    try (DataCursor<PointBatch> cursor =
        btrdb.raw(uuid, TimeRange.ALL, StreamVersion.LATEST, SCOPE)) {
      while (cursor.next()) {
        count += cursor.current().size();
      }
    }
    return count;
  }

  @Test
  void streamIsFoundOnceWhileItsMetadataIsEdited() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Btrdb btrdb = Fixture.memory()) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      AtomicBoolean done = new AtomicBoolean();
      Future<?> editor =
          threads.submit(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  Map<String, String> edit = Map.of("unit", "u" + i / 2 % 2);
                  MetadataChange change = MetadataChange.setting(edit);
                  if (i % 2 == 0) {
                    btrdb.setAnnotations(uuid, 0, change, SCOPE);
                  } else {
                    btrdb.setTags(uuid, 0, null, change, SCOPE);
                  }
                }
              });
      StreamQuery byName = StreamQuery.inCollection("c").withTag("name", "n");
      StreamQuery byTag = StreamQuery.underPrefix("").withTag("name", "n");
      try {
        for (int i = 0; i < 20_000; i++) {
          StreamQuery query = i % 2 == 0 ? byName : byTag;
          assertThat(Fixture.all(btrdb.lookup(query, SCOPE)))
              .as("look-up %s", i)
              .extracting(StreamDescriptor::uuid)
              .containsExactly(uuid);
        }
      } finally {
        done.set(true);
      }
      awaitAll(List.of(editor));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void cancelledScopeEndsACursorAtItsNextStep() {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      insert(btrdb, uuid, 0, 5000);
      CallScope scope = CallScope.unbounded();
      try (DataCursor<PointBatch> cursor =
          btrdb.raw(uuid, TimeRange.ALL, StreamVersion.LATEST, scope)) {
        assertThat(cursor.next()).isTrue();
        scope.cancel();
        assertThatThrownBy(cursor::next)
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.CANCELLED);
      }
    }
  }

  @Test
  void closingTheConnectionEndsItsCursors() {
    Btrdb btrdb = Fixture.directory(directory);
    UUID uuid = Fixture.create(btrdb, "c", "n");
    insert(btrdb, uuid, 0, 5000);
    DataCursor<PointBatch> cursor = btrdb.raw(uuid, TimeRange.ALL, StreamVersion.LATEST, SCOPE);
    assertThat(cursor.next()).isTrue();
    btrdb.close();
    assertThatThrownBy(cursor::next)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.CLOSED);
  }

  private static void insert(Btrdb btrdb, UUID uuid, long first, int count) {
    btrdb.insert(
        uuid,
        PointBatch.of(LongStream.range(first, first + count).toArray(), new double[count]),
        MergePolicy.NEVER,
        SCOPE);
  }

  private static void awaitAll(List<Future<?>> tasks) throws InterruptedException {
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }
}
