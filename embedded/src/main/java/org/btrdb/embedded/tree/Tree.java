package org.btrdb.embedded.tree;

import java.util.Arrays;
import java.util.Optional;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * One version of a stream: a root, and where its stored nodes are read from. Changes answer a new
 * tree and leave this one as it is.
 *
 * @param root null if the stream has no points
 * @param source reads stored nodes
 */
public record Tree(@Nullable Node root, NodeSource source) {
  /** Points a leaf holds before it is divided, unless it covers too few nanoseconds to divide. */
  public static final int LEAF_POINTS = 1024;

  /** The pointwidth of the root. */
  public static final int ROOT_POINT_WIDTH = 56;

  private static final int LOWEST_POINT_WIDTH = 2;

  /** This tree with points added; they may come in any order. */
  public Tree insert(PointBatch points, MergePolicy policy, long version) {
    PointBatch sorted = MergeRule.sorted(points, policy);
    if (sorted.size() == 0) {
      return this;
    }
    Inserter inserter = new Inserter(sorted, policy, version);
    Node newRoot = inserter.into(root, TimeRange.MIN_NANOS, ROOT_POINT_WIDTH, 0, sorted.size());
    return new Tree(newRoot, source);
  }

  /** This tree without the points of a range. */
  public Tree delete(TimeRange range, long version) {
    return root == null || range.isEmpty() ? this : new Tree(without(root, range, version), source);
  }

  /** The first point at or after a time, or the last one before it. */
  public Optional<Point> nearest(long timeNanos, boolean backward) {
    return root == null
        ? Optional.empty()
        : Optional.ofNullable(backward ? last(root, timeNanos) : first(root, timeNanos));
  }

  /** The points of a range. */
  public PointWalk points(TimeRange range) {
    return new PointWalk(this, range);
  }

  /** Number of points. */
  public long count() {
    return root == null ? 0 : root.summary().count();
  }

  private @Nullable Node without(Node node, TimeRange range, long version) {
    if (node instanceof Leaf leaf) {
      return without(leaf, range);
    }
    Core core = (Core) node;
    Core changed = core;
    for (int b = core.bucketOf(range.startNanos());
        b < Core.BUCKETS && core.bucketStart(b) < range.endNanos();
        b++) {
      if (core.isEmpty(b)) {
        continue;
      }
      boolean whole =
          core.bucketStart(b) >= range.startNanos() && core.bucketLast(b) < range.endNanos();
      Node child = whole ? null : core.child(b, source);
      Node rest = child == null ? null : without(child, range, version);
      if (child == null || rest != child) {
        changed = changed.with(b, rest, version);
      }
    }
    return changed.summary().count() == 0 ? null : changed;
  }

  private static @Nullable Leaf without(Leaf leaf, TimeRange range) {
    int from = leaf.indexOf(range.startNanos());
    int to = leaf.indexOf(range.endNanos());
    if (from == to) {
      return leaf;
    }
    int size = leaf.size() - (to - from);
    if (size == 0) {
      return null;
    }
    long[] times = Arrays.copyOf(leaf.times(), size);
    double[] values = Arrays.copyOf(leaf.values(), size);
    System.arraycopy(leaf.times(), to, times, from, leaf.size() - to);
    System.arraycopy(leaf.values(), to, values, from, leaf.size() - to);
    return new Leaf(times, values);
  }

  private @Nullable Point first(Node node, long time) {
    if (node instanceof Leaf leaf) {
      int i = leaf.indexOf(time);
      return i == leaf.size() ? null : new Point(leaf.times()[i], leaf.values()[i]);
    }
    Core core = (Core) node;
    for (int b = core.bucketOf(time); b < Core.BUCKETS; b++) {
      Point point = core.isEmpty(b) ? null : first(core.child(b, source), time);
      if (point != null) {
        return point;
      }
    }
    return null;
  }

  private @Nullable Point last(Node node, long time) {
    if (node instanceof Leaf leaf) {
      int i = leaf.indexOf(time) - 1;
      return i < 0 ? null : new Point(leaf.times()[i], leaf.values()[i]);
    }
    Core core = (Core) node;
    for (int b = core.bucketOf(time); b >= 0; b--) {
      Point point = core.isEmpty(b) ? null : last(core.child(b, source), time);
      if (point != null) {
        return point;
      }
    }
    return null;
  }

  /** One insert: the sorted batch, what to do with equal times, and the version it makes. */
  private final class Inserter {
    private final PointBatch batch;
    private final MergePolicy policy;
    private final long version;

    Inserter(PointBatch batch, MergePolicy policy, long version) {
      this.batch = batch;
      this.policy = policy;
      this.version = version;
    }

    Node into(@Nullable Node node, long start, int pointWidth, int from, int to) {
      if (node instanceof Core core) {
        return intoCore(core, from, to);
      }
      Leaf merged =
          node instanceof Leaf leaf
              ? MergeRule.merge(leaf, batch, from, to, policy)
              : copy(from, to);
      return divided(merged, start, pointWidth, 0, merged.size());
    }

    private Leaf copy(int from, int to) {
      int first = batch.offset() + from;
      int end = batch.offset() + to;
      return new Leaf(
          Arrays.copyOfRange(batch.times(), first, end),
          Arrays.copyOfRange(batch.values(), first, end));
    }

    private Core intoCore(Core core, int from, int to) {
      Core changed = core.copy();
      for (int i = from; i < to; ) {
        int bucket = core.bucketOf(batch.time(i));
        int end = runEnd(i, to, core.bucketLast(bucket));
        Node child = core.isEmpty(bucket) ? null : core.child(bucket, source);
        Node merged = into(child, core.bucketStart(bucket), core.pointWidth() - Core.BITS, i, end);
        changed.fill(bucket, merged, version);
        i = end;
      }
      return changed;
    }

    private int runEnd(int from, int to, long lastTime) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (batch.time(middle) <= lastTime) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** Points as a leaf if they fit one, else as a node of 64 buckets. */
    private Node divided(Leaf points, long start, int pointWidth, int from, int to) {
      if (to - from <= LEAF_POINTS || pointWidth < LOWEST_POINT_WIDTH) {
        return from == 0 && to == points.size()
            ? points
            : new Leaf(
                Arrays.copyOfRange(points.times(), from, to),
                Arrays.copyOfRange(points.values(), from, to));
      }
      Core core = Core.empty(start, pointWidth);
      for (int i = from; i < to; ) {
        int bucket = core.bucketOf(points.times()[i]);
        long lastTime = core.bucketLast(bucket);
        int end = lastTime == Long.MAX_VALUE ? to : Math.min(to, points.indexOf(lastTime + 1));
        Node child = divided(points, core.bucketStart(bucket), pointWidth - Core.BITS, i, end);
        core.fill(bucket, child, version);
        i = end;
      }
      return core;
    }
  }
}
