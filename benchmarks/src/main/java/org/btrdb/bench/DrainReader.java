package org.btrdb.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.UUID;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawValuesParams;

/** Takes the bytes of every message from gRPC and does not look at them: what the transport can. */
final class DrainReader implements Reader, MethodDescriptor.Marshaller<Integer> {
  /** Tag and length, then tag and eight bytes for each of time and value. */
  private static final int POINT_BYTES = 20;

  private final ManagedChannel channel;
  private final RawValuesParams request;
  private final byte[] sink = new byte[1 << 16];

  DrainReader(ManagedChannel channel, UUID stream, long endNanos) {
    this.channel = channel;
    this.request =
        RawValuesParams.newBuilder().setUuid(UuidBytes.of(stream)).setEnd(endNanos).build();
  }

  @Override
  public String name() {
    return "bare drain";
  }

  @Override
  public InputStream stream(Integer value) {
    throw new UnsupportedOperationException("nothing is sent this way");
  }

  /** Points of a message; its header is shorter than one. */
  @Override
  public Integer parse(InputStream stream) {
    try {
      int bytes = 0;
      for (int n = stream.read(sink); n >= 0; n = stream.read(sink)) {
        bytes += n;
      }
      return bytes / POINT_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long read(long points) {
    MethodDescriptor<RawValuesParams, Integer> method =
        BTrDBGrpc.getRawValuesMethod().toBuilder(
                BTrDBGrpc.getRawValuesMethod().getRequestMarshaller(), this)
            .build();
    Iterator<Integer> answers =
        ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request);
    long read = 0;
    while (answers.hasNext()) {
      read += answers.next();
    }
    return read;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
