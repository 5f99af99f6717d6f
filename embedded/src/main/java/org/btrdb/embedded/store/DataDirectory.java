package org.btrdb.embedded.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * An open MVStore of our format, in a directory that is locked, or in memory.
 *
 * @param where the directory, or {@code mem:} and a name
 * @param mvStore set up so that nothing is written but by an explicit commit
 * @param file below it; null in memory
 * @param versionAtOpening the MVStore's version before anything was changed
 * @param isRecovered whether the last owner was not done, so that the newest chunk was searched
 * @param isOfThisFormat whether it was so at opening, and has what each commit leaves in this
 *     format
 * @param lock keeps other processes out; null in memory
 */
record DataDirectory(
    String where,
    MVStore mvStore,
    @Nullable StoreFile file,
    long versionAtOpening,
    boolean isRecovered,
    boolean isOfThisFormat,
    @Nullable DirectoryLock lock)
    implements AutoCloseable {
  /**
   * The format of the maps and of the bytes in them. Format 1 has no packed leaves, format 2 does
   * not say how long its maps are. They are read, and become this one when they are opened, so that
   * a program that cannot read it says so at once.
   */
  private static final int FORMAT = 3;

  private static final int OLDEST_FORMAT = 1;

  /**
   * How many versions of the store a chunk that died is kept for. A recovery believes a state only
   * if every chunk that its list calls live is whole. A chunk whose last page was given up in
   * version u is called dead by the list of u + 1 or, if that page was one of the list itself, of u
   * + 2. With 2 the first version that may be written over the chunk is u + 3, which begins when u
   * + 2 is synced.
   */
  private static final int VERSIONS_TO_KEEP = 2;

  /** Percent of the chunks' bytes that must be alive, else some are written again. */
  static final int LEAST_ALIVE = 75;

  /** Percent of the file that must be filled with chunks, else closing moves them together. */
  private static final int LEAST_FILLED_AT_CLOSE = 90;

  /** Bytes that one step moves; closing makes steps while they help, for up to a second. */
  private static final int COMPACT_BYTES_AT_CLOSE = 16 << 20;

  private static final long COMPACT_NANOS_AT_CLOSE = 1_000_000_000L;

  static DataDirectory inMemory(String name) {
    MVStore mvStore = new MVStore.Builder().autoCommitDisabled().open();
    mvStore.setVersionsToKeep(0);
    return new DataDirectory("mem:" + name, mvStore, null, 0, false, false, null);
  }

  static DataDirectory open(Path directory) {
    DirectoryLock lock = null;
    StoreFile file = null;
    try {
      makeDirectory(directory);
      lock = DirectoryLock.take(directory);
      file = file(directory, lock.previousOwnerDied(), lock);
      DataDirectory opened = over(directory.toString(), file, lock.previousOwnerDied(), lock);
      if (opened.hasSettledForLess() && !opened.isRecovered) {
        opened.mvStore.closeImmediately();
        file = file(directory, true, lock);
        opened = over(directory.toString(), file, true, lock);
      }
      if (opened.hasSettledForLess()) {
        throw new DamageException("the newest state is not whole, although it was closed in order");
      }
      return opened;
    } catch (IOException | RuntimeException | AssertionError | OutOfMemoryError e) {
      releaseAfter(e, file, lock);
      throw StoreFailure.of(directory.toString(), "open", e);
    }
  }

  private static StoreFile file(Path directory, boolean ownerDied, DirectoryLock lock)
      throws IOException {
    String path = directory + "/" + Store.FILE_NAME;
    return StoreFile.open(path, FileDisk.open(directory, Store.FILE_NAME), ownerDied, lock);
  }

  /**
   * Whether the store was closed in order and MVStore has found only an older state than its header
   * names. It settles for one if the newest chunk lists one that is not whole, be it dead; {@link
   * #close} sees to it that there is none, and programs before this one did not.
   */
  private boolean hasSettledForLess() {
    Map<String, Object> header = mvStore.getStoreHeader();
    return header.containsKey("clean")
        && versionAtOpening < DataUtils.readHexLong(header, "version", 0);
  }

  /** Opens a store on something that is no directory and that nobody else has. */
  static DataDirectory on(String where, Disk disk, boolean ownerDied) {
    StoreFile file = null;
    try {
      file = StoreFile.open(where, disk, ownerDied, SpaceLock.NONE);
      return over(where, file, ownerDied, null);
    } catch (IOException | RuntimeException | AssertionError | OutOfMemoryError e) {
      releaseAfter(e, file, null);
      throw StoreFailure.of(where, "open", e);
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw new BtrdbException(
          ErrorCode.STORE_IO, "cannot open " + directory + ": not a directory", e);
    }
  }

  private static DataDirectory over(
      String where, StoreFile file, boolean isRecovered, @Nullable DirectoryLock lock) {
    MVStore mvStore = openStore(file);
    boolean isOfThisFormat = mvStore.getStoreVersion() == FORMAT;
    takeFormat(where, mvStore);
    return new DataDirectory(
        where, mvStore, file, mvStore.getCurrentVersion(), isRecovered, isOfThisFormat, lock);
  }

  private static MVStore openStore(StoreFile file) {
    MVStore mvStore =
        new MVStore.Builder()
            .adoptFileStore(file)
            .autoCommitDisabled()
            .autoCommitBufferSize(0) // else a large change would be committed in the middle
            .open();
    mvStore.setVersionsToKeep(VERSIONS_TO_KEEP);
    mvStore.setRetentionTime(0); // a pause of some seconds would rule nothing out
    return mvStore;
  }

  private static void takeFormat(String where, MVStore mvStore) {
    int format = mvStore.getStoreVersion();
    if (format == 0 && mvStore.getMapNames().isEmpty() && mvStore.getCurrentVersion() > 0) {
      throw new DamageException("the names of its maps are missing");
    }
    boolean isNew = format == 0 && mvStore.getMapNames().isEmpty();
    if (isNew || (format >= OLDEST_FORMAT && format < FORMAT)) {
      mvStore.setStoreVersion(FORMAT);
    } else if (format != FORMAT) {
      mvStore.closeImmediately();
      throw new BtrdbException(
          ErrorCode.STORE_DAMAGED,
          ("cannot open " + where + ": it is in format " + format)
              + (" and this program reads formats " + OLDEST_FORMAT + " to " + FORMAT)
              + "; open it with the program that wrote it");
    }
  }

  private static void releaseAfter(
      Throwable failure, @Nullable StoreFile file, @Nullable DirectoryLock lock) {
    try {
      if (file != null) {
        file.close();
      }
      if (lock != null) {
        if (!lock.previousOwnerDied()) {
          lock.ownerIsDone(); // nothing was written
        }
        lock.close();
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Gives the directory back as if the process had died; what is not committed is lost. */
  void closeImmediately() {
    mvStore.closeImmediately();
    releaseLock();
  }

  /** Copies what is durable into another directory; the size of the copy in bytes. */
  long copyTo(Path target) {
    if (file == null) {
      throw new BtrdbException(ErrorCode.STORE_IO, where + " has no directory to copy");
    }
    return file.holding(() -> DirectoryCopy.make(Path.of(where), target));
  }

  /** Copies a directory that this process does not have open. */
  static long copy(Path directory, Path target) {
    try {
      return DirectoryLock.copying(directory, () -> DirectoryCopy.make(directory, target));
    } catch (IOException e) {
      throw StoreFailure.of(directory.toString(), "back up", e);
    }
  }

  /** Gives the directory back after it was only read. */
  void closeUnchanged() {
    mvStore.closeImmediately();
    try {
      if (lock != null && !lock.previousOwnerDied()) {
        lock.ownerIsDone();
      }
    } catch (IOException e) {
      throw StoreFailure.of(where, "close", e);
    } finally {
      releaseLock();
    }
  }

  /** Gives the directory back; if it was written to, its dead space to the disk. */
  @Override
  public void close() {
    try {
      if (isRecovered) {
        forgetDeadChunks(); // one may have been written over when the last owner died
      }
      if (file != null && mvStore.getCurrentVersion() != versionAtOpening) {
        compactAlone(file);
      }
      mvStore.close();
      if (lock != null) {
        lock.ownerIsDone();
      }
    } catch (IOException e) {
      throw StoreFailure.of(where, "close", e);
    } catch (RuntimeException e) {
      throw StoreFailure.of(where, "close", e);
    } finally {
      releaseLock();
    }
  }

  private void compactAlone(StoreFile file) throws IOException {
    if (lock == null) {
      compact(file);
    } else {
      lock.unlessCopied(() -> compact(file));
    }
  }

  /** Writes chunks that are mostly dead again, closes gaps and cuts the rest off, for some time. */
  private void compact(StoreFile file) {
    long begun = System.nanoTime();
    mvStore.compact(LEAST_ALIVE, COMPACT_BYTES_AT_CLOSE);
    forgetDeadChunks(); // so that they may be written over
    while (file.getFillRate() < LEAST_FILLED_AT_CLOSE
        && System.nanoTime() - begun < COMPACT_NANOS_AT_CLOSE) {
      file.compactMoveChunks(LEAST_FILLED_AT_CLOSE, COMPACT_BYTES_AT_CLOSE, mvStore);
    }
  }

  /** Commits until the newest list of chunks names no dead one. */
  private void forgetDeadChunks() {
    for (int i = 0; i <= VERSIONS_TO_KEEP + 1; i++) {
      mvStore.setStoreVersion(FORMAT); // something to commit
      mvStore.commit();
      mvStore.sync();
    }
  }

  private void releaseLock() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw StoreFailure.of(where, "unlock", e);
    }
  }
}
