package org.btrdb.client.grpc.v4;

import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The points among which buffered ones lie, when they are too many to be held: the buffered ones
 * are separated and sorted, then the tree's are read again and merged with them.
 *
 * <p>The answer is an interleaving of the tree's points, in order, and the buffered ones. A read of
 * the tree alone, side by side, tells which is which: a point equal to the tree's next one is it
 * (or is equal to it, which is the same to a reader). If the tree's points are a subsequence, this
 * finds all of them, and what remains are as many points as are buffered. A tree that has changed
 * shows by remaining points on either side.
 */
final class InterleavedPoints implements AutoCloseable {
  private static final int BATCH = 5000;

  private final LatestPoints.Source source;
  private final StreamVersion version;
  private final TimeRange range;
  private final PointRun buffered = new PointRun();
  private final PointRun merged = new PointRun();
  private PointBatch beyond = PointBatch.EMPTY;
  private int nextBuffered;
  private @Nullable StoredPoints stored;

  /**
   * Points of a version.
   *
   * @param range holds all buffered points
   */
  InterleavedPoints(LatestPoints.Source source, StreamVersion version, TimeRange range) {
    this.source = source;
    this.version = version;
    this.range = range;
  }

  /** Walks over the tree's points one by one. */
  private static final class StoredPoints implements AutoCloseable {
    private final DataCursor<PointBatch> cursor;
    private PointBatch batch = PointBatch.EMPTY;
    private int at;

    StoredPoints(DataCursor<PointBatch> cursor) {
      this.cursor = cursor;
    }

    boolean hasNext() {
      while (at == batch.size()) {
        if (!cursor.next()) {
          batch = PointBatch.EMPTY;
          at = 0;
          return false;
        }
        batch = cursor.current();
        at = 0;
      }
      return true;
    }

    boolean nextIs(long time, double value) {
      return hasNext()
          && batch.time(at) == time
          && Double.doubleToRawLongBits(batch.value(at)) == Double.doubleToRawLongBits(value);
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /** Reads an answer until beyond the range, after the points of it that are held. */
  void separate(PointRun held, DataCursor<PointBatch> answer) {
    try (StoredPoints tree = new StoredPoints(source.stored(version.major(), range))) {
      PointBatch points = held.batch();
      int count = take(points, tree);
      while (count == points.size() && answer.next()) {
        points = answer.current();
        count = take(points, tree);
      }
      beyond = points.slice(count, points.size() - count);
      if (tree.hasNext()) {
        throw changed();
      }
    }
    buffered.sort();
    stored = new StoredPoints(source.stored(version.major(), range));
  }

  private int take(PointBatch points, StoredPoints tree) {
    int i = 0;
    for (; i < points.size() && points.time(i) < range.endNanos(); i++) {
      if (tree.nextIs(points.time(i), points.value(i))) {
        tree.at++;
      } else {
        buffered.add(points.time(i), points.value(i));
        if (buffered.size() > version.minor()) {
          throw changed();
        }
      }
    }
    return i;
  }

  private RuntimeException changed() {
    return source.changed(
        "version " + version.major() + " holds other points than the server answered with");
  }

  /** What was read of the answer and lies beyond the range; valid until the answer moves. */
  PointBatch beyond() {
    return beyond;
  }

  /** The next points in order, null after the last. */
  @Nullable PointBatch next() {
    StoredPoints tree = stored;
    if (tree == null) {
      return null;
    }
    merged.clear();
    while (merged.size() < BATCH) {
      boolean isTree = tree.hasNext();
      boolean isBuffered = nextBuffered < buffered.size();
      if (isTree && (!isBuffered || tree.batch.time(tree.at) <= buffered.time(nextBuffered))) {
        merged.add(tree.batch.time(tree.at), tree.batch.value(tree.at));
        tree.at++;
      } else if (isBuffered) {
        merged.add(buffered.time(nextBuffered), buffered.value(nextBuffered));
        nextBuffered++;
      } else {
        break;
      }
    }
    return merged.size() == 0 ? null : merged.batch();
  }

  @Override
  public void close() {
    if (stored != null) {
      stored.close();
    }
  }
}
