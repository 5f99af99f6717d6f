package org.btrdb.embedded.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * An open MVStore of our format, in a directory that is locked, or in memory.
 *
 * @param where the directory, or {@code mem:} and a name
 * @param mvStore set up so that nothing is written but by an explicit commit
 * @param lock keeps other processes out; null in memory
 */
record DataDirectory(String where, MVStore mvStore, @Nullable DirectoryLock lock)
    implements AutoCloseable {
  /**
   * The format of the maps and of the bytes in them. Format 1 has no packed leaves; it is read, and
   * becomes this one when it is opened, so that a program that cannot read it says so at once.
   */
  private static final int FORMAT = 2;

  private static final int OLDEST_FORMAT = 1;

  private static final String FILE_NAME = "btrdb.mv";
  private static final int PAGE_CACHE_MEGABYTES = 8;

  /**
   * How long the space of a dead chunk stays as it is. A recovery believes the newest state only if
   * every chunk it lists is whole, and it may list one that died with it: space used again at once
   * made it settle for an older state after a kill, and lose what was acknowledged since.
   */
  private static final int RETENTION_MILLIS = 2_000;

  static DataDirectory inMemory(String name) {
    MVStore mvStore = new MVStore.Builder().autoCommitDisabled().open();
    mvStore.setVersionsToKeep(0);
    return new DataDirectory("mem:" + name, mvStore, null);
  }

  static DataDirectory open(Path directory) {
    DirectoryLock lock = null;
    StoreFile file = null;
    try {
      makeDirectory(directory);
      lock = DirectoryLock.take(directory);
      file = StoreFile.open(directory.resolve(FILE_NAME), lock.previousOwnerDied());
      return new DataDirectory(directory.toString(), openStore(directory, file), lock);
    } catch (IOException | RuntimeException e) {
      releaseAfter(e, file, lock);
      throw StoreFailure.of(directory.toString(), "open", e);
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

  private static MVStore openStore(Path directory, StoreFile file) {
    MVStore mvStore =
        new MVStore.Builder()
            .adoptFileStore(file)
            .autoCommitDisabled()
            .autoCommitBufferSize(0) // else a large change would be committed in the middle
            .cacheSize(PAGE_CACHE_MEGABYTES)
            .open();
    mvStore.setVersionsToKeep(0);
    mvStore.setRetentionTime(RETENTION_MILLIS);
    int format = mvStore.getStoreVersion();
    boolean isNew = format == 0 && mvStore.getMapNames().isEmpty();
    if (isNew || (format >= OLDEST_FORMAT && format < FORMAT)) {
      mvStore.setStoreVersion(FORMAT);
    } else if (format != FORMAT) {
      mvStore.closeImmediately();
      throw new BtrdbException(
          ErrorCode.STORE_DAMAGED,
          ("cannot open " + directory + ": it is in format " + format)
              + (" and this program reads formats " + OLDEST_FORMAT + " to " + FORMAT)
              + "; open it with the program that wrote it");
    }
    return mvStore;
  }

  private static void releaseAfter(
      Throwable failure, @Nullable StoreFile file, @Nullable DirectoryLock lock) {
    try {
      if (file != null) {
        file.close();
      }
      if (lock != null) {
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

  /** Gives the directory back. */
  @Override
  public void close() {
    try {
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
