package org.btrdb.client.grpc.v5;

import io.grpc.MethodDescriptor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.call.BatchCursor;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.grpc.wire.WireMessageMarshaller;

/** Makes calls whose answers are columns, decoded from the bytes of their messages. */
final class ColumnCalls {
  private final Calls calls;

  ColumnCalls(Calls calls) {
    this.calls = calls;
  }

  <Q, B> DataCursor<B> columns(
      MethodDescriptor<Q, ?> method, Q request, BatchCursor.Decoder<B> decoder, StreamRead read) {
    MethodDescriptor<Q, WireMessage> columnar =
        method.toBuilder(method.getRequestMarshaller(), WireMessageMarshaller.INSTANCE).build();
    return new BatchCursor<>(
        calls.stream(columnar, request, read.target()),
        naming(decoder, read.target().subject()),
        read);
  }

  /** Codecs do not know of which stream the message is that they refuse. */
  private static <B> BatchCursor.Decoder<B> naming(BatchCursor.Decoder<B> decoder, String subject) {
    return (message, header) -> {
      try {
        return decoder.decode(message, header);
      } catch (BtrdbException e) {
        throw new BtrdbException(e.code(), subject + ": " + e.getMessage(), e);
      }
    };
  }
}
