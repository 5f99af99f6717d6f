package org.btrdb.client.grpc.v5;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.WindowsParams;

/** Which calls bring the columns of a read. What they bring is the same. */
interface ColumnTransfer {

  /** Points of a range that is inside the domain and not empty. */
  DataCursor<PointBatch> raw(StreamRead read, TimeRange range);

  /** Windows of a request, in order, without empty ones and those that begin at an end or later. */
  DataCursor<StatBatch> windows(StreamRead read, WindowsParams request, long endNanos);

  /** As {@link #windows}, of aligned ones. */
  DataCursor<StatBatch> alignedWindows(
      StreamRead read, AlignedWindowsParams request, long endNanos);

  /** The fastest way that a server is said to know (reference 3.4). */
  static ColumnTransfer of(ServerInfo info, Calls calls) {
    RowTransfer rows = new RowTransfer(calls);
    return knowsArrow(info) ? new ArrowOrRowTransfer(new ArrowTransfer(calls), rows) : rows;
  }

  private static boolean knowsArrow(ServerInfo info) {
    return info.majorVersion() > 5 || (info.majorVersion() == 5 && info.minorVersion() >= 30);
  }
}
