package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.embedded.meta.MetadataEdit;
import org.btrdb.embedded.store.DiskEvent;
import org.btrdb.embedded.store.RecordingDisk;
import org.btrdb.embedded.store.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is refused because of what another one has just changed is so when that is durable. */
class RefusalTest {
  private static final UUID FIRST = new UUID(1, 1);

  private final RecordingDisk disk = new RecordingDisk(new byte[0]);
  private final Engine engine = Engine.open(disk.open(false));

  private void create(UUID uuid) {
    engine.create(new NewStream(uuid, "c", Map.of("name", "n"), Map.of()));
  }

  private void annotate(String value) {
    engine.edit(FIRST, MetadataEdit.annotations(1, MetadataChange.setting(Map.of("a", value))));
  }

  @Test
  void streamThatExistsIsDurable() throws InterruptedException {
    assertRefusedWhenDurable(ErrorCode.STREAM_EXISTS, () -> create(FIRST), () -> create(FIRST));
  }

  @Test
  void streamWithTheseTagsIsDurable() throws InterruptedException {
    Runnable other = () -> create(new UUID(1, 2));
    assertRefusedWhenDurable(ErrorCode.STREAM_EXISTS, () -> create(FIRST), other);
  }

  @Test
  void editInBetweenIsDurable() throws InterruptedException {
    create(FIRST);
    assertRefusedWhenDurable(ErrorCode.CONCURRENT_CHANGE, () -> annotate("x"), () -> annotate("y"));
  }

  @Test
  void obliterationIsDurable() throws InterruptedException {
    create(FIRST);
    assertRefusedWhenDurable(
        ErrorCode.UUID_REUSED, () -> engine.obliterate(FIRST), () -> create(FIRST));
  }

  /**
   * Just before the sync that makes the first change durable, when nobody is kept from changing
   * anything, another thread asks for the second; the sync waits until that thread has its answer,
   * or waits itself.
   */
  private void assertRefusedWhenDurable(ErrorCode code, Runnable change, Runnable refused)
      throws InterruptedException {
    AtomicReference<@Nullable ErrorCode> answer = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try {
                refused.run();
              } catch (BtrdbException e) {
                disk.note("refused");
                answer.set(e.code());
              }
            });
    disk.beforeSync(
        () -> {
          if (other.getState() == Thread.State.NEW && isLastOfACommit()) {
            other.start();
            awaitRest(other);
            disk.note("durable");
          }
        });
    change.run();
    disk.beforeSync(() -> {});
    other.join();
    assertThat(answer.get()).isEqualTo(code);
    assertThat(disk.events())
        .containsSubsequence(new DiskEvent.Note("durable"), new DiskEvent.Note("refused"));
  }

  private static boolean isLastOfACommit() {
    return Arrays.stream(Thread.currentThread().getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Store.class.getName())
                    && frame.getMethodName().equals("sync"));
  }

  private static void awaitRest(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }
}
