package org.btrdb.sql.wide;

import java.util.List;
import java.util.UUID;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.multi.MergedPoints;
import org.btrdb.client.multi.TimeGrid;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Points of streams side by side, range after range: an index into the current batch and nothing
 * else.
 */
final class WideRows implements RowCursor {
  /** What stands in for the time among numbers of columns of a batch. */
  private static final int TIME = -1;

  /** What stands for a stream that the statement does not use. */
  private static final int UNUSED = -2;

  private final List<UUID> streams;
  private final List<TimeGrid> ranges;
  private final Execution execution;
  private final int[] columns;
  private int range;
  private @Nullable MergedPoints points;
  private @Nullable List<StreamVersion> versions;
  private @Nullable WideBatch batch;
  private int row = -1;

  /**
   * Rows of some streams.
   *
   * @param used the numbers of those that make rows
   * @param shown where each column comes from: 0 for the time, else a stream's number and 1
   */
  WideRows(
      List<StreamTable> all,
      List<Integer> used,
      List<Integer> shown,
      List<TimeGrid> ranges,
      Execution execution) {
    this.streams = used.stream().map(i -> all.get(i).stream().uuid()).toList();
    this.ranges = ranges;
    this.execution = execution;
    this.columns = new int[shown.size()];
    for (int i = 0; i < columns.length; i++) {
      int column = shown.get(i);
      int at = used.indexOf(column - 1);
      columns[i] = column == 0 ? TIME : at < 0 ? UNUSED : at;
    }
    this.points = ranges.isEmpty() ? null : open();
  }

  private MergedPoints open() {
    return MergedPoints.open(execution.btrdb(), streams, ranges.get(range), execution.scope());
  }

  @Override
  public boolean next() {
    if (batch != null && ++row < batch.size()) {
      return true;
    }
    batch = null;
    row = 0;
    while (points != null) {
      boolean moved = points.next();
      checkVersions(points);
      if (moved) {
        batch = points.current();
        return true;
      }
      points.close();
      range++;
      points = range < ranges.size() ? open() : null;
    }
    return false;
  }

  /** Several ranges of a stream must be of one version. */
  private void checkVersions(MergedPoints read) {
    if (ranges.size() > 1) {
      List<StreamVersion> now = read.versions();
      if (versions != null && !versions.equals(now)) {
        throw new BtrdbException(
            ErrorCode.CONCURRENT_CHANGE,
            "a stream of " + streams + " changed while the statement read it; run it again");
      }
      versions = now;
    }
  }

  private WideBatch current() {
    if (batch == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return batch;
  }

  @Override
  public boolean isNull(int column) {
    int at = columns[column];
    return at == UNUSED || (at != TIME && Double.isNaN(current().values()[at][row]));
  }

  @Override
  public long getLong(int column) {
    return current().times()[row];
  }

  @Override
  public double getDouble(int column) {
    return isNull(column) ? 0 : current().values()[columns[column]][row];
  }

  @Override
  public @Nullable Object getObject(int column) {
    if (isNull(column)) {
      return null;
    }
    return columns[column] == TIME ? (Object) getLong(column) : (Object) getDouble(column);
  }

  @Override
  public void close() {
    batch = null;
    if (points != null) {
      points.close();
      points = null;
    }
  }
}
