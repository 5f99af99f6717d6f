package org.btrdb.embedded.server;

import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.WindowsParams;

/** The calls that carry columns: raw points, both kinds of windows, inserts. */
final class ColumnCalls {
  /** More than any known client sends at once (reference 2.14). */
  static final int MAX_INSERT_POINTS = 1_000_000;

  private final Btrdb btrdb;
  private final CheckedReads reads;

  ColumnCalls(Btrdb btrdb) {
    this.btrdb = btrdb;
    this.reads = new CheckedReads(btrdb);
  }

  void rawValues(RawValuesParams request, StreamObserver<WireBytes> responses) {
    answer(
        responses,
        scope ->
            new PointAnswers(
                reads.points(
                    new CheckedReads.Target(request.getUuid(), request.getVersionMajor(), scope),
                    RequestRules.points(request.getStart(), request.getEnd())),
                PointMessages.rows()));
  }

  void windows(WindowsParams request, StreamObserver<WireBytes> responses) {
    windows(request, StatMessages.rows(), responses);
  }

  void windows(WindowsParams request, StatMessages messages, StreamObserver<WireBytes> responses) {
    answer(
        responses,
        scope -> {
          long width = request.getWidth();
          TimeRange range =
              RequestRules.windows(request.getStart(), request.getEnd(), width, request.getDepth());
          CheckedReads.Target target =
              new CheckedReads.Target(request.getUuid(), request.getVersionMajor(), scope);
          return new WindowAnswers(reads.windows(target, range, width), range, width, messages);
        });
  }

  void alignedWindows(AlignedWindowsParams request, StreamObserver<WireBytes> responses) {
    alignedWindows(request, StatMessages.rows(), responses);
  }

  void alignedWindows(
      AlignedWindowsParams request, StatMessages messages, StreamObserver<WireBytes> responses) {
    answer(
        responses,
        scope -> {
          int pointWidth = request.getPointWidth();
          TimeRange range = RequestRules.aligned(request.getStart(), request.getEnd(), pointWidth);
          return new StatAnswers(
              reads.aligned(
                  new CheckedReads.Target(request.getUuid(), request.getVersionMajor(), scope),
                  range,
                  pointWidth),
              messages);
        });
  }

  static void answer(
      StreamObserver<WireBytes> responses, Function<CallScope, Answers<WireBytes>> opener) {
    AnswerPump.answer(responses, opener, ColumnCalls::failure);
  }

  private static WireBytes failure(Status stat) {
    byte[] bytes = StatusCodes.answer(stat);
    return new WireBytes(bytes, bytes.length);
  }

  void insert(InsertMessage request, StreamObserver<InsertResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> insert(request, scope),
        stat -> InsertResponse.newBuilder().setStat(stat).build());
  }

  InsertResponse insert(InsertMessage request, CallScope scope) {
    int size = request.points().size();
    if (size > MAX_INSERT_POINTS) {
      throw new BtrdbException(
          ErrorCode.TOO_LARGE, size + " points in one insert are more than " + MAX_INSERT_POINTS);
    }
    MergePolicy policy = request.policy();
    if (policy == null) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "no merge policy has number " + request.mergePolicy());
    }
    if (request.rounded()) {
      throw new BtrdbException(
          ErrorCode.UNSUPPORTED, "rounding is not supported by this server yet");
    }
    StreamVersion version =
        btrdb.insert(UuidBytes.parse(request.uuid()), request.points(), policy, scope);
    return InsertResponse.newBuilder()
        .setVersionMajor(version.major())
        .setVersionMinor(version.minor())
        .build();
  }
}
