package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;

/**
 * The points of a range, and the nearest one beyond one of its ends: the one in force at its start,
 * or the first one from its end on.
 *
 * @param inside the points of the range, without a limit
 * @param isBackward whether the point is before the start and not after the end
 */
public record ReachingRead(RawRead inside, boolean isBackward) implements ReadRequest {
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
    return new ReachingRead(inside.withColumns(columns), isBackward);
  }

  @Override
  public int orderedBy() {
    return inside.orderedBy();
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = inside.times().ranges(execution.parameters());
    if (ranges.isEmpty() || isEndOfTime(end(ranges))) {
      return inside.rows(execution);
    }
    long at = end(ranges);
    for (int attempt = 0; attempt < Snapshot.ATTEMPTS; attempt++) {
      RawRows rows = inside.rows(execution);
      boolean kept = false;
      try {
        boolean hasRow = rows.next();
        Optional<ReachingRows> reaching = reaching(rows, hasRow, at, execution);
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
      RawRows rows, boolean hasRow, long at, Execution execution) {
    StreamVersion seen = rows.version();
    boolean isCommitted = seen.minor() == 0;
    Optional<Point> beyond =
        execution
            .btrdb()
            .nearest(
                inside.table().stream().uuid(),
                at,
                isBackward,
                isCommitted ? seen.major() : StreamVersion.LATEST,
                execution.scope());
    // Buffered points belong to no version that could be asked for.
    boolean isSame =
        isCommitted
            || execution
                .btrdb()
                .version(inside.table().stream().uuid(), execution.scope())
                .equals(seen);
    return isSame
        ? Optional.of(
            new ReachingRows(rows, hasRow, new PointRow(inside.columns(), beyond), isBackward))
        : Optional.empty();
  }

  @Override
  public List<String> calls(Execution execution) {
    List<String> calls = new ArrayList<>(inside.calls(execution));
    List<TimeRange> ranges = inside.times().ranges(execution.parameters());
    if (!ranges.isEmpty() && !isEndOfTime(end(ranges))) {
      calls.add(NearestRead.call(inside.table(), end(ranges), isBackward, inside.version()));
    }
    return calls;
  }

  /** The end beyond which the point is. */
  private long end(List<TimeRange> ranges) {
    return isBackward ? ranges.get(0).startNanos() : ranges.get(ranges.size() - 1).endNanos();
  }

  /** Whether no point can be beyond a time. */
  private boolean isEndOfTime(long nanos) {
    return isBackward ? nanos <= TimeRange.ALL.startNanos() : nanos >= TimeRange.ALL.endNanos();
  }

  @Override
  public String text() {
    return inside.text() + (isBackward ? ", and the one before" : ", and the one after");
  }
}
