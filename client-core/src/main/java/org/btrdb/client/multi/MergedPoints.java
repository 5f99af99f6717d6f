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

  private static final int ROWS = 4096;

  private final List<DataCursor<PointBatch>> cursors;
  private final PointBatch[] batches;
  private final int[] indexes;
  private final long[] heads;

  /** Streams that have a point left, as a binary heap by the time of their next one. */
  private final int[] heap;

  private final int[] atTime;
  private final long[] times = new long[ROWS];
  private final double[][] values;
  private int heapSize;
  private int rows;
  private boolean begun;

  private MergedPoints(List<DataCursor<PointBatch>> cursors) {
    int streams = cursors.size();
    this.cursors = cursors;
    this.batches = new PointBatch[streams];
    Arrays.fill(batches, PointBatch.EMPTY);
    this.indexes = new int[streams];
    this.heads = new long[streams];
    this.heap = new int[streams];
    this.atTime = new int[streams];
    this.values = new double[streams][ROWS];
  }

  /**
   * Begins to read streams at their newest versions.
   *
   * @param streams one for each column; a stream may occur twice
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} for more than {@link #MAX_STREAMS}
   */
  public static MergedPoints open(
      Btrdb btrdb, List<UUID> streams, TimeRange range, CallScope scope) {
    if (streams.size() > MAX_STREAMS) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          streams.size() + " streams side by side; at most " + MAX_STREAMS + " are read at once");
    }
    List<DataCursor<PointBatch>> cursors = new ArrayList<>(streams.size());
    try {
      for (UUID stream : streams) {
        cursors.add(btrdb.raw(stream, range, StreamVersion.LATEST, scope));
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
    if (!begun) {
      begun = true;
      for (int stream = 0; stream < batches.length; stream++) {
        push(stream);
      }
    }
    rows = 0;
    while (rows < ROWS && heapSize > 0) {
      addRow();
    }
    return rows > 0;
  }

  private void addRow() {
    for (double[] column : values) {
      column[rows] = Double.NaN;
    }
    long time = heads[heap[0]];
    times[rows] = time;
    int streams = 0;
    while (heapSize > 0 && heads[heap[0]] == time) {
      int stream = pop();
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
    long head = batches[stream].time(indexes[stream]);
    heads[stream] = head;
    int at = heapSize++;
    while (at > 0 && heads[heap[(at - 1) / 2]] > head) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = stream;
  }

  private int pop() {
    int first = heap[0];
    int last = heap[--heapSize];
    int at = 0;
    while (2 * at + 1 < heapSize) {
      int child = 2 * at + 1;
      if (child + 1 < heapSize && heads[heap[child + 1]] < heads[heap[child]]) {
        child++;
      }
      if (heads[last] <= heads[heap[child]]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
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
    heapSize = 0;
    begun = true;
    cursors.forEach(DataCursor::close);
  }
}
