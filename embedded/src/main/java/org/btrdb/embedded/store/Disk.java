package org.btrdb.embedded.store;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file as the store uses it. What is written or cut off is certain to stay only after {@link
 * #sync}; until then a power cut may keep any part of it, in any order.
 */
interface Disk extends Closeable {

  /** Fills an array from a position on; fails if the file ends before. */
  void read(long position, byte[] into) throws IOException;

  /** Writes bytes at a position, which may lie behind the end. */
  void write(long position, byte[] from, int offset, int length) throws IOException;

  /** Returns when everything so far is on the medium. */
  void sync() throws IOException;

  /** Size in bytes. */
  long length() throws IOException;

  /** Cuts the file off. */
  void truncate(long length) throws IOException;
}
