package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.read.Grid;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** The groups of a {@link HeldAggregateOperator}, one after the other. */
final class HeldGroups extends GroupRows {
  private static final int RUNNING = 0;

  private final RowStore keys;
  private final List<Holds> holds = new ArrayList<>();
  private final int timeColumn;
  private final TimeRange range;
  private final boolean hasEnd;
  private final @Nullable Grid grid;
  private boolean isStarted;
  private boolean hasRow;

  /**
   * The groups of a range.
   *
   * @param grid null for one group
   */
  HeldGroups(
      HeldAggregateOperator held, RowCursor input, TimeRange range, @Nullable Grid grid, Run run) {
    this(held, input, range, grid, run, new RowStore(held.aggregate().keyTypes(), run.memory()));
  }

  private HeldGroups(
      HeldAggregateOperator held,
      RowCursor input,
      TimeRange range,
      @Nullable Grid grid,
      Run run,
      RowStore keys) {
    super(held.aggregate(), input, keys, run.memory());
    this.keys = keys;
    this.timeColumn = held.timeColumn();
    this.range = range;
    this.hasEnd = held.hasEnd();
    this.grid = grid;
    for (Accumulator accumulator : accumulators) {
      if (accumulator instanceof Holds hold) {
        holds.add(hold);
      }
    }
    grow(1);
  }

  @Override
  public boolean next() {
    if (!isStarted) {
      isStarted = true;
      start();
      if (hasRow || keyColumns.length == 0) {
        readGroup();
        return true;
      }
    } else if (hasRow) {
      readGroup();
      return true;
    }
    return false;
  }

  private void start() {
    hasRow = input.next();
    if (hasRow && input.getLong(timeColumn) < range.startNanos()) {
      for (Holds hold : holds) {
        hold.carry(input);
      }
      hasRow = input.next();
    }
  }

  private void readGroup() {
    long start = range.startNanos();
    long end = range.endNanos();
    keys.clear();
    if (hasRow && grid != null) {
      long bucket = grid.bucketOf(input.getLong(timeColumn));
      start = Math.max(start, bucket);
      end = Math.min(end, grid.next(bucket));
      keys.add(input, keyColumns);
    }
    key.at(0);
    begin(start);
    long last = start;
    while (hasRow) {
      long nanos = input.getLong(timeColumn);
      if (nanos >= end) {
        break;
      }
      last = nanos;
      add(RUNNING);
      hasRow = input.next();
    }
    // Nobody knows for how long the last value of all holds.
    end(hasRow || hasEnd ? end : last);
    write(RUNNING);
  }

  private void begin(long startNanos) {
    for (Accumulator accumulator : accumulators) {
      accumulator.reset(RUNNING);
    }
    for (Holds hold : holds) {
      hold.begin(startNanos);
    }
  }

  private void end(long endNanos) {
    for (Holds hold : holds) {
      hold.end(endNanos);
    }
  }

  @Override
  public void close() {
    isStarted = true;
    hasRow = false;
    keys.close();
    super.close();
  }
}
