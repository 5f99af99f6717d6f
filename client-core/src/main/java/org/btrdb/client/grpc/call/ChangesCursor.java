package org.btrdb.client.grpc.call;

import java.util.List;
import java.util.function.Function;
import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Reads changed ranges, one list for each message.
 *
 * @param <R> the message
 */
public final class ChangesCursor<R> implements DataCursor<List<TimeRange>> {
  private final OpenCall<?, R> call;
  private final StreamRead read;
  private final Function<R, Answer> answer;
  private @Nullable List<TimeRange> current;
  private @Nullable StreamVersion version;
  private boolean begun;

  /**
   * What a message says.
   *
   * @param stat its in-band status
   * @param version the newer of the versions compared
   * @param ranges a part of the ranges
   */
  public record Answer(ServerStatus stat, StreamVersion version, List<TimeRange> ranges) {}

  /**
   * A cursor that closes the call.
   *
   * @param answer takes a message apart
   */
  public ChangesCursor(OpenCall<?, R> call, StreamRead read, Function<R, Answer> answer) {
    this.call = call;
    this.read = read;
    this.answer = answer;
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

  private List<TimeRange> ranges(R message) {
    Answer said = answer.apply(message);
    ErrorMapper.check(said.stat(), read.target().subject());
    if (version == null) {
      version = said.version();
    }
    return said.ranges();
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
