package org.btrdb.embedded.tree;

import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/** Reads the points of a range leaf by leaf, as views of the leaves' own arrays. */
public final class PointWalk {
  private final SlotWalk walk;
  private final long startNanos;
  private final long endNanos;

  /** Begins before the first point of a range, which must lie inside the domain. */
  public PointWalk(NodeSource source, @Nullable Slot root, TimeRange range) {
    this.startNanos = range.startNanos();
    this.endNanos = range.endNanos();
    this.walk = new SlotWalk(source, root, startNanos, endNanos);
  }

  /** The next points, at least one; null at the end. */
  public @Nullable PointBatch next() {
    while (walk.advance()) {
      Leaf leaf = walk.open();
      if (leaf != null) {
        int from = walk.slotStart() >= startNanos ? 0 : leaf.lowerBound(startNanos);
        int to = walk.slotEnd() <= endNanos ? leaf.size() : leaf.lowerBound(endNanos);
        if (from < to) {
          return new PointBatch(leaf.times(), leaf.values(), from, to - from);
        }
      }
    }
    return null;
  }
}
