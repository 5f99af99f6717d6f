package org.btrdb.client.grpc.v5;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.WindowsParams;

/**
 * Arrow until the server shows once that it does not do, and rows from then on (reference 3.4).
 *
 * <p>Windows of Arrow answers must be collected before the first is handed out, so reads that can
 * bring many go by rows, which come in order.
 */
final class ArrowOrRowTransfer implements ColumnTransfer {
  /** About 3 MB of statistics. */
  static final long MOST_COLLECTED = 1 << 16;

  private final ArrowTransfer arrow;
  private final RowTransfer rows;
  private volatile boolean arrowFailed;

  ArrowOrRowTransfer(ArrowTransfer arrow, RowTransfer rows) {
    this.arrow = arrow;
    this.rows = rows;
  }

  @Override
  public DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    return read(true, t -> t.raw(read, range), PointBatch::size);
  }

  @Override
  public DataCursor<StatBatch> windows(StreamRead read, WindowsParams request, long endNanos) {
    return read(
        WindowCount.of(request) <= MOST_COLLECTED,
        t -> t.windows(read, request, endNanos),
        StatBatch::size);
  }

  @Override
  public DataCursor<StatBatch> alignedWindows(
      StreamRead read, AlignedWindowsParams request, long endNanos) {
    return read(
        WindowCount.of(request) <= MOST_COLLECTED,
        t -> t.alignedWindows(read, request, endNanos),
        StatBatch::size);
  }

  private <B> DataCursor<B> read(boolean suitsArrow, Opening<B> opening, ToIntFunction<B> sizeOf) {
    if (arrowFailed || !suitsArrow) {
      return opening.open(rows);
    }
    Supplier<DataCursor<B>> again = () -> opening.open(rows);
    return new FallbackCursor<>(opening.open(arrow), again, () -> arrowFailed = true, sizeOf);
  }

  /** Makes the call of a read, by one transfer or the other. */
  @FunctionalInterface
  private interface Opening<B> {
    DataCursor<B> open(ColumnTransfer transfer);
  }
}
