package org.btrdb.client.multi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The points of several streams side by side: a row for each time that any of them has, in
 * ascending order, NaN where a stream has no point (no server stores NaN). Where streams have
 * several points at one time, the n-th of each make the n-th row together.
 *
 * <p>A k-way merge of raw reads, which are under way together, rather than ArrowMultiValues: that
 * call leaves out all but one of several points at a time and does not say which (reference 3.3).
 * Memory is that of the read-ahead of each stream and of one batch of rows.
 */
public final class MergedPoints implements Cursor<WideBatch> {
  /** Each stream is a call of its own, open from the first row to the last. */
  public static final int MAX_STREAMS = 4096;

  private static final int MAX_ROWS = 4096;

  /** Values of a batch, however many streams share them; 8 MB. */
  private static final int VALUES = 1 << 20;

  private final List<DataCursor<PointBatch>> cursors;
  private final PointBatch[] batches;
  private final int[] indexes;

  /** Streams that have a point left, by the time of their next one. */
  private final InputHeap waiting;

  private final int[] atTime;
  private final long[] times;
  private final double[][] values;
  private int rows;
  private boolean begun;
  private @Nullable RuntimeException failure;

  private MergedPoints(List<DataCursor<PointBatch>> cursors) {
    int streams = cursors.size();
    this.cursors = cursors;
    this.batches = new PointBatch[streams];
    Arrays.fill(batches, PointBatch.EMPTY);
    this.indexes = new int[streams];
    this.waiting = new InputHeap(streams);
    this.atTime = new int[streams];
    int capacity = Math.min(MAX_ROWS, Math.max(1, VALUES / Math.max(1, streams)));
    this.times = new long[capacity];
    this.values = new double[streams][capacity];
  }

  /**
   * Begins to read streams at their newest versions.
   *
   * @param streams one for each column; a stream may occur twice
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} for more than {@link #MAX_STREAMS}
   */
  public static MergedPoints open(
      Btrdb btrdb, List<UUID> streams, TimeRange range, CallScope scope) {
    return open(btrdb, streams, TimeGrid.of(range, 0), scope);
  }

  /**
   * Begins to read streams at their newest versions, their points moved to a grid: of several of a
   * stream that come to lie on one time the last one stays.
   *
   * @param streams one for each column; a stream may occur twice
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} for more than {@link #MAX_STREAMS}
   */
  public static MergedPoints open(Btrdb btrdb, List<UUID> streams, TimeGrid grid, CallScope scope) {
    if (streams.size() > MAX_STREAMS) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          streams.size() + " streams side by side; at most " + MAX_STREAMS + " are read at once");
    }
    List<DataCursor<PointBatch>> cursors = new ArrayList<>(streams.size());
    try {
      for (UUID stream : streams) {
        DataCursor<PointBatch> raw = btrdb.raw(stream, grid.toRead(), StreamVersion.LATEST, scope);
        cursors.add(grid.periodNanos() == 0 ? raw : new SnappedPoints(raw, grid));
      }
    } catch (RuntimeException e) {
      cursors.forEach(DataCursor::close);
      throw e;
    }
    return new MergedPoints(cursors);
  }

  /** The version that each stream was read at; known after the first {@link #next()}. */
  public List<StreamVersion> versions() {
    return cursors.stream().map(DataCursor::version).toList();
  }

  @Override
  public boolean next() {
    rows = 0;
    if (failure != null) {
      throw failure;
    }
    try {
      return advance();
    } catch (RuntimeException e) {
      // The streams that wait no more would be missing in what follows.
      failure = e;
      rows = 0;
      throw e;
    }
  }

  private boolean advance() {
    if (!begun) {
      begun = true;
      for (int stream = 0; stream < batches.length; stream++) {
        push(stream);
      }
    }
    while (rows < times.length && !waiting.isEmpty()) {
      addRow();
    }
    return rows > 0;
  }

  private void addRow() {
    for (double[] column : values) {
      column[rows] = Double.NaN;
    }
    long time = waiting.firstKey();
    times[rows] = time;
    int streams = 0;
    while (!waiting.isEmpty() && waiting.firstKey() == time) {
      int stream = waiting.pop();
      values[stream][rows] = batches[stream].value(indexes[stream]++);
      atTime[streams++] = stream;
    }
    rows++;
    for (int i = 0; i < streams; i++) {
      push(atTime[i]);
    }
  }

  /** Puts a stream among those that wait, if it has another point. */
  private void push(int stream) {
    while (indexes[stream] == batches[stream].size()) {
      if (!cursors.get(stream).next()) {
        cursors.get(stream).close();
        batches[stream] = PointBatch.EMPTY;
        indexes[stream] = 0;
        return;
      }
      batches[stream] = cursors.get(stream).current();
      indexes[stream] = 0;
    }
    waiting.push(stream, batches[stream].time(indexes[stream]));
  }

  @Override
  public WideBatch current() {
    if (rows == 0) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return new WideBatch(times, values, rows);
  }

  @Override
  public void close() {
    rows = 0;
    waiting.clear();
    begun = true;
    cursors.forEach(DataCursor::close);
  }
}
