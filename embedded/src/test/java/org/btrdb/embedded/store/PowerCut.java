package org.btrdb.embedded.store;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a disk may hold after its power was cut: everything that was synced, and of what was written
 * since nothing, all, a beginning, some of the writes, or some of their sectors.
 */
public final class PowerCut {
  private static final int SECTOR = 512;

  private final Random random;
  private byte[] bytes;

  private PowerCut(byte[] start, Random random) {
    this.bytes = start.clone();
    this.random = random;
  }

  /** One of the things that a cut after so many events may leave. */
  public static byte[] after(byte[] start, List<DiskEvent> events, int count, Random random) {
    int synced = count;
    while (synced > 0 && !(events.get(synced - 1) instanceof DiskEvent.Sync)) {
      synced--;
    }
    PowerCut cut = new PowerCut(start, random);
    events.subList(0, synced).forEach(cut::apply);
    cut.applySome(events.subList(synced, count));
    return cut.bytes;
  }

  private void apply(DiskEvent event) {
    if (event instanceof DiskEvent.Write write) {
      apply(write, 0, write.bytes().length);
    } else if (event instanceof DiskEvent.Truncate truncate) {
      bytes = Arrays.copyOf(bytes, Math.min(bytes.length, truncate.length()));
    }
  }

  private void apply(DiskEvent.Write write, int from, int to) {
    grow(write.position() + to);
    System.arraycopy(write.bytes(), from, bytes, write.position() + from, to - from);
  }

  private void grow(int length) {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  private void applySome(List<DiskEvent> unsynced) {
    switch (random.nextInt(5)) {
      case 0 -> unsynced.forEach(this::size);
      case 1 -> unsynced.forEach(this::apply);
      case 2 -> {
        int whole = random.nextInt(unsynced.size() + 1);
        unsynced.subList(0, whole).forEach(this::apply);
        if (whole < unsynced.size()) {
          tear(unsynced.get(whole));
        }
      }
      case 3 -> {
        for (DiskEvent event : unsynced) {
          if (random.nextBoolean()) {
            apply(event);
          } else {
            size(event);
          }
        }
      }
      default -> unsynced.forEach(this::applySectors);
    }
  }

  /** The file may have its new length before it has the bytes. */
  private void size(DiskEvent event) {
    if (event instanceof DiskEvent.Write write && random.nextBoolean()) {
      grow(write.position() + write.bytes().length);
    }
  }

  private void tear(DiskEvent event) {
    if (event instanceof DiskEvent.Write write) {
      int sectors = (write.bytes().length + SECTOR - 1) / SECTOR;
      int end = random.nextInt(sectors) * SECTOR - write.position() % SECTOR;
      if (end > 0) {
        apply(write, 0, end);
      }
    }
  }

  private void applySectors(DiskEvent event) {
    if (event instanceof DiskEvent.Write write) {
      int length = write.bytes().length;
      for (int from = 0; from < length; ) {
        int to = Math.min(length, from + SECTOR - (write.position() + from) % SECTOR);
        if (random.nextBoolean()) {
          apply(write, from, to);
        }
        from = to;
      }
    } else if (random.nextBoolean()) {
      apply(event);
    }
  }
}
