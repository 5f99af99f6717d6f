package org.btrdb.embedded.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inner node: 64 buckets of 2^pointWidth ns each, with the statistics of each and the version
 * that last changed it. A child is stored, known by its id, or only in memory until the next
 * commit.
 */
public final class Core implements Node {
  /** Buckets in a node. */
  public static final int BUCKETS = 64;

  /** Bits of a time that one level decides. */
  public static final int BITS = 6;

  private final long startNanos;
  private final int pointWidth;
  private final long[] ids;
  private final @Nullable Node[] children;
  private final Summary[] summaries;
  private final long[] versions;

  Core(
      long startNanos,
      int pointWidth,
      long[] ids,
      @Nullable Node[] children,
      Summary[] summaries,
      long[] versions) {
    this.startNanos = startNanos;
    this.pointWidth = pointWidth;
    this.ids = ids;
    this.children = children;
    this.summaries = summaries;
    this.versions = versions;
  }

  /** A node whose children are all stored. */
  public static Core stored(
      long startNanos, int pointWidth, long[] ids, Summary[] summaries, long[] versions) {
    return new Core(startNanos, pointWidth, ids, new Node[BUCKETS], summaries, versions);
  }

  static Core empty(long startNanos, int pointWidth) {
    Summary[] summaries = new Summary[BUCKETS];
    java.util.Arrays.fill(summaries, Summary.EMPTY);
    return new Core(
        startNanos, pointWidth, new long[BUCKETS], new Node[BUCKETS], summaries, new long[BUCKETS]);
  }

  /** The first nanosecond it covers. */
  public long startNanos() {
    return startNanos;
  }

  /** The binary logarithm of the width of a bucket in nanoseconds. */
  public int pointWidth() {
    return pointWidth;
  }

  /** The id of a stored child; 0 if the bucket is empty or its child only in memory. */
  public long id(int bucket) {
    return ids[bucket];
  }

  /** A child that is only in memory. */
  public @Nullable Node unstored(int bucket) {
    return children[bucket];
  }

  /** The statistics of a bucket. */
  public Summary summary(int bucket) {
    return summaries[bucket];
  }

  /** The major version that last changed a bucket. */
  public long version(int bucket) {
    return versions[bucket];
  }

  boolean isEmpty(int bucket) {
    return summaries[bucket].count() == 0;
  }

  /** The child of a bucket that is not empty. */
  Node child(int bucket, NodeSource source) {
    Node child = children[bucket];
    return child != null ? child : source.load(ids[bucket]);
  }

  long bucketStart(int bucket) {
    return startNanos + ((long) bucket << pointWidth);
  }

  /** The last nanosecond of a bucket; its end may not fit a long at the top. */
  long bucketLast(int bucket) {
    return bucketStart(bucket) + ((1L << pointWidth) - 1);
  }

  /** The bucket of a time; of the nearest bucket for times outside. */
  int bucketOf(long time) {
    if (time <= startNanos) {
      return 0;
    }
    long bucket = (time - startNanos) >>> pointWidth;
    return (int) Math.min(bucket, BUCKETS - 1);
  }

  /** A copy with another child in one bucket; null empties it. */
  Core with(int bucket, @Nullable Node child, long version) {
    long[] newIds = ids.clone();
    @Nullable Node[] newChildren = children.clone();
    Summary[] newSummaries = summaries.clone();
    long[] newVersions = versions.clone();
    newIds[bucket] = 0;
    newChildren[bucket] = child;
    newSummaries[bucket] = child == null ? Summary.EMPTY : child.summary();
    newVersions[bucket] = version;
    return new Core(startNanos, pointWidth, newIds, newChildren, newSummaries, newVersions);
  }

  /** Sets a bucket of a node that nobody has seen yet. */
  void fill(int bucket, Node child, long version) {
    ids[bucket] = 0;
    children[bucket] = child;
    summaries[bucket] = child.summary();
    versions[bucket] = version;
  }

  Core copy() {
    return new Core(
        startNanos, pointWidth, ids.clone(), children.clone(), summaries.clone(), versions.clone());
  }

  @Override
  public Summary summary() {
    Summary.Builder builder = new Summary.Builder();
    for (Summary s : summaries) {
      builder.add(s.count(), s.min(), s.max(), s.mean(), s.squares());
    }
    return builder.build();
  }

  @Override
  public int weight() {
    int used = 0;
    for (Summary s : summaries) {
      used += s.count() > 0 ? 1 : 0;
    }
    return 1600 + used * 56;
  }

  /** A copy whose children are all stored, under these ids. */
  public Core withIds(long[] storedIds) {
    return stored(startNanos, pointWidth, Objects.requireNonNull(storedIds), summaries, versions);
  }
}
