package org.btrdb.client.grpc.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** A uuid as the 16 bytes in RFC order that travel. */
public final class UuidBytes {
  /** How many there are. */
  static final int LENGTH = 16;

  private UuidBytes() {}

  static byte[] array(UUID uuid) {
    return ByteBuffer.allocate(LENGTH)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** The bytes of a uuid. */
  public static ByteString of(UUID uuid) {
    return ByteString.copyFrom(array(uuid));
  }

  /**
   * The uuid of bytes that were received.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} if they are not 16
   */
  public static UUID parse(ByteString bytes) {
    if (bytes.size() != LENGTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "a uuid has 16 bytes, not " + bytes.size());
    }
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
