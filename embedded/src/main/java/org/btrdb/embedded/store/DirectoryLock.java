package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory for one process: a lock of the operating system on the file {@code lock},
 * which also says whose it is. The lock ends with the process, however that ends.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "lock";

  private final RandomAccessFile file;
  private final FileLock lock;

  private DirectoryLock(RandomAccessFile file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  static DirectoryLock take(Path directory) throws IOException {
    RandomAccessFile file = new RandomAccessFile(directory.resolve(FILE_NAME).toFile(), "rw");
    FileLock lock = null;
    try {
      lock = tryLock(file);
      if (lock == null) {
        throw new BtrdbException(
            ErrorCode.STORE_LOCKED, directory + " is in use by " + ownerOf(file));
      }
      file.setLength(0);
      file.write(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
      return new DirectoryLock(file, lock);
    } finally {
      if (lock == null) {
        file.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
    try {
      // Beyond the text, so that where locks are mandatory the owner can still be read.
      return file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // this process, through another class loader
    }
  }

  private static String ownerOf(RandomAccessFile file) throws IOException {
    byte[] text = new byte[20];
    int length = file.read(text);
    String pid = length <= 0 ? "" : new String(text, 0, length, StandardCharsets.US_ASCII).strip();
    if (!pid.chars().allMatch(c -> c >= '0' && c <= '9') || pid.isEmpty()) {
      return "another process";
    }
    return pid.equals(Long.toString(ProcessHandle.current().pid()))
        ? "this process through another class loader"
        : "process " + pid;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      lock.release();
    }
  }
}
