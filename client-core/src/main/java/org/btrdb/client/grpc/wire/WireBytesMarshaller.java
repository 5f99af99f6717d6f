package org.btrdb.client.grpc.wire;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages over as the bytes they are, in arrays that a call uses again and again.
 *
 * <p>One instance belongs to one call: gRPC's thread takes arrays and the reader gives them back.
 */
public final class WireBytesMarshaller implements MethodDescriptor.Marshaller<WireBytes> {
  /** One message being read and two read ahead. */
  private static final int ARRAYS = 3;

  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(ARRAYS);

  @Override
  public InputStream stream(WireBytes message) {
    return message.stream();
  }

  @Override
  public WireBytes parse(InputStream stream) {
    try {
      // gRPC has the whole message when it asks us, so a length that lies cannot reserve memory.
      if (!(stream instanceof KnownLength)) {
        byte[] bytes = stream.readAllBytes();
        return new WireBytes(bytes, bytes.length);
      }
      int length = stream.available();
      byte[] bytes = array(length);
      int read = stream.readNBytes(bytes, 0, length);
      return new WireBytes(bytes, read);
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }

  private byte[] array(int length) {
    byte @Nullable [] bytes = free.poll();
    return bytes != null && bytes.length >= length ? bytes : new byte[length];
  }

  /** Takes back the array of a message that will not be looked at any more. */
  public void recycle(WireBytes message) {
    free.offer(message.bytes());
  }
}
