package org.btrdb.client.grpc.v5;

import java.util.List;
import java.util.Optional;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ChangesCursor;
import org.btrdb.client.grpc.call.EmptyCursor;
import org.btrdb.client.grpc.call.NearestAnswer;
import org.btrdb.client.grpc.call.RemoteStatus;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.ChangesResponse;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.WindowsParams;

/**
 * Reads of the 5.x generation: what of a range is asked. Nothing is asked that a server may refuse
 * with 413, so 413 is a failure and never means that nothing is there.
 */
final class V5Reads {
  /** Servers root their tree at -2^60, so wider windows are not aligned to the epoch. */
  private static final int MAX_POINT_WIDTH = 60;

  private static final int MAX_RESOLUTION = 63;

  private final Calls calls;
  private final ColumnTransfer columns;

  V5Reads(Calls calls, ColumnTransfer columns) {
    this.calls = calls;
    this.columns = columns;
  }

  DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    TimeRange clamped = range.clamped();
    if (clamped.isEmpty()) {
      return new EmptyCursor<>(read);
    }
    return columns.raw(read, clamped);
  }

  DataCursor<StatBatch> windows(StreamRead read, TimeRange range, long widthNanos) {
    if (widthNanos < 1) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "a window must be at least 1 ns wide, not " + widthNanos);
    }
    TimeRange clamped = range.clamped();
    long windows = clamped.isEmpty() ? 0 : clamped.lengthNanos() / widthNanos;
    if (windows == 0) {
      return new EmptyCursor<>(read);
    }
    long end = clamped.startNanos() + windows * widthNanos;
    // Servers lose the last window when it is empty, and rarely when not: ask for one more.
    boolean roomForOneMore = TimeRange.ALL.endNanos() - end >= widthNanos;
    WindowsParams request =
        WindowsParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(clamped.startNanos())
            .setEnd(roomForOneMore ? end + widthNanos : end)
            .setVersionMajor(read.version())
            .setWidth(widthNanos)
            .build();
    return columns.windows(read, request, end);
  }

  DataCursor<StatBatch> alignedWindows(StreamRead read, TimeRange range, int pointWidth) {
    if (pointWidth < 0 || pointWidth > MAX_POINT_WIDTH) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a 5.x server takes pointwidths 0 to " + MAX_POINT_WIDTH + ", not " + pointWidth);
    }
    // Both ends of the domain are multiples of 2^60, so clamping cuts no window; and no point is
    // in its last nanosecond, after which there is none to widen a single one with.
    long mask = -1L << pointWidth;
    long start = Math.max(range.startNanos(), TimeRange.MIN_NANOS) & mask;
    long end = Math.min(range.endNanos(), TimeRange.MAX_NANOS) & mask;
    if (end <= start || start == TimeRange.MAX_NANOS - 1) {
      return new EmptyCursor<>(read);
    }
    // Servers may take one window of one nanosecond for an empty range: ask for two.
    boolean single = end - start == 1;
    AlignedWindowsParams request =
        AlignedWindowsParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(start)
            .setEnd(single ? end + 1 : end)
            .setVersionMajor(read.version())
            .setPointWidth(pointWidth)
            .build();
    return columns.alignedWindows(read, request, end);
  }

  DataCursor<List<TimeRange>> changes(StreamRead read, long fromMajor, int resolution) {
    if (resolution < 0 || resolution > MAX_RESOLUTION) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a resolution is 0 to " + MAX_RESOLUTION + ", not " + resolution);
    }
    if (read.version() != StreamVersion.LATEST && fromMajor > read.version()) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "changes are told from an older version to a newer one, not from "
              + fromMajor
              + " to "
              + read.version());
    }
    ChangesParams request =
        ChangesParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setFromMajor(fromMajor)
            .setToMajor(read.version())
            .setResolution(resolution)
            .build();
    return new ChangesCursor<>(
        calls.stream(BTrDBGrpc.getChangesMethod(), request, read.target()), read, V5Reads::said);
  }

  private static ChangesCursor.Answer said(ChangesResponse message) {
    return new ChangesCursor.Answer(
        V5Status.of(message.getStat()),
        new StreamVersion(message.getVersionMajor(), message.getVersionMinor()),
        message.getRangesList().stream()
            .map(range -> new TimeRange(range.getStart(), range.getEnd()))
            .toList());
  }

  Optional<Point> nearest(StreamRead read, long timeNanos, boolean backward) {
    long last = TimeRange.MAX_NANOS - 1;
    boolean nothingThere = backward ? timeNanos <= TimeRange.MIN_NANOS : timeNanos > last;
    if (nothingThere) {
      return Optional.empty();
    }
    long time = Math.min(Math.max(timeNanos, TimeRange.MIN_NANOS), last);
    NearestParams request =
        NearestParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setTime(time)
            .setVersionMajor(read.version())
            .setBackward(backward)
            .build();
    try {
      NearestResponse answer =
          calls.ask(
              BTrDBGrpc.getNearestMethod(),
              request,
              message -> V5Status.of(message.getStat()),
              read.target());
      return NearestAnswer.of(
          new Point(answer.getValue().getTime(), answer.getValue().getValue()),
          time,
          backward,
          () -> raw(read, new TimeRange(0, 1)));
    } catch (BtrdbException e) {
      if (RemoteStatus.codeOf(e) == RemoteStatus.NO_SUCH_POINT) {
        return Optional.empty();
      }
      throw read.explained(e);
    }
  }
}
