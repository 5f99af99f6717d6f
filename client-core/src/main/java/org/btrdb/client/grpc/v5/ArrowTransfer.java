package org.btrdb.client.grpc.v5;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.arrow.ArrowRawValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowWindowsCodec;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.LastingFailure;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.WindowsParams;

/**
 * The calls of 5.30 and later, which send columns. Their cursors fail with {@link
 * org.btrdb.client.error.ErrorCode#UNSUPPORTED} where the server does not know the call, or sends
 * what only the row calls can bring.
 */
final class ArrowTransfer implements ColumnTransfer {
  private final ColumnCalls calls;

  ArrowTransfer(Calls calls) {
    this.calls = new ColumnCalls(calls);
  }

  @Override
  public DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    ArrowRawValuesParams request =
        ArrowRawValuesParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(range.startNanos())
            .setEnd(range.endNanos())
            .setVersionMajor(read.version())
            .build();
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    return calls.columns(
        BTrDBGrpc.getArrowRawValuesMethod(), request, new AscendingPoints(codec::decode), read);
  }

  @Override
  public DataCursor<StatBatch> windows(StreamRead read, WindowsParams request, long endNanos) {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    return inOrder(
        calls.columns(
            BTrDBGrpc.getArrowWindowsMethod(),
            request,
            (message, header) -> codec.decode(message, endNanos, header),
            read),
        WindowCount.of(request),
        read);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      StreamRead read, AlignedWindowsParams request, long endNanos) {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    return inOrder(
        calls.columns(
            BTrDBGrpc.getArrowAlignedWindowsMethod(),
            request,
            (message, header) -> codec.decode(message, endNanos, header),
            read),
        WindowCount.of(request),
        read);
  }

  private static DataCursor<StatBatch> inOrder(
      DataCursor<StatBatch> messages, long most, StreamRead read) {
    return new LastingFailure<>(new OrderedWindows(messages, most, read.target().subject()));
  }
}
