package org.btrdb.client.grpc.wire;

import io.grpc.Detachable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands arrived messages over as they lie in gRPC's buffers, for another thread to decode. */
public final class WireMessageMarshaller implements MethodDescriptor.Marshaller<WireMessage> {
  /** The one there is, as it keeps nothing. */
  public static final WireMessageMarshaller INSTANCE = new WireMessageMarshaller();

  private WireMessageMarshaller() {}

  @Override
  public InputStream stream(WireMessage message) {
    throw new UnsupportedOperationException("an arrived message is not sent");
  }

  @Override
  public WireMessage parse(InputStream stream) {
    try {
      if (stream instanceof Detachable buffers && stream instanceof KnownLength) {
        InputStream detached = buffers.detach();
        return new WireMessage(detached, detached.available());
      }
      // A compressed message: gRPC bounds what comes out of it.
      byte[] bytes = stream.readAllBytes();
      return new WireMessage(new ByteArrayInputStream(bytes), bytes.length);
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }
}
