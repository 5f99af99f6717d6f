package org.btrdb.client.grpc.v4;

import java.time.Duration;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.Calls;
import org.btrdb.client.grpc.call.ChangesCursor;
import org.btrdb.client.grpc.call.EmptyCursor;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.ChangesParams;
import org.btrdb.proto.grpcinterface.ChangesResponse;

/**
 * Changed ranges. A 4.x server that is asked up to the latest version and has nothing to tell never
 * answers and spins until its restart, so that is asked only when points are buffered: these it
 * tells, or the commit that took them.
 */
final class V4Changes {
  private static final int MAX_RESOLUTION = 63;

  /** For calls within a read, which a server that spins must not hold for ever. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final Calls calls;

  V4Changes(Calls calls) {
    this.calls = calls;
  }

  DataCursor<List<TimeRange>> between(StreamRead read, long fromMajor, int resolution) {
    if (resolution < 0 || resolution > MAX_RESOLUTION) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH,
          "a resolution is 0 to " + MAX_RESOLUTION + ", not " + resolution);
    }
    if (read.version() != StreamVersion.LATEST) {
      if (fromMajor > read.version()) {
        throw new BtrdbException(
            ErrorCode.INVALID_ARGUMENT,
            "changes are told from an older version to a newer one, not from "
                + fromMajor
                + " to "
                + read.version());
      }
      return ask(read, fromMajor, resolution);
    }
    StreamVersion latest = read.versionIfUnsaid();
    if (latest.minor() > 0) {
      return ask(read, Math.min(fromMajor, latest.major()), resolution);
    }
    StreamRead numbered = new StreamRead(read.btrdb(), read.uuid(), latest.major(), read.scope());
    return fromMajor >= latest.major()
        ? new EmptyCursor<>(numbered)
        : ask(numbered, fromMajor, resolution);
  }

  /** Where points are that were buffered at a version of the stream. */
  BufferedTimes buffered(StreamRead read, StreamVersion version, int resolution) {
    if (version.minor() == 0) {
      throw new IllegalArgumentException("a server with nothing buffered never answers");
    }
    CallScope scope =
        read.scope().hasDeadline() ? read.scope() : CallScope.withTimeout(ANSWER_TIMEOUT);
    CallScope.Registration cancelling = read.scope().onCancel(scope::cancel);
    StreamRead latest = new StreamRead(read.btrdb(), read.uuid(), StreamVersion.LATEST, scope);
    try (DataCursor<List<TimeRange>> changes = ask(latest, version.major(), resolution)) {
      return BufferedTimes.of(changes);
    } finally {
      cancelling.remove();
    }
  }

  private DataCursor<List<TimeRange>> ask(StreamRead read, long fromMajor, int resolution) {
    ChangesParams request =
        ChangesParams.newBuilder()
            .setUuid(UuidBytes.of(read.uuid()))
            .setFromMajor(fromMajor)
            .setToMajor(read.version())
            .setResolution(resolution)
            .build();
    return new ChangesCursor<>(
        calls.stream(BTrDBGrpc.getChangesMethod(), request, read.target()), read, V4Changes::said);
  }

  private static ChangesCursor.Answer said(ChangesResponse message) {
    return new ChangesCursor.Answer(
        V4Status.of(message.getStat()),
        new StreamVersion(message.getVersionMajor(), message.getVersionMinor()),
        message.getRangesList().stream()
            .map(range -> new TimeRange(range.getStart(), range.getEnd()))
            .toList());
  }
}
