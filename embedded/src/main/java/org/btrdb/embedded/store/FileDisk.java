package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file of the operating system. Not through a FileChannel: a thread that is interrupted while it
 * reads or writes would close that for everybody else.
 */
final class FileDisk implements Disk {
  private final RandomAccessFile file;

  private FileDisk(RandomAccessFile file) {
    this.file = file;
  }

  /** Opens a file, making it if it is missing. */
  static FileDisk open(Path directory, String fileName) throws IOException {
    RandomAccessFile file = new RandomAccessFile(directory.resolve(fileName).toFile(), "rw");
    try {
      if (file.length() == 0) {
        syncEntries(directory);
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
          syncEntries(parent); // the directory may be new, too
        }
      }
      return new FileDisk(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Makes the names in a directory durable; Windows does that by itself and cannot be asked. */
  static void syncEntries(Path directory) throws IOException {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void read(long position, byte[] into) throws IOException {
    synchronized (file) {
      file.seek(position);
      file.readFully(into);
    }
  }

  @Override
  public void write(long position, byte[] from, int offset, int length) throws IOException {
    synchronized (file) {
      file.seek(position);
      file.write(from, offset, length);
    }
  }

  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public long length() throws IOException {
    return file.length();
  }

  @Override
  public void truncate(long length) throws IOException {
    file.setLength(length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
