package org.btrdb.client.grpc.v5;

import io.grpc.MethodDescriptor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.grpc.call.BatchCursor;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireBytesMarshaller;

/** Makes calls whose answers are columns, decoded from the bytes of their messages. */
final class ColumnCalls {
  private final Calls calls;

  ColumnCalls(Calls calls) {
    this.calls = calls;
  }

  <Q, B> DataCursor<B> points(
      MethodDescriptor<Q, ?> method, Q request, BatchCursor.Decoder<B> decoder, StreamRead read) {
    return columns(method, request, decoder, read, false);
  }

  <Q, B> DataCursor<B> windows(
      MethodDescriptor<Q, ?> method, Q request, BatchCursor.Decoder<B> decoder, StreamRead read) {
    return columns(method, request, decoder, read, true);
  }

  private <Q, B> DataCursor<B> columns(
      MethodDescriptor<Q, ?> method,
      Q request,
      BatchCursor.Decoder<B> decoder,
      StreamRead read,
      boolean mayHoldNoWindow) {
    WireBytesMarshaller arrays = new WireBytesMarshaller();
    MethodDescriptor<Q, WireBytes> columnar =
        method.toBuilder(method.getRequestMarshaller(), arrays).build();
    return new BatchCursor<>(
        calls.stream(columnar, request, read.target()), arrays, decoder, read, mayHoldNoWindow);
  }
}
