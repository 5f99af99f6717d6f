package org.btrdb.embedded.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of equal windows, exact at every edge: a bucket that lies inside one window gives its
 * statistics, one that is cut by an edge is descended. The cost is about windows times depth and
 * does not grow with points.
 */
public final class WindowWalk {
  private final NodeSource source;
  private final long startNanos;
  private final long endNanos;
  private final long widthNanos;
  private final Deque<Frame> path = new ArrayDeque<>();
  private final Summary.Builder window = new Summary.Builder();
  private long windowIndex;
  private @Nullable Leaf leaf;
  private int leafIndex;
  private boolean done;

  /**
   * A walk over the whole windows of a range.
   *
   * @param widthNanos at least 1
   */
  public WindowWalk(Tree tree, TimeRange range, long widthNanos) {
    this.source = tree.source();
    this.startNanos = range.startNanos();
    this.widthNanos = widthNanos;
    long length = range.isEmpty() ? 0 : range.lengthNanos();
    this.endNanos = startNanos + length / widthNanos * widthNanos;
    Node root = endNanos > startNanos ? tree.root() : null;
    done = root == null;
    if (root != null) {
      descend(root);
    }
  }

  /** A node on the way down, and the bucket to look at next. */
  private static final class Frame {
    private final Core core;
    private int bucket;

    Frame(Core core, int bucket) {
      this.core = core;
      this.bucket = bucket;
    }
  }

  /** Appends windows that hold points until there are so many; false if nothing was appended. */
  public boolean next(StatBatch batch, int atMost) {
    int before = batch.size();
    while (!done && batch.size() - before < atMost) {
      if (leaf != null) {
        walkLeaf(batch);
      } else {
        walkCore(batch);
      }
    }
    return batch.size() > before;
  }

  private void descend(Node node) {
    if (node instanceof Core core) {
      path.push(new Frame(core, core.bucketOf(startNanos)));
    } else {
      leaf = (Leaf) node;
      leafIndex = leaf.indexOf(startNanos);
    }
  }

  private void walkCore(StatBatch batch) {
    Frame frame = path.peek();
    if (frame == null) {
      emit(batch);
      done = true;
      return;
    }
    if (frame.bucket == Core.BUCKETS || frame.core.bucketStart(frame.bucket) >= endNanos) {
      path.pop();
      return;
    }
    int bucket = frame.bucket++;
    if (frame.core.isEmpty(bucket)) {
      return;
    }
    long first = frame.core.bucketStart(bucket);
    long last = frame.core.bucketLast(bucket);
    if (first >= startNanos && last < endNanos && indexOf(first) == indexOf(last)) {
      moveTo(indexOf(first), batch);
      Summary s = frame.core.summary(bucket);
      window.add(s.count(), s.min(), s.max(), s.mean(), s.squares());
    } else {
      descend(frame.core.child(bucket, source));
    }
  }

  /** Adds the leaf's points of one window. */
  private void walkLeaf(StatBatch batch) {
    Leaf current = java.util.Objects.requireNonNull(leaf);
    if (leafIndex == current.size() || current.times()[leafIndex] >= endNanos) {
      leaf = null;
      return;
    }
    long index = indexOf(current.times()[leafIndex]);
    moveTo(index, batch);
    long windowStart = startNanos + index * widthNanos;
    int end =
        windowStart > endNanos - widthNanos
            ? current.indexOf(endNanos)
            : current.indexOf(windowStart + widthNanos);
    window.addPoints(current.values(), leafIndex, end);
    leafIndex = end;
  }

  private long indexOf(long time) {
    return (time - startNanos) / widthNanos;
  }

  private void moveTo(long index, StatBatch batch) {
    if (index != windowIndex) {
      emit(batch);
      windowIndex = index;
    }
  }

  private void emit(StatBatch batch) {
    if (window.count() > 0) {
      batch.add(
          startNanos + windowIndex * widthNanos,
          window.min(),
          window.mean(),
          window.max(),
          window.count(),
          window.stddev());
      window.clear();
    }
  }
}
