package org.btrdb.embedded.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * The file below the MVStore. It differs from MVStore's own in two ways:
 *
 * <ul>
 *   <li>A thread that is interrupted while it reads or writes does not close the file for everybody
 *       else, as a FileChannel would.
 *   <li>A chunk's footer, which makes the chunk valid, is written only after the rest of the chunk
 *       is on the disk; so a power cut in the middle of a commit cannot leave a chunk that looks
 *       whole and is not.
 * </ul>
 */
final class StoreFile extends RandomAccessStore {
  /** What MVStore ends every chunk with; it lies inside one disk sector. */
  private static final int FOOTER_BYTES = 128;

  private final Path path;
  private final RandomAccessFile file;
  private final boolean searchForNewest;
  private boolean open;

  private StoreFile(Path path, RandomAccessFile file, boolean searchForNewest) {
    super(Map.of());
    this.searchForNewest = searchForNewest;
    this.path = path;
    this.file = file;
  }

  /**
   * Opens the file, making it if it is missing.
   *
   * @param searchForNewest whether the newest chunk must be searched in the whole file. MVStore's
   *     header may name an older one, and the chain from there may lead through a chunk whose space
   *     was being used again when the process died; MVStore would then settle for the older one.
   */
  static StoreFile open(Path path, boolean searchForNewest) throws IOException {
    StoreFile store =
        new StoreFile(path, new RandomAccessFile(path.toFile(), "rw"), searchForNewest);
    store.begin();
    return store;
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {
    throw new UnsupportedOperationException("opened already");
  }

  private void begin() {
    init(path.toString(), false);
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
      synchronized (file) {
        file.seek(position);
        file.readFully(bytes);
      }
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_READING_FAILED, "read", e);
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  @SuppressWarnings("NullAway") // MVStore writes its header without a chunk
  protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
    int length = source.remaining();
    setSize(Math.max(size(), position + length));
    int body = chunk == null ? length : length - FOOTER_BYTES;
    try {
      write(position, source, body);
      if (chunk != null) {
        file.getFD().sync();
        write(position + body, source, FOOTER_BYTES);
      }
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "write", e);
    }
  }

  private void write(long position, ByteBuffer source, int length) throws IOException {
    synchronized (file) {
      file.seek(position);
      file.write(source.array(), source.arrayOffset() + source.position(), length);
    }
    source.position(source.position() + length);
  }

  @Override
  public void sync() {
    try {
      file.getFD().sync();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "sync", e);
    }
  }

  @Override
  protected void truncate(long size) {
    try {
      file.setLength(size);
      setSize(Math.min(size(), size));
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
      file.close();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_WRITING_FAILED, "close", e);
    } finally {
      super.close();
    }
  }

  private long length() {
    try {
      return file.length();
    } catch (IOException e) {
      throw failure(DataUtils.ERROR_READING_FAILED, "measure", e);
    }
  }

  private MVStoreException failure(int code, String what, IOException cause) {
    return DataUtils.newMVStoreException(code, "cannot {0} {1}", what, path, cause);
  }
}
