package org.btrdb.client.grpc.wire;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;

/** Sends and hands over messages as the bytes they are. */
public final class WireBytesMarshaller implements MethodDescriptor.Marshaller<WireBytes> {

  @Override
  public InputStream stream(WireBytes message) {
    return message.stream();
  }

  @Override
  public WireBytes parse(InputStream stream) {
    try {
      // gRPC has the whole message when it asks us, so a length that lies cannot reserve memory.
      byte[] bytes = stream.readAllBytes();
      return new WireBytes(bytes, bytes.length);
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }
}
