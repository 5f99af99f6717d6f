package org.btrdb.sql.read;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;

/** The first or the last point of a stream in some ranges, by one call for each range at most. */
public enum EdgePoint {
  /** The earliest. */
  FIRST,
  /** The latest. */
  LAST;

  /**
   * The point of a stream, at its newest.
   *
   * @param ranges ascending, apart, none empty
   */
  public Optional<Point> of(UUID stream, List<TimeRange> ranges, Execution execution) {
    for (int i = 0; i < ranges.size(); i++) {
      TimeRange range = ranges.get(this == FIRST ? i : ranges.size() - 1 - i);
      Optional<Point> point = in(stream, range, StreamVersion.LATEST, execution);
      if (point.isPresent()) {
        return point;
      }
    }
    return Optional.empty();
  }

  /** The point of a stream in one range, at a version. */
  Optional<Point> in(UUID stream, TimeRange range, long version, Execution execution) {
    long from = this == FIRST ? range.startNanos() : range.endNanos();
    return execution
        .btrdb()
        .nearest(stream, from, this == LAST, version, execution.scope())
        .filter(p -> p.timeNanos() >= range.startNanos() && p.timeNanos() < range.endNanos());
  }
}
