package org.btrdb.embedded.tree;

import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Walks the occupied buckets that touch a range, in order of time, from the root down as far as its
 * user wants: at each bucket the user takes it whole or {@link #open}s it.
 */
final class SlotWalk {
  private static final int MAX_DEPTH = 10;

  private final NodeSource source;
  private final long startNanos;
  private final long endNanos;
  private final Core[] path = new Core[MAX_DEPTH];
  private final int[] nextBucket = new int[MAX_DEPTH];
  private int depth;
  private @Nullable Slot root;
  private @Nullable Slot slot;
  private long slotStart;
  private long slotEnd;

  SlotWalk(NodeSource source, @Nullable Slot root, long startNanos, long endNanos) {
    this.source = source;
    this.root = root;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** Moves to the next bucket; false at the end of the range or the tree. */
  boolean advance() {
    if (root != null) {
      slot = root;
      root = null;
      slotStart = TimeRange.MIN_NANOS;
      slotEnd = TimeRange.MAX_NANOS;
      return startNanos < endNanos;
    }
    while (depth > 0) {
      Core core = path[depth - 1];
      int bucket = nextBucket[depth - 1]++;
      if (bucket == Core.FAN_OUT) {
        depth--;
        continue;
      }
      Slot candidate = core.slots()[bucket];
      if (candidate == null) {
        continue;
      }
      slotStart = core.bucketStart(bucket);
      if (slotStart >= endNanos) {
        depth = 0;
        return false;
      }
      slot = candidate;
      slotEnd = slotStart + (1L << core.pointWidth());
      return true;
    }
    return false;
  }

  /** The bucket moved to. */
  Slot slot() {
    if (slot == null) {
      throw new IllegalStateException("advance() first");
    }
    return slot;
  }

  /** Where the bucket begins. */
  long slotStart() {
    return slotStart;
  }

  /** Where the points that the bucket can hold end. */
  long slotEnd() {
    return Math.min(slotEnd, TimeRange.MAX_POINT_NANOS + 1);
  }

  /** Opens the bucket: its leaf, or null if it is a core node, whose buckets come next. */
  @Nullable Leaf open() {
    Node node = slot().node(source);
    if (node instanceof Leaf leaf) {
      return leaf;
    }
    Core core = (Core) node;
    path[depth] = core;
    nextBucket[depth] = startNanos <= core.startNanos() ? 0 : core.bucketOf(startNanos);
    depth++;
    return null;
  }
}
