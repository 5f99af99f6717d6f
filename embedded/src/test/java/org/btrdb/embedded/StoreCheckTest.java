package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.Points;
import org.btrdb.embedded.tree.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check finds what is wrong, and nothing where nothing is. */
class StoreCheckTest {
  @TempDir Path temporary;

  @Test
  void soundDirectoryIsCleanAndStaysAsItIs() throws IOException {
    UUID uuid = fill(temporary);
    byte[] before = Files.readAllBytes(temporary.resolve(Store.FILE_NAME));
    CheckReport report = StoreCheck.run(temporary);
    assertThat(report.faults()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.streams()).isEqualTo(2);
    assertThat(report.versions()).isEqualTo(5);
    assertThat(report.points()).isEqualTo(40_003 - 6);
    assertThat(report.nodes()).isGreaterThan(40);
    assertThat(temporary.resolve(Store.FILE_NAME)).hasBinaryContent(before);
    assertThat(temporary.resolve("lock")).isEmptyFile();
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      assertThat(btrdb.version(uuid, SCOPE).major()).isEqualTo(14);
    }
  }

  private static UUID fill(Path directory) {
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      UUID gone = Fixture.create(btrdb, "c", "gone");
      UUID other = Fixture.create(btrdb, "d", "other");
      insert(btrdb, uuid, 40_000);
      insert(btrdb, gone, 500);
      insert(btrdb, uuid, 3);
      btrdb.flush(uuid, SCOPE);
      insert(btrdb, other, 0);
      btrdb.delete(uuid, new TimeRange(2_000, 7_000), SCOPE);
      btrdb.obliterate(gone, SCOPE);
      insert(btrdb, other, 0);
      btrdb.delete(other, new TimeRange(0, 1), SCOPE);
      btrdb.flush(uuid, SCOPE);
      insert(btrdb, uuid, 0);
      btrdb.delete(uuid, new TimeRange(1, 2), SCOPE);
      return uuid;
    }
  }

  private static void insert(Btrdb btrdb, UUID uuid, int size) {
    long[] times = new long[size];
    double[] values = new double[size];
    Arrays.setAll(times, i -> i * 1000L);
    Arrays.setAll(values, i -> Math.sin(i));
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, SCOPE);
  }

  @Test
  void damagedByteInANodeIsNamed() throws IOException {
    fill(temporary);
    byte[] bytes = Files.readAllBytes(temporary.resolve(Store.FILE_NAME));
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int found = 0;
    for (int i = 0; i < 40; i++) {
      byte[] damaged = bytes.clone();
      damaged[8192 + random.nextInt(bytes.length - 8192)] ^= 0x10;
      Files.write(temporary.resolve(Store.FILE_NAME), damaged);
      try {
        found += StoreCheck.run(temporary).isClean() ? 0 : 1;
      } catch (BtrdbException e) {
        assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.STORE_DAMAGED);
        found++;
      }
    }
    // Some bytes are dead, padding, or in what MVStore keeps twice; most are nodes.
    assertThat(found).as("seed %d", seed).isGreaterThan(20);
  }

  /** MVStore checks few of its own bytes, and meets the others in any way that Java has. */
  @Test
  void damageAllOverIsNamed() throws IOException {
    fill(temporary);
    CheckReport whole = StoreCheck.run(temporary);
    byte[] bytes = Files.readAllBytes(temporary.resolve(Store.FILE_NAME));
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = bytes.clone();
      int step = 50 + random.nextInt(1_000);
      for (int at = 8192 + random.nextInt(step); at < bytes.length - 200; at += step) {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(temporary.resolve(Store.FILE_NAME), damaged);
      try {
        CheckReport report = StoreCheck.run(temporary);
        if (report.isClean()) { // only dead space was hit
          assertThat(report).as("seed %d round %d", seed, i).isEqualTo(whole);
        }
      } catch (BtrdbException e) {
        if (!(e.getCause() instanceof OutOfMemoryError)) { // a length may be damaged, too
          assertThat(e)
              .as("seed %d round %d", seed, i)
              .extracting(BtrdbException::code)
              .isEqualTo(ErrorCode.STORE_DAMAGED);
        }
      }
      assertThat(temporary.resolve("lock")).as("seed %d round %d", seed, i).isEmptyFile();
    }
  }

  @Test
  void wrongStatisticsLostNodesAndStrayOnesAreNamed() {
    Store store = Store.inMemory("check");
    Engine engine = Engine.open(store);
    UUID uuid = new UUID(1, 2);
    engine.create(new NewStream(uuid, "c", Map.of("name", "n"), Map.of()));
    engine.insert(
        uuid, new Points(new long[] {5, 6}, new double[] {1, 2}, 0, 2), MergePolicy.NEVER);
    engine.flush(uuid);
    assertThat(StoreCheck.of(store).faults()).isEmpty();
    store.write(new Leaf(new long[] {5}, new double[] {1}));
    assertThat(StoreCheck.of(store).faults()).containsExactly("1 nodes belong to no version");
    long id = engine.stream(uuid).id;
    Slot root = Objects.requireNonNull(store.root(id, 11));
    store.putVersion(id, 11, new Slot(root.id(), null, 12, 2, 1, 2, 1.25, 0.5));
    store.putVersion(id, 12, new Slot(99, null, 12, 3, 1, 2, 1.5, 0.5));
    store.putVersion(77, 11, root);
    assertThat(StoreCheck.of(store).faults())
        .hasSize(4)
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("version 11: its root was changed by version 12"),
            fault -> assertThat(fault).contains("mean 1.25").contains("holds count 2"),
            fault -> assertThat(fault).contains("version 12, node 99").contains("missing"),
            fault -> assertThat(fault).isEqualTo("stream number 77 has versions and no name"));
    store.closeImmediately();
  }

  @Test
  void directoryInUseOrMissingIsRefused() {
    assertThatThrownBy(() -> StoreCheck.run(temporary.resolve("x")))
        .hasMessageContaining("does not exist")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.STORE_IO);
    assertThat(temporary.resolve("x")).doesNotExist();
    try (Btrdb btrdb = Fixture.directory(temporary)) {
      assertThat(btrdb.info().majorVersion()).isEqualTo(5);
      assertThatThrownBy(() -> StoreCheck.run(temporary))
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.STORE_LOCKED);
    }
  }
}
