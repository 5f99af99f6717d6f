package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.btrdb.client.Btrdb;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are removed for ever: their names, their points, their space. */
class ObliterateTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path directory;

  private static void insert(Btrdb btrdb, UUID uuid, long first, int count) {
    btrdb.insert(
        uuid,
        PointBatch.of(
            LongStream.range(first, first + count).map(i -> i * SECOND / 100).toArray(),
            new Random(first).doubles(count).toArray()),
        MergePolicy.NEVER,
        SCOPE);
  }

  @Test
  void case24EveryCallSaysTheStreamIsGone() {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "gone", "s");
      insert(btrdb, uuid, 0, 40_000);
      insert(btrdb, uuid, 7, 3); // these are in the buffer
      btrdb.obliterate(uuid, SCOPE);
      List<ThrowingCallable> calls =
          List.of(
              () -> Fixture.raw(btrdb, uuid, 0, 1, 0),
              () -> btrdb.version(uuid, SCOPE),
              () -> btrdb.changes(uuid, 0, 0, 0, SCOPE),
              () -> btrdb.nearest(uuid, 0, false, 0, SCOPE),
              () -> insert(btrdb, uuid, 0, 1),
              () -> btrdb.flush(uuid, SCOPE),
              () -> btrdb.delete(uuid, TimeRange.ALL, SCOPE),
              () -> btrdb.obliterate(uuid, SCOPE));
      for (ThrowingCallable call : calls) {
        assertFails(ErrorCode.NO_SUCH_STREAM, call);
      }
      assertThat(btrdb.stream(uuid, SCOPE)).isEmpty();
      assertThat(Fixture.all(btrdb.collections("", SCOPE))).isEmpty();
      assertReused(btrdb, uuid);
      Fixture.create(btrdb, "gone", "s"); // its name is free
    }
    try (Btrdb btrdb = Fixture.directory(directory)) {
      assertThat(Fixture.all(btrdb.collections("", SCOPE))).containsExactly("gone");
    }
  }

  private static void assertReused(Btrdb btrdb, UUID uuid) {
    assertFails(
        ErrorCode.UUID_REUSED,
        () -> btrdb.create(new NewStream(uuid, "again", Map.of(), Map.of()), SCOPE));
  }

  @Test
  void readerOfAnOldTreeFailsWithTheReason() {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "gone", "s");
      insert(btrdb, uuid, 0, 50_000);
      try (DataCursor<PointBatch> cursor = btrdb.raw(uuid, TimeRange.ALL, 0, SCOPE)) {
        assertThat(cursor.next()).isTrue();
        btrdb.obliterate(uuid, SCOPE);
        assertFails(ErrorCode.NO_SUCH_STREAM, cursor::next);
      }
    }
  }

  @Test
  void numbersAreNotUsedAgain() {
    UUID first;
    try (Btrdb btrdb = Fixture.directory(directory)) {
      first = Fixture.create(btrdb, "a", "first");
      insert(btrdb, first, 0, 40_000);
      btrdb.obliterate(first, SCOPE);
    }
    try (Btrdb btrdb = Fixture.directory(directory)) {
      assertReused(btrdb, first);
      UUID second = Fixture.create(btrdb, "a", "second");
      assertThat(btrdb.version(second, SCOPE).major()).isEqualTo(10);
      assertThat(Fixture.raw(btrdb, second, 0, Long.MAX_VALUE, 0)).isEmpty();
      insert(btrdb, second, 0, 40_000);
      assertThat(Fixture.raw(btrdb, second, 0, Long.MAX_VALUE, 0)).hasSize(40_000);
    }
  }

  /** Random versions of two streams; nothing of the one and all of the other is left. */
  @Test
  void allNodesOfAllVersionsAreRemovedAndNoOthers() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    UUID kept;
    long keptNodes;
    try (Btrdb btrdb = Fixture.directory(directory)) {
      kept = Fixture.create(btrdb, "a", "kept");
      insert(btrdb, kept, 0, 50_000);
    }
    keptNodes = storedNodes();
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID gone = Fixture.create(btrdb, "a", "gone");
      for (int version = 0; version < 30; version++) {
        insert(btrdb, gone, random.nextInt(1_000_000), random.nextInt(5000));
        if (random.nextInt(4) == 0) {
          long start = random.nextInt(1_000_000) * SECOND / 100;
          btrdb.delete(gone, new TimeRange(start, start + 1000 * SECOND), SCOPE);
        }
        btrdb.flush(gone, SCOPE);
      }
      btrdb.obliterate(gone, SCOPE);
      assertThat(Fixture.raw(btrdb, kept, 0, Long.MAX_VALUE, 0)).hasSize(50_000);
    }
    assertThat(storedNodes()).as("seed %s", seed).isEqualTo(keptNodes);
  }

  private long storedNodes() {
    try (Store store = Store.open(directory)) {
      return store.nodeCount();
    }
  }

  /** Space rests for some seconds first, so this takes a while. */
  @Test
  @Tag("long")
  void spaceIsUsedAgain() throws IOException {
    long first = 0;
    long rounds = 0;
    for (long begun = System.nanoTime(); System.nanoTime() - begun < 16 * SECOND; rounds++) {
      try (Btrdb btrdb = Fixture.directory(directory)) {
        UUID uuid = Fixture.create(btrdb, "space", "s");
        for (int i = 0; i < 10; i++) {
          insert(btrdb, uuid, i * 50_000L, 50_000);
        }
        btrdb.obliterate(uuid, SCOPE);
      }
      first = rounds == 0 ? Files.size(directory.resolve("btrdb.mv")) : first;
    }
    assertThat(Files.size(directory.resolve("btrdb.mv"))).isLessThan(rounds * first / 2);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(BtrdbException.class)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(code);
  }
}
