package org.btrdb.embedded.tree;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ranges of time that differ between two versions of a tree, in order of time.
 *
 * <p>Both trees are walked side by side: a bucket whose node is the same in both did not change,
 * whatever one side alone has was added or removed. Neither tree could tell that by itself, as what
 * was removed leaves no slot. Points are not compared, so a node that was written again and holds
 * what it held (an insert was deleted again) counts as changed, if the walk goes no deeper.
 */
public final class ChangeWalk {
  private static final int MAX_DEPTH = 10;

  /** Buckets looked at in one step: ranges that join may make one of a whole tree. */
  static final int BUCKETS = 1024;

  private final CoreSource source;
  private final int resolution;
  private final @Nullable Core[] older = new Core[MAX_DEPTH];
  private final @Nullable Core[] newer = new Core[MAX_DEPTH];
  private final int[] nextBucket = new int[MAX_DEPTH];
  private int depth;
  private long pendingStart;
  private long pendingEnd;
  private boolean pending;

  private ChangeWalk(CoreSource source, int resolution) {
    this.source = source;
    this.resolution = Math.min(resolution, TreeEdit.ROOT_SPAN_BITS);
  }

  /**
   * Begins before the first change.
   *
   * @param older a committed tree, so that none of its nodes is only in memory; null if empty
   * @param newer a tree made out of the older one; null if empty
   * @param resolution ranges begin and end at multiples of 2^resolution ns, counted from the start
   *     of the domain, or at those of the changed leaf if that is wider
   */
  public static ChangeWalk between(
      CoreSource source, @Nullable Slot older, @Nullable Slot newer, int resolution) {
    ChangeWalk walk = new ChangeWalk(source, resolution);
    walk.compare(older, newer, TreeEdit.ROOT_SPAN_BITS, TimeRange.MIN_NANOS);
    return walk;
  }

  /** A walk that answers the whole domain. */
  public static ChangeWalk everything(CoreSource source) {
    ChangeWalk walk = new ChangeWalk(source, TreeEdit.ROOT_SPAN_BITS);
    walk.add(TreeEdit.ROOT_SPAN_BITS, TimeRange.MIN_NANOS);
    return walk;
  }

  /**
   * Walks on for a bounded time.
   *
   * @return the ranges found, apart from each other and from those before; may be none before the
   *     end, which is null
   */
  public @Nullable List<TimeRange> next(int limit) {
    if (depth == 0 && !pending) {
      return null;
    }
    List<TimeRange> found = new ArrayList<>();
    for (int looked = 0; looked < BUCKETS && found.size() < limit && depth > 0; looked++) {
      TimeRange closed = advance();
      if (closed != null) {
        found.add(closed);
      }
    }
    if (depth == 0 && pending) {
      pending = false;
      found.add(new TimeRange(pendingStart, pendingEnd));
    }
    return found;
  }

  /** Looks at one more bucket; a range that it ended, if any. */
  private @Nullable TimeRange advance() {
    int bucket = nextBucket[depth - 1]++;
    if (bucket == Core.FAN_OUT) {
      depth--;
      return null;
    }
    Core was = older[depth - 1];
    Core is = newer[depth - 1];
    Core shape = is == null ? was : is;
    if (shape == null) {
      throw new IllegalStateException("a node that is in neither tree");
    }
    return compare(
        was == null ? null : was.slots()[bucket],
        is == null ? null : is.slots()[bucket],
        shape.pointWidth(),
        shape.bucketStart(bucket));
  }

  private @Nullable TimeRange compare(
      @Nullable Slot was, @Nullable Slot is, int spanBits, long start) {
    if (isSame(was, is)) {
      return null;
    }
    if (spanBits <= resolution) {
      return add(spanBits, start);
    }
    Core now = is == null ? null : is.core(source);
    if (is != null && now == null) {
      return add(spanBits, start);
    }
    Core before = was == null ? null : was.core(source);
    if (was != null && before == null) {
      return add(spanBits, start);
    }
    older[depth] = before;
    newer[depth] = now;
    nextBucket[depth] = 0;
    depth++;
    return null;
  }

  /** Nodes never change and the ids of stored ones are never used again. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(@Nullable Slot was, @Nullable Slot is) {
    return was == is || (was != null && is != null && is.id() != 0 && was.id() == is.id());
  }

  /** Takes a changed bucket; the range before it, if there is a gap in between. */
  private @Nullable TimeRange add(int spanBits, long bucketStart) {
    int bits = Math.max(spanBits, resolution);
    long start = TimeRange.MIN_NANOS + ((bucketStart - TimeRange.MIN_NANOS) >>> bits << bits);
    long end = start + (1L << bits);
    if (pending && start <= pendingEnd) {
      pendingEnd = end;
      return null;
    }
    TimeRange before = pending ? new TimeRange(pendingStart, pendingEnd) : null;
    pending = true;
    pendingStart = start;
    pendingEnd = end;
    return before;
  }
}
