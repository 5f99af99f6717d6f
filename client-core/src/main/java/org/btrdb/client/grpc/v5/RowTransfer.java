package org.btrdb.client.grpc.v5;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.RawValuesCodec;
import org.btrdb.client.grpc.wire.StatValuesCodec;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.WindowsParams;

/** The calls every 5.x server knows, which send a message inside the message for each point. */
final class RowTransfer implements ColumnTransfer {
  private final ColumnCalls calls;

  RowTransfer(Calls calls) {
    this.calls = new ColumnCalls(calls);
  }

  @Override
  public DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    RawValuesParams request =
        RawValuesParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(range.startNanos())
            .setEnd(range.endNanos())
            .setVersionMajor(read.version())
            .build();
    RawValuesCodec codec = new RawValuesCodec();
    return calls.columns(
        BTrDBGrpc.getRawValuesMethod(), request, new AscendingPoints(codec::decode), read);
  }

  @Override
  public DataCursor<StatBatch> windows(StreamRead read, WindowsParams request, long endNanos) {
    StatValuesCodec codec = new StatValuesCodec();
    return calls.columns(
        BTrDBGrpc.getWindowsMethod(),
        request,
        (message, header) -> codec.decode(message, endNanos, header),
        read);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      StreamRead read, AlignedWindowsParams request, long endNanos) {
    StatValuesCodec codec = new StatValuesCodec();
    return calls.columns(
        BTrDBGrpc.getAlignedWindowsMethod(),
        request,
        (message, header) -> codec.decode(message, endNanos, header),
        read);
  }
}
