package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Keeps a data directory for one process: a lock of the operating system on the file {@code lock},
 * which also says whose it is, until the owner is done. The lock ends with the process, however
 * that ends; the text then stays.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "lock";

  private final String mark;
  private final boolean previousOwnerDied;
  private final RandomAccessFile file;
  private final FileLock lock;

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
    String mark = "org.btrdb.embedded.lock:" + directory.toRealPath();
    if (System.getProperties().putIfAbsent(mark, "held") != null) {
      throw new BtrdbException(
          ErrorCode.STORE_LOCKED,
          directory + " is in use by this process through another class loader");
    }
    try {
      return lock(mark, directory);
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(mark);
      throw e;
    }
  }

  private static DirectoryLock lock(String mark, Path directory) throws IOException {
    RandomAccessFile file = new RandomAccessFile(directory.resolve(FILE_NAME).toFile(), "rw");
    FileLock lock = null;
    try {
      // Beyond the text, so that where locks are mandatory the owner can still be read.
      lock = file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false);
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
