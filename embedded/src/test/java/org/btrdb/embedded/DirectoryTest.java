package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.tree.Points;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data directory keeps, whom it lets in, and what it says when it cannot be opened. */
class DirectoryTest {
  @TempDir Path temporary;

  @Test
  void reopenedDirectoryHoldsStreamsVersionsAndPoints() {
    Path directory = temporary.resolve("a/b");
    UUID uuid;
    try (Btrdb btrdb = Fixture.directory(directory)) {
      uuid = Fixture.create(btrdb, "c", "n");
      insert(btrdb, uuid, 1, 2);
      btrdb.flush(uuid, SCOPE);
      insert(btrdb, uuid, 3);
    }
    try (Btrdb btrdb = Fixture.directory(directory)) {
      assertThat(btrdb.version(uuid, SCOPE)).isEqualTo(new StreamVersion(12, 0));
      assertThat(Fixture.raw(btrdb, uuid, 0, 10, 11)).hasSize(2);
      assertThat(Fixture.raw(btrdb, uuid, 0, 10, StreamVersion.LATEST))
          .containsExactly(new Point(1, 1), new Point(2, 2), new Point(3, 3));
      assertThat(btrdb.stream(uuid, SCOPE).orElseThrow().name()).isEqualTo("n");
      assertThatThrownBy(() -> Fixture.create(btrdb, "c", "n"))
          .isInstanceOf(BtrdbException.class)
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.STREAM_EXISTS);
    }
  }

  @Test
  void connectionsShareOneEngineUntilTheLastCloses() {
    Btrdb first = Fixture.directory(temporary);
    Btrdb second = Fixture.directory(temporary.resolve("x/.."));
    UUID uuid = Fixture.create(first, "c", "n");
    insert(first, uuid, 1);
    first.close();
    first.close();
    assertThat(second.version(uuid, SCOPE)).isEqualTo(new StreamVersion(10, 1));
    assertThatThrownBy(() -> first.version(uuid, SCOPE)).hasMessageContaining("closed");
    second.close();
  }

  @Test
  void memoryLivesAsLongAsItsConnections() {
    String name = UUID.randomUUID().toString();
    Btrdb first = new EmbeddedProvider().open("mem", name, Map.of());
    Btrdb second = new EmbeddedProvider().open("mem", name, Map.of());
    Fixture.create(first, "c", "n");
    first.close();
    assertThat(Fixture.all(second.collections("", SCOPE))).containsExactly("c");
    second.close();
    try (Btrdb third = new EmbeddedProvider().open("mem", name, Map.of())) {
      assertThat(Fixture.all(third.collections("", SCOPE))).isEmpty();
    }
  }

  @Test
  void secondProcessIsRefusedByNameOfTheFirst() throws IOException {
    try (Btrdb btrdb = Fixture.directory(temporary);
        ChildJvm child = ChildJvm.start(SecondProcess.class, List.of(), temporary.toString())) {
      assertThat(btrdb.info().majorVersion()).isEqualTo(5);
      assertThat(child.remainingLines())
          .containsExactly(
              "STORE_LOCKED "
                  + temporary
                  + " is in use by process "
                  + ProcessHandle.current().pid());
    }
  }

  @Test
  void directoryOfAnotherFormatIsRefusedWithAnExplanation() {
    Fixture.directory(temporary).close();
    try (MVStore store = MVStore.open(temporary.resolve("btrdb.mv").toString())) {
      store.setStoreVersion(99);
    }
    assertThatThrownBy(() -> Fixture.directory(temporary))
        .hasMessageContaining(temporary.toString())
        .hasMessageContaining("format 99")
        .hasMessageContaining("reads formats 1 to 3")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.STORE_DAMAGED);
  }

  /** The file was written by the last program of format 1: 40 points, a flush, and two more. */
  @Test
  void storeOfFormat1IsReadAndWritten() throws IOException {
    try (InputStream old =
        Objects.requireNonNull(DirectoryTest.class.getResourceAsStream("/format1/btrdb.mv"))) {
      Files.copy(old, temporary.resolve("btrdb.mv"));
    }
    UUID uuid = new UUID(1, 2);
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      assertThat(btrdb.stream(uuid, SCOPE).orElseThrow().collection()).isEqualTo("old");
      assertThat(Fixture.raw(btrdb, uuid, 0, 100_000, 11))
          .hasSize(40)
          .allSatisfy(point -> assertThat(point.value()).isEqualTo(point.timeNanos() / 4000.0));
      assertThat(Fixture.raw(btrdb, uuid, 0, 100_000, 12)).hasSize(42).contains(new Point(5, -1));
      insert(btrdb, uuid, 80_000);
    }
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      assertThat(Fixture.raw(btrdb, uuid, 0, 100_000, 13)).hasSize(43);
    }
    try (MVStore store = MVStore.open(temporary.resolve("btrdb.mv").toString())) {
      assertThat(store.getStoreVersion()).isEqualTo(3);
    }
  }

  @Test
  void fileThatIsNoStoreIsRefusedInOneLine() throws IOException {
    Files.writeString(temporary.resolve("btrdb.mv"), "x".repeat(9000), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Fixture.directory(temporary))
        .message()
        .contains(temporary.toString())
        .doesNotContain("\n");
    Files.delete(temporary.resolve("btrdb.mv"));
    Fixture.directory(temporary).close(); // the lock was given back
  }

  @Test
  void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("f"), "", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Fixture.directory(file)).hasMessageContaining("not a directory");
  }

  @Test
  void damagedNodeIsFoundByItsChecksum() throws IOException {
    UUID uuid;
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      uuid = Fixture.create(btrdb, "c", "n");
      insert(btrdb, uuid, 0x1122334455L);
    }
    Path file = temporary.resolve("btrdb.mv");
    byte[] bytes = Files.readAllBytes(file);
    byte[] time = {0x55, 0x44, 0x33, 0x22, 0x11, 0, 0, 0};
    for (int i = 0; i + time.length < bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + time.length, time, 0, time.length)) {
        bytes[i]++;
      }
    }
    Files.write(file, bytes);
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      assertThatThrownBy(() -> Fixture.raw(btrdb, uuid, 0, 1L << 50, StreamVersion.LATEST))
          .hasMessageContaining("checksum")
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.STORE_DAMAGED);
    }
  }

  @Test
  void interruptedThreadDoesNotCloseTheFileForOthers() {
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> insert(btrdb, uuid, 1))
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.CANCELLED);
      assertThat(Thread.interrupted()).isTrue();
      try (Engines.Lease lease = Engines.instance().directory(temporary)) {
        Thread.currentThread().interrupt(); // after the call has looked whether it may go on
        lease
            .engine()
            .insert(uuid, new Points(new long[] {2}, new double[] {2}, 0, 1), MergePolicy.NEVER);
        assertThat(Thread.interrupted()).isTrue();
      }
      insert(btrdb, uuid, 3);
      assertThat(Fixture.raw(btrdb, uuid, 0, 10, StreamVersion.LATEST)).hasSize(2);
    }
  }

  @Test
  void fiveMillionPointsAreReadInASmallHeap() throws IOException {
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      UUID uuid = CrashWriter.uuid(0);
      btrdb.create(new NewStream(uuid, "c", Map.of("name", "n"), Map.of()), SCOPE);
      long[] times = new long[500_000];
      double[] values = new double[times.length];
      for (int part = 0; part < 10; part++) {
        for (int i = 0; i < times.length; i++) {
          times[i] = (part * 500_000L + i) * 8_333_333L;
          values[i] = Math.sin(i);
        }
        btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
      }
      assertThat(
              Fixture.windows(
                  btrdb.windows(
                      uuid,
                      TimeRange.ALL,
                      TimeRange.ALL.lengthNanos(),
                      StreamVersion.LATEST,
                      SCOPE)))
          .singleElement()
          .extracting(Fixture.Window::count)
          .isEqualTo(5_000_000L);
    }
    try (ChildJvm child =
        ChildJvm.start(SecondProcess.class, List.of("-Xmx64m"), temporary.toString())) {
      assertThat(child.remainingLines()).containsExactly("points 5000000");
    }
  }

  private static void insert(Btrdb btrdb, UUID uuid, long... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = times[i];
    }
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }
}
