package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.btrdb.embedded.store.DiskEvent;
import org.btrdb.embedded.store.LiveSpace;
import org.btrdb.embedded.store.PowerCut;
import org.btrdb.embedded.store.RecordingDisk;
import org.btrdb.embedded.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power of a simulated disk after every write: whatever part of the unsynced writes is
 * kept, everything acknowledged is there and nothing else is half there.
 */
class PowerCutTest {

  @Test
  void everyCutLeavesWhatWasAcknowledged() throws InterruptedException {
    cutEverywhere(new byte[0], 3, 12, new Random().nextLong());
  }

  @Test
  @Tag("long")
  void manyCutsLeaveWhatWasAcknowledged() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      byte[] first = i % 4 == 0 ? PowerCutLife.oldStore(300) : new byte[0];
      cutEverywhere(first, 6, 20, new Random().nextLong());
    }
  }

  /** Closing moves chunks: also of one that is moved nothing may look whole and have holes. */
  @Test
  void footersAreWrittenAfterWhatTheyEnd() throws InterruptedException {
    long seed = new Random().nextLong();
    PowerCutLife life = new PowerCutLife(new byte[0], false, List.of());
    life.work(2, 30, seed, true);
    DiskEvent last = new DiskEvent.Sync();
    int footers = 0;
    for (DiskEvent event : life.events()) {
      if (event instanceof DiskEvent.Write write && write.position() >= 2 * 4096) {
        boolean isFooter = isFooter(event);
        assertThat((write.position() + write.bytes().length) % 4096)
            .as("seed %d, write at %d", seed, write.position())
            .isEqualTo(isFooter ? 0 : 4096 - 128);
        assertThat(last).as("seed %d", seed).isInstanceOf(DiskEvent.Sync.class);
        footers += isFooter ? 1 : 0;
      }
      last = event instanceof DiskEvent.Note ? last : event;
    }
    assertThat(footers).isPositive();
  }

  /** Lives of one store, each begun with what a cut left of the one before. */
  private static void cutEverywhere(byte[] firstImage, int lives, int changes, long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    byte[] image = firstImage;
    boolean ownerDied = random.nextBoolean();
    Iterable<UUID> known = List.of();
    int cuts = 0;
    for (int number = 0; number < lives; number++) {
      PowerCutLife life = new PowerCutLife(image, ownerDied, known);
      boolean closes = random.nextInt(3) == 0;
      life.work(1 + random.nextInt(3), changes, random.nextLong(), closes);
      List<DiskEvent> events = life.events();
      for (int count = 0; count <= events.size(); count++) {
        byte[] left = life.cut(events, count, random);
        assertThat(life.fault(left, events, count))
            .as("seed %d life %d cut after event %d of %d", seed, number, count, events.size())
            .isEmpty();
        cuts++;
      }
      int last = closes ? events.size() : random.nextInt(events.size() + 1);
      image = life.cut(events, last, random);
      ownerDied = !closes;
      known = life.someStreams(8, random);
    }
    System.out.println("power cuts: " + cuts + ", seed " + seed);
  }

  /** Programs before this one left such files, in which MVStore settles for an older state. */
  @Test
  void whatWasRecoveredAndClosedFormerlyIsFound(@TempDir Path directory) throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    PowerCutLife life = new PowerCutLife(new byte[0], false, List.of());
    life.work(1, 20, random.nextLong(), false);
    List<DiskEvent> events = life.events();
    for (int count = 0; count <= events.size(); count++) {
      RecordingDisk left = new RecordingDisk(life.cut(events, count, random));
      left.recoverAsFormerly();
      Path store = Files.createDirectory(directory.resolve("cut" + count));
      Files.write(store.resolve(Store.FILE_NAME), left.bytes());
      assertThat(life.fault(() -> Store.open(store), events, count))
          .as("seed %d cut after event %d of %d", seed, count, events.size())
          .isEmpty();
    }
  }

  @Test
  void livePartsOfTheDurableStateAreNeverOverwritten() throws InterruptedException {
    watchLiveSpace(80, 1, 30, new Random().nextLong());
  }

  @Test
  @Tag("long")
  void livePartsOfAnOldDurableStateAreNeverOverwritten() throws InterruptedException {
    watchLiveSpace(400, 5, 150, new Random().nextLong());
  }

  /** No write goes over what a recovery from the last sync would need: the rule behind the cuts. */
  private static void watchLiveSpace(int versions, int lives, int changes, long seed)
      throws InterruptedException {
    Random random = new Random(seed);
    byte[] image = PowerCutLife.oldStore(versions);
    for (int number = 0; number < lives; number++) {
      PowerCutLife life = new PowerCutLife(image, number > 0, List.of());
      life.work(2, changes, random.nextLong(), false);
      List<DiskEvent> events = life.events();
      LiveSpace live = LiveSpace.of(image);
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i) instanceof DiskEvent.Sync) {
          live = LiveSpace.of(PowerCut.after(image, events, i + 1, random));
        } else if (events.get(i) instanceof DiskEvent.Write write) {
          assertThat(live.isHitBy(write))
              .as("seed %d life %d event %d, %d live", seed, number, i, live.size())
              .isFalse();
        }
      }
      image = life.cut(events, events.size(), random);
    }
  }

  /** The tests would see it if a chunk's footer were written without the sync before it. */
  @Test
  void missingSyncBeforeTheFooterIsCaught() throws InterruptedException {
    assertCaught(PowerCutTest::isFooter);
  }

  /** The tests would see it if a call returned without the sync of its commit. */
  @Test
  void missingSyncBeforeTheAcknowledgementIsCaught() throws InterruptedException {
    assertCaught(event -> event instanceof DiskEvent.Note);
  }

  private static boolean isFooter(DiskEvent event) {
    return event instanceof DiskEvent.Write write && write.bytes().length == 128;
  }

  /** Leaves out the syncs before such events and cuts after them. */
  private static void assertCaught(Predicate<DiskEvent> matters) throws InterruptedException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    PowerCutLife life = new PowerCutLife(new byte[0], false, List.of());
    life.work(1, 40, random.nextLong(), false);
    List<DiskEvent> events = without(life.events(), matters);
    int faults = 0;
    for (int round = 0; round < 20 && faults == 0; round++) {
      for (int count = 1; count <= events.size() && faults == 0; count++) {
        if (matters.test(events.get(count - 1))) {
          byte[] left = life.cut(events, count, random);
          faults += life.fault(left, events, count).isEmpty() ? 0 : 1;
        }
      }
    }
    assertThat(faults).as("seed %d", seed).isPositive();
  }

  private static List<DiskEvent> without(List<DiskEvent> events, Predicate<DiskEvent> matters) {
    List<DiskEvent> kept = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      DiskEvent event = events.get(i);
      boolean isSkipped =
          event instanceof DiskEvent.Sync
              && i + 1 < events.size()
              && matters.test(events.get(i + 1));
      if (!isSkipped) {
        kept.add(event);
      }
    }
    assertThat(kept).hasSizeLessThan(events.size());
    return kept;
  }
}
