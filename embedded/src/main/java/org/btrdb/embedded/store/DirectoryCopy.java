package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Copies the file of a data directory, while others may write to it, into another directory.
 *
 * <p>While space is held (see {@link StoreFile}) the owner only appends, so all that the newest
 * durable state needs stays where it is. The copy is like a file after a power cut; opening it
 * finds that state or a newer one, whole.
 */
final class DirectoryCopy {
  private static final String UNFINISHED = Store.FILE_NAME + ".part";
  private static final int BUFFER_BYTES = 1 << 20;

  /** MVStore writes its header twice, at once; a copy of it is whole if both are the same. */
  private static final int HEADER_BYTES = 4096;

  private static final int HEADER_TRIES = 1000;

  private DirectoryCopy() {}

  /** Copies a directory whose space is held; the size of the copy in bytes. */
  static long make(Path directory, Path target) {
    Path unfinished = target.resolve(UNFINISHED);
    try {
      Files.createDirectories(target);
      try (Stream<Path> entries = Files.list(target)) {
        if (entries.findAny().isPresent()) {
          throw new BtrdbException(
              ErrorCode.STORE_IO, "cannot back up into " + target + ": it is not empty");
        }
      }
      return make(directory.resolve(Store.FILE_NAME), target, unfinished);
    } catch (IOException e) {
      throw StoreFailure.of(target.toString(), "back up " + directory + " into", e);
    }
  }

  private static long make(Path file, Path target, Path unfinished) throws IOException {
    try {
      copy(file, unfinished);
      // Shows that it can be opened, and leaves it as an owner does that was done.
      Store.on(unfinished.toString(), FileDisk.open(target, UNFINISHED), true).close();
      Path finished = target.resolve(Store.FILE_NAME);
      Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
      FileDisk.syncEntries(target);
      return Files.size(finished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void copy(Path file, Path unfinished) throws IOException {
    long size = Files.size(file);
    byte[] header = header(file);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(unfinished)) {
      in.skipNBytes(header.length);
      out.write(header);
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = size - header.length;
      // The file may become shorter where nothing durable is.
      for (int read = 0; left > 0 && read >= 0; left -= read) {
        read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        out.write(buffer, 0, Math.max(read, 0));
      }
    }
  }

  private static byte[] header(Path file) throws IOException {
    for (int i = 0; i < HEADER_TRIES; i++) {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] header = in.readNBytes(2 * HEADER_BYTES);
        if (header.length == 2 * HEADER_BYTES
            && Arrays.equals(header, 0, HEADER_BYTES, header, HEADER_BYTES, 2 * HEADER_BYTES)) {
          return header;
        }
      }
    }
    throw new DamageException("both copies of the header differ");
  }
}
