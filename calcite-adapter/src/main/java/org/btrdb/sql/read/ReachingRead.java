package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.row.RowCursor;

/**
 * The points of a range, and the nearest ones beyond its ends: the one in force at its start, the
 * first one from its end on, or both.
 *
 * @param inside the points of the range, without a limit
 * @param hasBefore whether the one before the start is among them
 * @param hasAfter whether the one after the end is
 */
public record ReachingRead(RawRead inside, boolean hasBefore, boolean hasAfter)
    implements ReadRequest {
  @Override
  public Limit limit() {
    return Limit.NONE;
  }

  @Override
  public ReadRequest withLimit(Limit limit) {
    throw new IllegalStateException("a join reads all of " + text());
  }

  @Override
  public ReachingRead withColumns(List<Integer> columns) {
    return new ReachingRead(inside.withColumns(columns), hasBefore, hasAfter);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return inside.isOrderedBy(column);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = inside.times().ranges(execution.parameters());
    if (!reachesBefore(ranges) && !reachesAfter(ranges)) {
      return inside.rows(execution);
    }
    for (int attempt = 0; attempt < Snapshot.ATTEMPTS; attempt++) {
      RawRows rows = inside.rows(execution);
      boolean kept = false;
      try {
        boolean hasRow = rows.next();
        Optional<ReachingRows> reaching = reaching(rows, hasRow, ranges, execution);
        kept = reaching.isPresent();
        if (kept) {
          return reaching.get();
        }
      } finally {
        if (!kept) {
          rows.close();
        }
      }
    }
    throw Snapshot.tooBusy(inside.table().stream().uuid());
  }

  /** Empty if the stream changed between the calls. */
  private Optional<ReachingRows> reaching(
      RawRows rows, boolean hasRow, List<TimeRange> ranges, Execution execution) {
    StreamVersion seen = rows.version();
    boolean isCommitted = seen.minor() == 0;
    long asked = isCommitted ? seen.major() : StreamVersion.LATEST;
    RowCursor before =
        reachesBefore(ranges) ? beyond(true, start(ranges), asked, execution) : NoRow.INSTANCE;
    RowCursor after =
        reachesAfter(ranges) ? beyond(false, end(ranges), asked, execution) : NoRow.INSTANCE;
    // Buffered points belong to no version that could be asked for.
    boolean isSame =
        isCommitted
            || execution
                .btrdb()
                .version(inside.table().stream().uuid(), execution.scope())
                .equals(seen);
    return isSame ? Optional.of(new ReachingRows(before, rows, hasRow, after)) : Optional.empty();
  }

  private RowCursor beyond(boolean backward, long at, long version, Execution execution) {
    return new PointRow(
        inside.columns(),
        execution
            .btrdb()
            .nearest(inside.table().stream().uuid(), at, backward, version, execution.scope()));
  }

  @Override
  public List<String> calls(Execution execution) {
    List<String> calls = new ArrayList<>(inside.calls(execution));
    List<TimeRange> ranges = inside.times().ranges(execution.parameters());
    if (reachesBefore(ranges)) {
      calls.add(NearestRead.call(inside.table(), start(ranges), true, inside.version()));
    }
    if (reachesAfter(ranges)) {
      calls.add(NearestRead.call(inside.table(), end(ranges), false, inside.version()));
    }
    return calls;
  }

  private static long start(List<TimeRange> ranges) {
    return ranges.get(0).startNanos();
  }

  private static long end(List<TimeRange> ranges) {
    return ranges.get(ranges.size() - 1).endNanos();
  }

  /** Whether a point before the ranges is wanted and possible. */
  private boolean reachesBefore(List<TimeRange> ranges) {
    return hasBefore && !ranges.isEmpty() && start(ranges) > TimeRange.ALL.startNanos();
  }

  /** Whether a point after the ranges is wanted and possible. */
  private boolean reachesAfter(List<TimeRange> ranges) {
    return hasAfter && !ranges.isEmpty() && end(ranges) < TimeRange.ALL.endNanos();
  }

  @Override
  public String text() {
    return inside.text()
        + (hasBefore ? ", and the one before" : "")
        + (hasAfter ? ", and the one after" : "");
  }
}
