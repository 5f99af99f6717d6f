package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory for one process: a lock of the operating system on the file {@code lock},
 * which also says whose it is, until the owner is done. The lock ends with the process, however
 * that ends; the text then stays.
 */
final class DirectoryLock implements SpaceLock, AutoCloseable {
  private static final String FILE_NAME = "lock";

  /** Locked by the owner. Beyond the text, so that where locks are mandatory it can be read. */
  private static final long OWNER_BYTE = Long.MAX_VALUE - 1;

  /** Locked by whoever copies the store, or by the owner while it moves things about. */
  private static final long SPACE_BYTE = Long.MAX_VALUE - 2;

  private final String mark;
  private final boolean previousOwnerDied;
  private final RandomAccessFile file;
  private final FileLock lock;
  private @Nullable FileLock space;
  private boolean isMoving;

  private DirectoryLock(
      String mark, RandomAccessFile file, FileLock lock, boolean previousOwnerDied) {
    this.mark = mark;
    this.previousOwnerDied = previousOwnerDied;
    this.file = file;
    this.lock = lock;
  }

  static DirectoryLock take(Path directory) throws IOException {
    // Closing any descriptor of a file drops the process's lock on it (POSIX), so the same process
    // must not even open the file again, be it through another class loader: hence a common mark.
    String mark = mark(directory);
    try {
      return lock(mark, directory);
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(mark);
      throw e;
    }
  }

  private static String mark(Path directory) throws IOException {
    String mark = "org.btrdb.embedded.lock:" + directory.toRealPath();
    if (System.getProperties().putIfAbsent(mark, "held") != null) {
      throw new BtrdbException(
          ErrorCode.STORE_LOCKED,
          directory + " is in use by this process through another class loader");
    }
    return mark;
  }

  /**
   * Copies a directory that this process does not have open: while nobody has it, or while its
   * owner, another process, is kept from using space again. Waits for another copy to end.
   */
  static <T> T copying(Path directory, Supplier<T> copy) throws IOException {
    String mark = mark(directory);
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve(FILE_NAME).toFile(), "rw")) {
      file.getChannel().lock(SPACE_BYTE, 1, false); // both locks end with the file
      // Without an owner nobody may become one; with one it knows what to do.
      file.getChannel().tryLock(OWNER_BYTE, 1, false);
      return copy.get();
    } finally {
      System.getProperties().remove(mark);
    }
  }

  /** Keeps others from beginning to copy the store; false if another process copies it now. */
  @Override
  public synchronized boolean take() {
    if (space == null) {
      try {
        space = file.getChannel().tryLock(SPACE_BYTE, 1, false);
      } catch (IOException e) {
        return false; // nobody knows: then space waits
      }
    }
    return space != null;
  }

  @Override
  public synchronized void leave() throws IOException {
    if (space != null && !isMoving) {
      space.release();
      space = null;
    }
  }

  /** Moves things about while nobody can begin to copy; not at all while somebody copies. */
  synchronized void unlessCopied(Runnable moves) throws IOException {
    if (take()) {
      isMoving = true;
      try {
        moves.run();
      } finally {
        isMoving = false;
        leave();
      }
    }
  }

  private static DirectoryLock lock(String mark, Path directory) throws IOException {
    RandomAccessFile file = new RandomAccessFile(directory.resolve(FILE_NAME).toFile(), "rw");
    FileLock lock = null;
    try {
      lock = file.getChannel().tryLock(OWNER_BYTE, 1, false);
      if (lock == null) {
        throw new BtrdbException(
            ErrorCode.STORE_LOCKED, directory + " is in use by " + ownerOf(file));
      }
      boolean previousOwnerDied = file.length() > 0;
      byte[] owner =
          Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      file.seek(0);
      file.write(owner); // in place: the text is never empty until the owner is done
      file.setLength(owner.length);
      file.getFD().sync(); // after a power cut, too, it must say that the owner was not done
      return new DirectoryLock(mark, file, lock, previousOwnerDied);
    } finally {
      if (lock == null) {
        file.close();
      }
    }
  }

  private static String ownerOf(RandomAccessFile file) throws IOException {
    byte[] text = new byte[20];
    int length = file.read(text);
    String pid = length <= 0 ? "" : new String(text, 0, length, StandardCharsets.US_ASCII).strip();
    if (!pid.chars().allMatch(c -> c >= '0' && c <= '9') || pid.isEmpty()) {
      return "another process";
    }
    return "process " + pid;
  }

  /** Whether the last owner did not say that it was done, so the store may need repair. */
  boolean previousOwnerDied() {
    return previousOwnerDied;
  }

  /** Notes that everything is written; to be called before closing. */
  void ownerIsDone() throws IOException {
    file.setLength(0);
  }

  @Override
  public void close() throws IOException {
    try (file) {
      lock.release();
    } finally {
      System.getProperties().remove(mark);
    }
  }
}
