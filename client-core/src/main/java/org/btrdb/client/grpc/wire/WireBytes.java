package org.btrdb.client.grpc.wire;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One message as bytes, from index 0 for a length.
 *
 * @param bytes the array, which may be longer and belongs to whoever made the message
 * @param length number of bytes that are the message
 */
@SuppressWarnings("ArrayRecordComponent") // no copies on the row path
public record WireBytes(byte[] bytes, int length) {

  /** Checks that the message lies inside the array. */
  public WireBytes {
    java.util.Objects.checkFromIndexSize(0, length, bytes.length);
  }

  /** The message as gRPC sends it; gRPC copies it before the send returns. */
  Outbound stream() {
    return new Outbound(bytes, length);
  }

  /** A stream that tells its length and writes itself in one piece. */
  static final class Outbound extends ByteArrayInputStream implements KnownLength, Drainable {
    Outbound(byte[] bytes, int length) {
      super(bytes, 0, length);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int drained = count - pos;
      target.write(buf, pos, drained);
      pos = count;
      return drained;
    }
  }
}
