package org.btrdb.embedded.tree;

import org.btrdb.client.batch.Point;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** Finds the point next to a time. */
public final class Nearest {
  private final NodeSource source;

  /** Searches trees whose nodes are in a store. */
  public Nearest(NodeSource source) {
    this.source = source;
  }

  /** The first point at or after a time. */
  public @Nullable Point atOrAfter(@Nullable Slot root, long timeNanos) {
    if (root == null || timeNanos > TimeRange.MAX_POINT_NANOS) {
      return null;
    }
    return forward(root, Math.max(timeNanos, TimeRange.MIN_NANOS));
  }

  /** The last point strictly before a time. */
  public @Nullable Point before(@Nullable Slot root, long timeNanos) {
    if (root == null || timeNanos <= TimeRange.MIN_NANOS) {
      return null;
    }
    return backward(root, Math.min(timeNanos, TimeRange.MAX_NANOS));
  }

  private @Nullable Point forward(Slot slot, long timeNanos) {
    Node node = slot.node(source);
    if (node instanceof Leaf leaf) {
      int i = leaf.lowerBound(timeNanos);
      return i == leaf.size() ? null : point(leaf, i);
    }
    Core core = (Core) node;
    int first = timeNanos <= core.startNanos() ? 0 : core.bucketOf(timeNanos);
    for (int i = first; i < Core.FAN_OUT; i++) {
      Slot child = core.slots()[i];
      Point found = child == null ? null : forward(child, timeNanos);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Point backward(Slot slot, long timeNanos) {
    Node node = slot.node(source);
    if (node instanceof Leaf leaf) {
      int i = leaf.lowerBound(timeNanos);
      return i == 0 ? null : point(leaf, i - 1);
    }
    Core core = (Core) node;
    long lastBucketStart = core.bucketStart(Core.FAN_OUT - 1);
    int last = timeNanos > lastBucketStart ? Core.FAN_OUT - 1 : core.bucketOf(timeNanos - 1);
    for (int i = last; i >= 0; i--) {
      Slot child = core.slots()[i];
      Point found = child == null ? null : backward(child, timeNanos);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Point point(Leaf leaf, int i) {
    return new Point(leaf.times()[i], leaf.values()[i]);
  }
}
