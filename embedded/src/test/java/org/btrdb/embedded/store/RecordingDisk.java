package org.btrdb.embedded.store;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.MVStore;

/** A disk in memory that remembers in which order it was written, cut off and synced. */
public final class RecordingDisk implements Disk {
  private final byte[] start;
  private final List<DiskEvent> events = new ArrayList<>();
  private byte[] bytes;
  private int length;
  private volatile Runnable beforeSync = () -> {};

  /** A disk that holds something already, all of it durable. */
  public RecordingDisk(byte[] start) {
    this.start = start;
    this.bytes = start.clone();
    this.length = start.length;
  }

  /** Opens a store on this disk. */
  public Store open(boolean ownerDied) {
    return Store.on("simulated", this, ownerDied);
  }

  /** Recovers what a dead owner left and closes it without a change, as programs once did. */
  public void recoverAsFormerly() throws IOException {
    MVStore mvStore =
        new MVStore.Builder()
            .adoptFileStore(StoreFile.open("simulated", this, true, SpaceLock.NONE))
            .autoCommitDisabled()
            .open();
    mvStore.setVersionsToKeep(2);
    mvStore.setRetentionTime(0);
    mvStore.close();
  }

  /** Notes something that happened between writes. */
  public synchronized void note(Object what) {
    events.add(new DiskEvent.Note(what));
  }

  /** What the disk held at first. */
  public byte[] start() {
    return start.clone();
  }

  /** What the disk holds now. */
  public synchronized byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** What happened since, in order. */
  public synchronized List<DiskEvent> events() {
    return List.copyOf(events);
  }

  @Override
  public synchronized void read(long position, byte[] into) throws EOFException {
    if (position + into.length > length) {
      throw new EOFException();
    }
    System.arraycopy(bytes, (int) position, into, 0, into.length);
  }

  @Override
  public synchronized void write(long position, byte[] from, int offset, int count) {
    events.add(
        new DiskEvent.Write((int) position, Arrays.copyOfRange(from, offset, offset + count)));
    int end = (int) position + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(from, offset, bytes, (int) position, count);
    length = Math.max(length, end);
  }

  /** Has something done before each sync, while nothing of this disk is locked. */
  public void beforeSync(Runnable action) {
    beforeSync = action;
  }

  @Override
  public void sync() {
    beforeSync.run();
    synchronized (this) {
      events.add(new DiskEvent.Sync());
    }
  }

  @Override
  public synchronized long length() {
    return length;
  }

  @Override
  public synchronized void truncate(long newLength) {
    events.add(new DiskEvent.Truncate((int) newLength));
    if (newLength < length) {
      Arrays.fill(bytes, (int) newLength, length, (byte) 0);
      length = (int) newLength;
    }
  }

  @Override
  public void close() {}
}
