package org.btrdb.client.grpc.v4;

import java.util.List;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.call.ErrorMapper;
import org.btrdb.client.grpc.call.OpenCall;
import org.btrdb.client.grpc.call.StreamRead;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.ChangesResponse;
import org.jspecify.annotations.Nullable;

/** Reads changed ranges, one list for each message. */
final class ChangesCursor implements DataCursor<List<TimeRange>> {
  private final OpenCall<?, ChangesResponse> call;
  private final StreamRead read;
  private @Nullable List<TimeRange> current;
  private @Nullable StreamVersion version;
  private boolean begun;

  ChangesCursor(OpenCall<?, ChangesResponse> call, StreamRead read) {
    this.call = call;
    this.read = read;
  }

  @Override
  public boolean next() {
    begun = true;
    current = null;
    try {
      current = call.next(this::ranges);
    } catch (BtrdbException e) {
      throw call.abandon(read.explained(e));
    }
    return current != null;
  }

  private List<TimeRange> ranges(ChangesResponse message) {
    ErrorMapper.check(V4Status.of(message.getStat()), read.target().subject());
    if (version == null) {
      version = new StreamVersion(message.getVersionMajor(), message.getVersionMinor());
    }
    return message.getRangesList().stream()
        .map(range -> new TimeRange(range.getStart(), range.getEnd()))
        .toList();
  }

  @Override
  public List<TimeRange> current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public StreamVersion version() {
    if (!begun) {
      throw new IllegalStateException("the version is known after the first next()");
    }
    if (version == null) {
      version = read.versionIfUnsaid();
    }
    return version;
  }

  @Override
  public void close() {
    current = null;
    call.close();
  }
}
