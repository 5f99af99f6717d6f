package org.btrdb.sql.tall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.multi.ParallelCalls;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Snapshot;
import org.jspecify.annotations.Nullable;

/** Rows of single points, of some streams at a time. */
final class EdgeRows implements Iterator<@Nullable Object[]>, AutoCloseable {
  private static final int STREAMS_AT_ONCE = 256;
  private static final int CALLS_AT_ONCE = 8;

  private final TallEdgeRead request;
  private final List<TimeRange> ranges;
  private final FoundStreams streams;
  private final Execution execution;
  private final boolean needsVersion;
  private Iterator<@Nullable Object[]> rows = Collections.emptyIterator();

  EdgeRows(
      TallEdgeRead request, List<TimeRange> ranges, FoundStreams streams, Execution execution) {
    this.request = request;
    this.ranges = ranges;
    this.streams = streams;
    this.execution = execution;
    this.needsVersion = request.columns().contains(TallColumn.of(TallColumn.Kind.VERSION));
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && streams.hasNext()) {
      List<StreamDescriptor> some = new ArrayList<>();
      while (some.size() < STREAMS_AT_ONCE && streams.hasNext()) {
        some.add(streams.next());
      }
      rows =
          ParallelCalls.of(some, CALLS_AT_ONCE, execution.scope(), this::row).stream()
              .flatMap(Optional::stream)
              .iterator();
    }
    return rows.hasNext();
  }

  private Optional<@Nullable Object[]> row(StreamDescriptor stream) {
    if (!needsVersion) {
      return point(stream).map(point -> row(stream, point, 0));
    }
    return Snapshot.consistent(
        stream.uuid(),
        execution,
        version -> point(stream).map(point -> row(stream, point, version.major())));
  }

  private Optional<Point> point(StreamDescriptor stream) {
    return request.edge().of(stream.uuid(), ranges, execution);
  }

  private @Nullable Object[] row(StreamDescriptor stream, Point point, long majorVersion) {
    @Nullable Object[] row = new Object[request.columns().size()];
    for (int i = 0; i < row.length; i++) {
      TallColumn column = request.columns().get(i);
      row[i] =
          switch (column.kind()) {
            case TIME -> point.timeNanos();
            case VALUE -> point.value();
            case VERSION -> majorVersion;
            default -> column.of(stream);
          };
    }
    return row;
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void close() {
    streams.close();
  }
}
