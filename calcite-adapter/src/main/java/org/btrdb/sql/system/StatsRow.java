package org.btrdb.sql.system;

import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.PointCount;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of {@code btrdb.stream_stats}: a call for each thing that is asked for, no others. Any
 * thread may make one.
 */
final class StatsRow {
  private final Execution execution;
  private final boolean version;
  private final boolean earliest;
  private final boolean latest;
  private final boolean count;

  StatsRow(SystemRead read, Execution execution) {
    this.execution = execution;
    this.version = read.needs("version") || read.needs("minor_version");
    this.earliest = read.needs("earliest");
    this.latest = read.needs("latest") || read.needs("latest_value");
    this.count = read.needs("point_count");
  }

  /** Whether a row costs a call at all. */
  boolean makesCalls() {
    return version || earliest || latest || count;
  }

  @Nullable Object[] of(StreamDescriptor stream) {
    UUID uuid = stream.uuid();
    StreamVersion at =
        version ? execution.btrdb().version(uuid, execution.scope()) : new StreamVersion(0, 0);
    Optional<Point> first = earliest ? nearest(uuid, TimeRange.MIN_NANOS, false) : Optional.empty();
    Optional<Point> last = latest ? nearest(uuid, TimeRange.MAX_NANOS - 1, true) : Optional.empty();
    return new @Nullable Object[] {
      uuid,
      stream.collection(),
      StreamRow.tag(stream, StreamDescriptor.NAME),
      StreamRow.tag(stream, StreamDescriptor.UNIT),
      at.major(),
      at.minor(),
      first.map(Point::timeNanos).orElse(null),
      last.map(Point::timeNanos).orElse(null),
      last.map(Point::value).orElse(null),
      count ? PointCount.of(uuid, TimeRange.ALL, StreamVersion.LATEST, execution) : 0L
    };
  }

  private Optional<Point> nearest(UUID uuid, long time, boolean backward) {
    return execution.btrdb().nearest(uuid, time, backward, StreamVersion.LATEST, execution.scope());
  }
}
