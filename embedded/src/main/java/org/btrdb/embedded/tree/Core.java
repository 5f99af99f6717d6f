package org.btrdb.embedded.tree;

import org.jspecify.annotations.Nullable;

/**
 * An inner node: 64 equal buckets of time, each empty or with a child and its statistics.
 *
 * @param pointWidth binary logarithm of a bucket's nanoseconds: 56, 50, ... 2
 * @param startNanos where the first bucket begins
 * @param slots 64 of them, null where a bucket is empty
 */
@SuppressWarnings("ArrayRecordComponent") // private to the tree and its codec
public record Core(int pointWidth, long startNanos, @Nullable Slot[] slots) implements Node {

  /** Buckets of a core node. */
  public static final int FAN_OUT = 64;

  /** Binary logarithm of {@link #FAN_OUT}. */
  static final int FAN_OUT_BITS = 6;

  /** The bucket that holds a time inside this node. */
  int bucketOf(long timeNanos) {
    return (int) ((timeNanos - startNanos) >>> pointWidth);
  }

  /** Where a bucket begins. */
  long bucketStart(int bucket) {
    return startNanos + ((long) bucket << pointWidth);
  }

  Core persistChildren(NodeSink sink) {
    @Nullable Slot[] stored = new Slot[FAN_OUT];
    for (int i = 0; i < FAN_OUT; i++) {
      Slot slot = slots[i];
      stored[i] = slot == null ? null : slot.persist(sink);
    }
    return new Core(pointWidth, startNanos, stored);
  }

  @Override
  public void addTo(Summary summary) {
    for (Slot slot : slots) {
      if (slot != null) {
        summary.add(slot);
      }
    }
  }

  @Override
  public int heapBytes() {
    int bytes = 320;
    for (Slot slot : slots) {
      bytes += slot == null ? 0 : 80;
    }
    return bytes;
  }
}
