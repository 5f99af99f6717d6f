package org.btrdb.embedded.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * The file below the MVStore, ordered for a power cut:
 *
 * <ul>
 *   <li>A chunk is begun only after the one before it is on the disk; so space that the last
 *       durable state needs is that of the chunk before, at most.
 *   <li>A chunk's footer, which makes the chunk valid, is written only after the rest of the chunk
 *       is on the disk, also where a chunk is moved to, and none that is alike may stand there
 *       already; so a chunk cannot look whole and have holes.
 *   <li>The header of a new file is on the disk before anything else is written; so a file without
 *       a valid header that is longer than one is damaged, and a shorter one holds nothing.
 * </ul>
 *
 * <p>While the file is copied nothing is moved or cut off and no space is used again.
 */
final class StoreFile extends RandomAccessStore {
  /** What MVStore ends every chunk with; it lies inside one disk sector. */
  private static final int FOOTER_BYTES = 128;

  /** MVStore's header, twice. */
  private static final int HEADER_BYTES = 2 * 4096;

  private static final int BLOCK_BYTES = 4096;

  private static final int MOST_PAGE_CACHE_MEGABYTES = 16;
  private static final int PAGE_CACHE_PART_OF_HEAP = 16;

  private final String name;
  private final Disk disk;
  private final boolean searchForNewest;
  private final SpaceLock spaceLock;
  private final AtomicInteger copies = new AtomicInteger();
  private boolean isLastFooterUnsynced;
  private boolean open;

  private StoreFile(String name, Disk disk, boolean searchForNewest, SpaceLock spaceLock) {
    super(Map.of("cacheSize", pageCacheMegabytes())); // MVStore's builder has no say in it
    this.searchForNewest = searchForNewest;
    this.name = name;
    this.disk = disk;
    this.spaceLock = spaceLock;
  }

  /** Decoded nodes have a cache of their own; this one is for names, and must not fill a heap. */
  private static int pageCacheMegabytes() {
    long part = Runtime.getRuntime().maxMemory() / PAGE_CACHE_PART_OF_HEAP;
    return (int) Math.max(1, Math.min(MOST_PAGE_CACHE_MEGABYTES, part >> 20));
  }

  /**
   * Takes over a file.
   *
   * @param name for messages
   * @param ownerDied whether the last owner was not done. Then the newest chunk is searched in the
   *     whole file: MVStore's header may name an older one, and the chain from there may lead
   *     through a chunk whose space was used again. And a file that has not even a whole header was
   *     being made, and is made anew.
   * @param spaceLock keeps other processes from copying while space is used again
   */
  static StoreFile open(String name, Disk disk, boolean ownerDied, SpaceLock spaceLock)
      throws IOException {
    try {
      StoreFile store = new StoreFile(name, disk, ownerDied, spaceLock);
      if (ownerDied && disk.length() <= HEADER_BYTES) {
        disk.truncate(0);
      }
      store.begin();
      return store;
    } catch (IOException | RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {
    throw new UnsupportedOperationException("opened already");
  }

  private void begin() {
    init(name, false);
    open = true;
    saveChunkLock.lock();
    try {
      setSize(length());
    } finally {
      saveChunkLock.unlock();
    }
  }

  /** Only this part of MVStore's recovery mode: the rest of it reads damaged pages as empty. */
  @Override
  protected void readStoreHeader(boolean recoveryMode) {
    super.readStoreHeader(searchForNewest);
  }

  @Override
  public StoreFile open(String fileName, boolean readOnly) {
    throw new UnsupportedOperationException("one file, one store");
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long position, int length) {
    byte[] bytes = new byte[length];
    try {
      disk.read(position, bytes);
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_READING_FAILED, "read", e);
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  @SuppressWarnings("NullAway") // MVStore writes its header and moves chunks without a chunk
  protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
    int length = source.remaining();
    boolean isFirst = size() == 0;
    boolean isHeader = position < HEADER_BYTES;
    int body = isHeader ? length : length - FOOTER_BYTES;
    try {
      if (isLastFooterUnsynced) {
        syncDisk();
      }
      if (!isHeader && position + length <= size()) {
        wipeAlikeFooter(position + body, source, body);
      }
      setSize(Math.max(size(), position + length));
      write(position, source, body);
      if (!isHeader || isFirst) {
        syncDisk();
      }
      if (!isHeader) {
        isLastFooterUnsynced = true;
        write(position + body, source, FOOTER_BYTES);
      }
      if (chunk != null) {
        spaceLock.leave();
      }
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "write", e);
    }
  }

  /**
   * A chunk that is moved may come back to where its footer still stands, and after a recovery
   * another one may have its number: then a part of a chunk would look like all of it. MVStore
   * compares number and length.
   */
  @SuppressWarnings("ByteBufferBackingArray") // MVStore's buffers have one
  private void wipeAlikeFooter(long position, ByteBuffer source, int offset) throws IOException {
    byte[] there = new byte[FOOTER_BYTES];
    disk.read(position, there);
    int from = source.arrayOffset() + source.position() + offset;
    String footer = new String(source.array(), from, FOOTER_BYTES, StandardCharsets.ISO_8859_1);
    String alike = footer.substring(0, footer.indexOf(",version:") + 1);
    if (new String(there, StandardCharsets.ISO_8859_1).startsWith(alike)) {
      disk.write(position, new byte[FOOTER_BYTES], 0, FOOTER_BYTES);
      syncDisk();
    }
  }

  @SuppressWarnings("ByteBufferBackingArray") // MVStore's buffers have one
  private void write(long position, ByteBuffer source, int length) throws IOException {
    disk.write(position, source.array(), source.arrayOffset() + source.position(), length);
    source.position(source.position() + length);
  }

  @Override
  public void sync() {
    try {
      syncDisk();
      spaceLock.leave();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "sync", e);
    }
  }

  private void syncDisk() throws IOException {
    disk.sync();
    isLastFooterUnsynced = false;
  }

  /** Does something while everything stays where it is and new chunks go to the end. */
  <T> T holding(Supplier<T> copy) {
    saveChunkLock.lock(); // after a chunk that may use space again
    try {
      copies.incrementAndGet();
    } finally {
      saveChunkLock.unlock();
    }
    try {
      return copy.get();
    } finally {
      copies.decrementAndGet();
    }
  }

  @Override
  public boolean isSpaceReused() {
    return copies.get() == 0 && spaceLock.take();
  }

  /** While space is held new chunks go behind the whole file, whatever is free at its end. */
  @Override
  protected long getAfterLastBlock_() {
    return isSpaceReused()
        ? super.getAfterLastBlock_()
        : Math.max(super.getAfterLastBlock_(), (size() + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  @Override
  protected void truncate(long size) {
    if (!isSpaceReused()) {
      return;
    }
    try {
      disk.truncate(size);
      syncDisk(); // a cut that undoes it would bring footers back
      setSize(Math.min(size(), size));
      spaceLock.leave();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "truncate", e);
    }
  }

  @Override
  public void backup(ZipOutputStream out) {
    throw new UnsupportedOperationException("backup");
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      disk.close();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "close", e);
    } finally {
      super.close();
    }
  }

  private long length() {
    try {
      return disk.length();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_READING_FAILED, "measure", e);
    }
  }

  private MVStoreException failure(int code, String what, IOException cause) {
    return DataUtils.newMVStoreException(code, "cannot {0} {1}", what, name, cause);
  }
}
