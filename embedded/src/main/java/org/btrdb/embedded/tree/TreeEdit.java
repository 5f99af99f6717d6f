package org.btrdb.embedded.tree;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Makes new trees out of old ones by copying the paths that change; a null root is the empty tree.
 */
@SuppressWarnings("ReferenceEquality") // nodes are shared: the same node means nothing changed
public final class TreeEdit {
  /** Binary logarithm of the root's nanoseconds; it begins at {@link TimeRange#MIN_NANOS}. */
  static final int ROOT_SPAN_BITS = 62;

  /** Binary logarithm of the smallest span; its bucket is a leaf however many points it holds. */
  private static final int SMALLEST_SPAN_BITS = 2;

  private final NodeSource source;
  private final long version;
  private final long maxFreshBytes;
  private long freshBytes;

  /**
   * Edits towards a version, whatever it takes.
   *
   * @param source where stored nodes are read
   * @param version the major version that the changed buckets will carry
   */
  public TreeEdit(NodeSource source, long version) {
    this(source, version, Long.MAX_VALUE);
  }

  /**
   * Edits towards a version in some heap.
   *
   * @param source where stored nodes are read
   * @param version the major version that the changed buckets will carry
   * @param maxFreshBytes heap that nodes which are not stored may take more than before; an insert
   *     of points that lie too far apart for it is refused
   */
  public TreeEdit(NodeSource source, long version, long maxFreshBytes) {
    this.source = source;
    this.version = version;
    this.maxFreshBytes = maxFreshBytes;
  }

  /**
   * By how much what was inserted changed the heap that the tree's nodes take which are only in
   * memory.
   */
  public long freshBytes() {
    return freshBytes;
  }

  private Node made(Node node) {
    freshBytes += node.heapBytes();
    if (freshBytes > maxFreshBytes) {
      throw new BtrdbException(
          ErrorCode.TOO_LARGE,
          "the points lie in so many places of the stream that storing them at once would take more"
              + " than "
              + (maxFreshBytes >> 20)
              + " MiB of memory; insert fewer at once");
    }
    return node;
  }

  /** The slot of a node made in the place of another. */
  private Slot replaced(Slot old, Node node) {
    if (old.fresh() != null) {
      freshBytes -= old.fresh().heapBytes();
    }
    return Slot.of(node, version);
  }

  /** The tree with more points; the same root if the policy admits none of them. */
  public @Nullable Slot insert(@Nullable Slot root, Points points, MergePolicy policy) {
    if (points.size() == 0) {
      return root;
    }
    return insert(root, ROOT_SPAN_BITS, TimeRange.MIN_NANOS, points, policy);
  }

  /** The tree without the points of a range; the same root if there are none. */
  public @Nullable Slot delete(@Nullable Slot root, TimeRange range) {
    return root == null || range.isEmpty()
        ? root
        : delete(root, ROOT_SPAN_BITS, TimeRange.MIN_NANOS, range);
  }

  private Slot insert(
      @Nullable Slot slot, int spanBits, long start, Points points, MergePolicy policy) {
    if (slot == null) {
      Points admitted = Merge.merge(Leaf.EMPTY, points, policy);
      return Slot.of(build(spanBits, start, admitted), version);
    }
    Node node = slot.node(source);
    if (node instanceof Core core) {
      Core changed = insert(core, points, policy);
      return changed == core ? slot : replaced(slot, made(changed));
    }
    Leaf leaf = (Leaf) node;
    Points merged = Merge.merge(leaf, points, policy);
    return merged.times() == leaf.times() ? slot : replaced(slot, build(spanBits, start, merged));
  }

  private Core insert(Core core, Points points, MergePolicy policy) {
    @Nullable Slot[] slots = core.slots().clone();
    boolean changed = false;
    for (int from = points.from(); from < points.to(); ) {
      int bucket = core.bucketOf(points.times()[from]);
      int to = endOfBucket(core.pointWidth(), core.bucketStart(bucket), points, from);
      Slot old = slots[bucket];
      Slot made =
          insert(old, core.pointWidth(), core.bucketStart(bucket), points.slice(from, to), policy);
      changed |= made != old;
      slots[bucket] = made;
      from = to;
    }
    return changed ? new Core(core.pointWidth(), core.startNanos(), slots) : core;
  }

  private Node build(int spanBits, long start, Points points) {
    boolean isRoot = spanBits == ROOT_SPAN_BITS;
    if (!isRoot && (points.size() <= Leaf.CAPACITY || spanBits <= SMALLEST_SPAN_BITS)) {
      return made(points.toLeaf());
    }
    int pointWidth = spanBits - Core.FAN_OUT_BITS;
    @Nullable Slot[] slots = new Slot[Core.FAN_OUT];
    for (int from = points.from(); from < points.to(); ) {
      int bucket = (int) ((points.times()[from] - start) >>> pointWidth);
      long bucketStart = start + ((long) bucket << pointWidth);
      int to = endOfBucket(pointWidth, bucketStart, points, from);
      slots[bucket] = Slot.of(build(pointWidth, bucketStart, points.slice(from, to)), version);
      from = to;
    }
    return made(new Core(pointWidth, start, slots));
  }

  private static int endOfBucket(int pointWidth, long bucketStart, Points points, int from) {
    long bucketEnd = bucketStart + (1L << pointWidth);
    return Points.lowerBound(points.times(), from, points.to(), bucketEnd);
  }

  private @Nullable Slot delete(Slot slot, int spanBits, long start, TimeRange range) {
    long end = start + (1L << spanBits);
    if (range.startNanos() <= start && range.endNanos() >= Math.min(end, TimeRange.MAX_NANOS - 1)) {
      return null;
    }
    Node node = slot.node(source);
    if (node instanceof Core core) {
      Node changed = delete(core, range);
      return changed == core ? slot : changed == null ? null : Slot.of(changed, version);
    }
    Leaf leaf = (Leaf) node;
    int from = leaf.lowerBound(range.startNanos());
    int to = leaf.lowerBound(range.endNanos());
    if (from == to) {
      return slot;
    }
    int kept = leaf.size() - (to - from);
    return kept == 0 ? null : Slot.of(without(leaf, from, to, kept), version);
  }

  private @Nullable Core delete(Core core, TimeRange range) {
    @Nullable Slot[] slots = core.slots().clone();
    boolean changed = false;
    boolean occupied = false;
    for (int i = 0; i < Core.FAN_OUT; i++) {
      Slot slot = slots[i];
      if (slot == null) {
        continue;
      }
      long bucketStart = core.bucketStart(i);
      if (bucketStart < range.endNanos()
          && bucketStart + (1L << core.pointWidth()) > range.startNanos()) {
        slots[i] = delete(slot, core.pointWidth(), bucketStart, range);
        changed |= slots[i] != slot;
      }
      occupied |= slots[i] != null;
    }
    if (!occupied) {
      return null;
    }
    return changed ? new Core(core.pointWidth(), core.startNanos(), slots) : core;
  }

  private static Leaf without(Leaf leaf, int from, int to, int kept) {
    long[] times = new long[kept];
    double[] values = new double[kept];
    System.arraycopy(leaf.times(), 0, times, 0, from);
    System.arraycopy(leaf.values(), 0, values, 0, from);
    System.arraycopy(leaf.times(), to, times, from, kept - from);
    System.arraycopy(leaf.values(), to, values, from, kept - from);
    return new Leaf(times, values);
  }
}
