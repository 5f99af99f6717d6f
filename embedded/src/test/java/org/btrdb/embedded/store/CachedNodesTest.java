package org.btrdb.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.NodeSource;
import org.junit.jupiter.api.Test;

/** Which leaves a scan keeps. */
class CachedNodesTest {
  private static final int LEAF_POINTS = 100;
  private static final int LEAVES = 1_000;
  private static final long POINTS = (long) LEAVES * LEAF_POINTS;
  private static final long LEAF_BYTES = leaf().heapBytes();

  private int storedReads;

  private static Leaf leaf() {
    return new Leaf(new long[LEAF_POINTS], new double[LEAF_POINTS]);
  }

  private CachedNodes holding(int leaves) {
    return new CachedNodes(
        id -> {
          storedReads++;
          return leaf();
        },
        leaves * LEAF_BYTES);
  }

  private int readsOf(NodeSource nodes, int from, int to) {
    int before = storedReads;
    for (int id = from; id < to; id++) {
      nodes.read(id);
    }
    return storedReads - before;
  }

  @Test
  void scanOfWhatFitsKeepsAll() {
    CachedNodes cache = holding(LEAVES);
    assertThat(readsOf(cache.scan(POINTS), 0, LEAVES)).isEqualTo(LEAVES);
    assertThat(readsOf(cache.scan(POINTS), 0, LEAVES)).isZero();
  }

  @Test
  void scanOfMoreThanFitsLeavesTheRestOfTheCacheToOthers() {
    CachedNodes cache = holding(LEAVES / 10);
    int others = LEAVES / 10 / 2;
    readsOf(cache, LEAVES, LEAVES + others); // as windows do
    readsOf(cache, LEAVES, LEAVES + others);
    assertThat(readsOf(cache.scan(POINTS), 0, LEAVES)).isEqualTo(LEAVES);
    assertThat(readsOf(cache, LEAVES, LEAVES + others)).isZero();
  }

  @Test
  void shortRangeOfLargeTreeIsKept() {
    CachedNodes cache = holding(LEAVES / 10);
    int few = LEAVES / 10 / 4;
    assertThat(readsOf(cache.scan(POINTS), 0, few)).isEqualTo(few);
    assertThat(readsOf(cache.scan(POINTS), 0, few)).isZero();
  }
}
