package org.btrdb.embedded.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** The points of a range in order, a leaf's run at a time and without copying. */
public final class PointWalk {
  private final NodeSource source;
  private final TimeRange range;
  private final Deque<Frame> path = new ArrayDeque<>();
  private @Nullable Node pending;

  PointWalk(Tree tree, TimeRange range) {
    this.source = tree.source();
    this.range = range;
    this.pending = range.isEmpty() ? null : tree.root();
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

  /** The next run of points, not empty; null at the end. */
  public @Nullable PointBatch next() {
    while (true) {
      Node node = pending != null ? pending : nextChild();
      pending = null;
      if (node == null) {
        return null;
      }
      if (node instanceof Core core) {
        path.push(new Frame(core, core.bucketOf(range.startNanos())));
        continue;
      }
      Leaf leaf = (Leaf) node;
      int from = leaf.indexOf(range.startNanos());
      int to = leaf.indexOf(range.endNanos());
      if (from < to) {
        return new PointBatch(leaf.times(), leaf.values(), from, to - from);
      }
    }
  }

  private @Nullable Node nextChild() {
    while (!path.isEmpty()) {
      Frame frame = path.element();
      while (frame.bucket < Core.BUCKETS
          && frame.core.bucketStart(frame.bucket) < range.endNanos()) {
        int bucket = frame.bucket++;
        if (!frame.core.isEmpty(bucket)) {
          return frame.core.child(bucket, source);
        }
      }
      path.pop();
    }
    return null;
  }
}
