package org.btrdb.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes out of a directory: a lock of the operating system, which dies with its
 * holder, on a file that says who holds it.
 */
final class DirectoryLock implements AutoCloseable {
  private static final int LONGEST_TEXT = 64;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock acquire(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      // Beyond the text, so that others may read who holds it.
      lock = tryLock(channel);
      if (lock == null) {
        throw new BtrdbException(
            ErrorCode.STORE_LOCKED,
            "directory "
                + directory
                + " is in use by "
                + holder(channel)
                + "; one writer at a time");
      }
      byte[] text = ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text), 0);
      return new DirectoryLock(channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LONGEST_TEXT, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // this process, through another class loader
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
    channel.read(text, 0);
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
