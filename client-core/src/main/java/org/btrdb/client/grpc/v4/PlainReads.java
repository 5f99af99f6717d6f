package org.btrdb.client.grpc.v4;

import io.grpc.MethodDescriptor;
import java.util.Optional;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.BatchCursor;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.NearestAnswer;
import org.btrdb.client.grpc.call.RemoteStatus;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.RawValuesCodec;
import org.btrdb.client.grpc.wire.StatValuesCodec;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.grpc.wire.WireMessageMarshaller;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.AlignedWindowsParams;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.NearestParams;
import org.btrdb.proto.grpcinterface.NearestResponse;
import org.btrdb.proto.grpcinterface.RawValuesParams;
import org.btrdb.proto.grpcinterface.WindowsParams;

/**
 * The answers of a 4.x server as they are, faults and all. Ranges must be legal: not empty, inside
 * the domain, whole windows.
 */
final class PlainReads {
  private final Calls calls;

  PlainReads(Calls calls) {
    this.calls = calls;
  }

  /**
   * Points of a range; at the latest version buffered ones come in the order of their insertion.
   */
  DataCursor<PointBatch> raw(StreamRead read, TimeRange range) {
    RawValuesParams request =
        RawValuesParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(range.startNanos())
            .setEnd(range.endNanos())
            .setVersionMajor(read.version())
            .build();
    RawValuesCodec codec = new RawValuesCodec();
    return columns(BTrDBGrpc.getRawValuesMethod(), request, codec::decode, read);
  }

  /**
   * Windows that hold points and begin before the range's end, of an answer that reaches to {@code
   * askedEndNanos}; the last one may be missing.
   */
  DataCursor<StatBatch> windows(
      StreamRead read, TimeRange range, long askedEndNanos, long widthNanos) {
    if (widthNanos < 1) {
      throw new IllegalArgumentException("a width of " + widthNanos + " kills the server");
    }
    WindowsParams request =
        WindowsParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(range.startNanos())
            .setEnd(askedEndNanos)
            .setVersionMajor(read.version())
            .setWidth(widthNanos)
            .build();
    StatValuesCodec codec = StatValuesCodec.withoutDeviation();
    return columns(
        BTrDBGrpc.getWindowsMethod(),
        request,
        (message, header) -> codec.decode(message, range.endNanos(), header),
        read);
  }

  /** Aligned windows, right in every version; both ends of the range must be aligned. */
  DataCursor<StatBatch> aligned(StreamRead read, TimeRange range, int pointWidth) {
    // A server takes one window of one nanosecond for an empty range: ask for two.
    boolean single = range.endNanos() - range.startNanos() == 1;
    AlignedWindowsParams request =
        AlignedWindowsParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setStart(range.startNanos())
            .setEnd(single ? range.endNanos() + 1 : range.endNanos())
            .setVersionMajor(read.version())
            .setPointWidth(pointWidth)
            .build();
    StatValuesCodec codec = StatValuesCodec.withoutDeviation();
    return columns(
        BTrDBGrpc.getAlignedWindowsMethod(),
        request,
        (message, header) -> codec.decode(message, range.endNanos(), header),
        read);
  }

  private <Q, B> DataCursor<B> columns(
      MethodDescriptor<Q, ?> method, Q request, BatchCursor.Decoder<B> decoder, StreamRead read) {
    MethodDescriptor<Q, WireMessage> columnar =
        method.toBuilder(method.getRequestMarshaller(), WireMessageMarshaller.INSTANCE).build();
    return new BatchCursor<>(
        calls.stream(columnar, request, read.target()),
        (message, header) -> {
          B batch = decoder.decode(message, header);
          checkVersion(read, header);
          return batch;
        },
        read);
  }

  /** A stream never committed answers for any version, with the one it has. */
  private static void checkVersion(StreamRead read, AnswerHeader header) {
    if (header.stat() == null) {
      checkVersion(read, header.version().major());
    }
  }

  private static void checkVersion(StreamRead read, long answered) {
    if (read.version() != StreamVersion.LATEST && read.version() != answered) {
      throw new BtrdbException(
          ErrorCode.NO_SUCH_VERSION,
          read.target().subject()
              + " has no version "
              + read.version()
              + "; its newest is "
              + answered);
    }
  }

  /** The first point at or after a time of the domain; or what the server finds backward. */
  Optional<Point> nearest(StreamRead read, long timeNanos, boolean backward) {
    try {
      NearestResponse answer = askNearest(read, timeNanos, backward, read.version());
      checkVersion(read, answer.getVersionMajor());
      return answer.hasValue()
          ? NearestAnswer.of(
              new Point(answer.getValue().getTime(), answer.getValue().getValue()),
              timeNanos,
              backward,
              () -> raw(read, new TimeRange(0, 1)))
          : Optional.empty();
    } catch (BtrdbException e) {
      if (RemoteStatus.codeOf(e) == RemoteStatus.NO_SUCH_POINT) {
        return Optional.empty();
      }
      throw read.explained(e);
    }
  }

  /** Whether a version can be read; only of streams that were committed once. */
  boolean hasVersion(StreamRead read, long major) {
    try {
      askNearest(read, TimeRange.MIN_NANOS, false, major);
      return true;
    } catch (BtrdbException e) {
      return switch (RemoteStatus.codeOf(e)) {
        case RemoteStatus.NO_SUCH_POINT -> true;
        case RemoteStatus.NO_SUCH_STREAM -> false;
        default -> throw e;
      };
    }
  }

  private NearestResponse askNearest(
      StreamRead read, long timeNanos, boolean backward, long major) {
    NearestParams request =
        NearestParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setTime(timeNanos)
            .setVersionMajor(major)
            .setBackward(backward)
            .build();
    return calls.ask(
        BTrDBGrpc.getNearestMethod(),
        request,
        message -> V4Status.of(message.getStat()),
        read.target());
  }
}
