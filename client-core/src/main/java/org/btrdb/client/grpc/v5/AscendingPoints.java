package org.btrdb.client.grpc.v5;

import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.BatchCursor;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.proto.v5api.Status;

/**
 * Refuses an answer whose points do not ascend in time, within a message or from one to the next.
 * Whoever reads on takes them to: a merge, a nearest point or the last value would be wrong without
 * a word. Servers of 4.x do send buffered points as they came; whether any of 5.x does is not
 * known.
 */
final class AscendingPoints implements BatchCursor.Decoder<PointBatch> {
  private final BatchCursor.Decoder<PointBatch> decoder;
  private long last = Long.MIN_VALUE;

  /** Of one call. */
  AscendingPoints(BatchCursor.Decoder<PointBatch> decoder) {
    this.decoder = decoder;
  }

  @Override
  public PointBatch decode(WireMessage message, AnswerHeader header) {
    PointBatch points = decoder.decode(message, header);
    Status stat = header.stat();
    if (stat == null || stat.getCode() == 0) {
      check(points);
    }
    return points;
  }

  private void check(PointBatch points) {
    long[] times = points.times();
    int end = points.offset() + points.size();
    long before = last;
    for (int i = points.offset(); i < end; i++) {
      if (times[i] < before) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION,
            "the server's points do not ascend: one at " + times[i] + " after one at " + before);
      }
      before = times[i];
    }
    last = before;
  }
}
