package org.btrdb.embedded.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Byte strings that end in the CRC-32C of what stands before. */
final class Checksummed {
  static final int CHECKSUM_BYTES = 4;

  private Checksummed() {}

  /** Fills in the checksum of a buffer whose contents end four bytes before its limit. */
  @SuppressWarnings("ByteBufferBackingArray") // the codecs allocate it, from offset 0
  static byte[] seal(ByteBuffer buffer) {
    byte[] bytes = buffer.array();
    buffer.putInt(bytes.length - CHECKSUM_BYTES, checksum(bytes));
    return bytes;
  }

  /** The contents, or an exception if they are not those that were sealed. */
  static ByteBuffer unseal(byte[] bytes) {
    if (bytes.length <= CHECKSUM_BYTES
        || ByteBuffer.wrap(bytes).getInt(bytes.length - CHECKSUM_BYTES) != checksum(bytes)) {
      throw new DamageException("checksum differs");
    }
    return ByteBuffer.wrap(bytes, 0, bytes.length - CHECKSUM_BYTES);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
    return (int) crc.getValue();
  }
}
