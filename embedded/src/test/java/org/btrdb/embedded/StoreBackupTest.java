package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.btrdb.embedded.Fixture.SCOPE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.btrdb.client.Btrdb;
import org.btrdb.client.batch.Point;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy taken while others write is whole, sound, and has all that was acknowledged before. */
class StoreBackupTest {
  @TempDir Path temporary;

  @Test
  void copyOfAClosedDirectoryIsTheSame() {
    Path directory = temporary.resolve("data");
    UUID uuid;
    try (Btrdb btrdb = Fixture.directory(directory)) {
      uuid = Fixture.create(btrdb, "c", "n");
      btrdb.insert(uuid, CrashWriter.batch(0, 3), MergePolicy.NEVER, SCOPE);
    }
    StoreBackup.run(directory, temporary.resolve("copy/of it"));
    assertThat(directory.resolve("lock")).isEmptyFile();
    assertThat(StoreCheck.run(temporary.resolve("copy/of it")).faults()).isEmpty();
    try (Btrdb copy = Fixture.directory(temporary.resolve("copy/of it"))) {
      assertThat(copy.version(uuid, SCOPE)).isEqualTo(new StreamVersion(11, 0));
      assertThat(found(copy, uuid, 3)).hasSize(CrashWriter.batch(0, 3).size());
    }
  }

  @Test
  void copiesTakenUnderWritersInThisProcessAreWhole() throws Exception {
    Path directory = temporary.resolve("data");
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger acknowledged = new AtomicInteger(-1);
    try (Btrdb btrdb = Fixture.directory(directory)) {
      UUID uuid = Fixture.create(btrdb, "c", "n");
      Thread writer =
          new Thread(
              () -> {
                for (int batch = 0; !done.get(); batch++) {
                  btrdb.insert(uuid, CrashWriter.batch(0, batch), MergePolicy.NEVER, SCOPE);
                  acknowledged.set(batch);
                  if (batch % 3 == 0) {
                    btrdb.flush(uuid, SCOPE);
                  }
                }
              });
      writer.start();
      try {
        for (int i = 0; i < 12; i++) {
          int before = acknowledged.get();
          Path copy = temporary.resolve("copy" + i);
          StoreBackup.run(directory, copy);
          int after = acknowledged.get() + 1;
          assertWhole(copy, uuid, before, after);
        }
      } finally {
        done.set(true);
        writer.join();
      }
    }
    assertThat(StoreCheck.run(directory).faults()).isEmpty();
  }

  @Test
  void copiesTakenUnderAnotherProcessAreWhole() throws Exception {
    Path directory = temporary.resolve("data");
    try (ChildJvm child = ChildJvm.start(CrashWriter.class, List.of(), directory.toString(), "0")) {
      int[] acknowledged = {-1, -1, -1};
      for (int i = 0; i < 10; i++) {
        for (int line = 0; line < 60; line++) {
          String[] words = String.valueOf(child.readLine()).split(" ", -1);
          acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
        }
        Path copy = temporary.resolve("copy" + i);
        StoreBackup.run(directory, copy);
        for (int stream = 0; stream < CrashWriter.STREAMS; stream++) {
          assertWhole(copy, CrashWriter.uuid(stream), acknowledged[stream], Integer.MAX_VALUE);
        }
      }
      child.kill();
      child.exitStatus();
    }
    assertThat(StoreCheck.run(directory).faults()).isEmpty();
  }

  private static void assertWhole(Path copy, UUID uuid, int before, int after) {
    assertThat(StoreCheck.run(copy).faults()).isEmpty();
    try (Btrdb btrdb = Fixture.directory(copy)) {
      int stream = (int) uuid.getLeastSignificantBits();
      int number = uuid.equals(CrashWriter.uuid(stream)) ? stream : 0;
      int batch = 0;
      while (!found(btrdb, uuid, batch).isEmpty()) {
        assertThat(found(btrdb, uuid, batch)).hasSize(CrashWriter.batch(number, batch).size());
        batch++;
      }
      assertThat(batch - 1).isBetween(before, after);
    }
  }

  private static List<Point> found(Btrdb btrdb, UUID uuid, int batch) {
    long start = (long) batch * CrashWriter.BATCH_NANOS;
    return Fixture.raw(btrdb, uuid, start, start + CrashWriter.BATCH_NANOS, StreamVersion.LATEST);
  }

  @Test
  void targetThatIsNotEmptyAndDirectoryThatIsNoneAreRefused() throws Exception {
    Path directory = temporary.resolve("data");
    Fixture.directory(directory).close();
    Path target = Files.createDirectories(temporary.resolve("target"));
    Files.createFile(target.resolve("x"));
    assertThatThrownBy(() -> StoreBackup.run(directory, target))
        .hasMessageContaining(target.toString())
        .hasMessageContaining("not empty")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.STORE_IO);
    assertThatThrownBy(() -> StoreBackup.run(temporary.resolve("none"), target))
        .hasMessageContaining("does not exist");
    assertThat(temporary.resolve("none")).doesNotExist();
    try (Btrdb memory = Fixture.memory()) {
      assertThat(memory.info().majorVersion()).isEqualTo(5);
    }
  }
}
