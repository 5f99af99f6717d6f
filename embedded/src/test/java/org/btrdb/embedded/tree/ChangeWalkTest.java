package org.btrdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Changes between random trees are the spans of the lowest nodes that not both trees have, joined:
 * leaves, or nodes of the span asked for.
 */
class ChangeWalkTest {
  private final Map<Long, Node> stored = new HashMap<>();

  private long write(Node node) {
    long id = stored.size() + 1L;
    stored.put(id, node);
    return id;
  }

  private Node read(long id) {
    Node node = stored.get(id);
    if (node == null) {
      throw new IllegalArgumentException("node " + id);
    }
    return node;
  }

  private @Nullable Core core(long id) {
    return read(id) instanceof Core core ? core : null;
  }

  @RepeatedTest(20)
  void rangesAreTheLowestNodesThatDiffer() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<@Nullable Slot> versions = new ArrayList<>();
    versions.add(null);
    Slot tree = null;
    int spreadBits = 12 + random.nextInt(48);
    for (int version = 1; version <= 12; version++) {
      tree = edit(tree, version, spreadBits, random);
      Slot buffered = tree;
      for (Slot older : versions) {
        check(older, buffered, "seed " + seed + ", to unsaved version " + version);
      }
      tree = tree == null ? null : tree.persist(this::write);
      versions.add(tree);
    }
    for (int from = 0; from < versions.size(); from++) {
      for (int to = from; to < versions.size(); to++) {
        check(
            versions.get(from),
            versions.get(to),
            "seed " + seed + ", versions " + from + " to " + to);
      }
    }
  }

  private @Nullable Slot edit(@Nullable Slot tree, int version, int spreadBits, Random random) {
    TreeEdit edit = new TreeEdit(this::read, version);
    if (random.nextInt(3) == 0) {
      long a = time(spreadBits, random);
      long b = time(spreadBits, random);
      return edit.delete(
          tree,
          random.nextInt(4) == 0 ? TimeRange.ALL : new TimeRange(Math.min(a, b), Math.max(a, b)));
    }
    int size = random.nextInt(3) == 0 ? random.nextInt(20_000) : 1 + random.nextInt(5);
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      times[i] = time(spreadBits, random);
    }
    Arrays.sort(times);
    return edit.insert(tree, new Points(times, new double[size], 0, size), MergePolicy.NEVER);
  }

  private static long time(int spreadBits, Random random) {
    return 1_500_000_000_000_000_000L + (random.nextLong() >> (64 - spreadBits));
  }

  private void check(@Nullable Slot older, @Nullable Slot newer, String what) {
    for (int resolution : new int[] {0, 5, 20, 37, 50, 61, 62, 63}) {
      int bits = Math.min(resolution, 62);
      Map<Node, TimeRange> before = lowest(older, bits);
      Map<Node, TimeRange> after = lowest(newer, bits);
      Set<Node> both = new HashSet<>(before.keySet());
      both.retainAll(after.keySet());
      Map<Long, Long> expected = new TreeMap<>();
      before.forEach((leaf, span) -> addUnless(both.contains(leaf), span, bits, expected));
      after.forEach((leaf, span) -> addUnless(both.contains(leaf), span, bits, expected));
      assertThat(all(ChangeWalk.between(this::core, older, newer, resolution)))
          .as("%s, resolution %s", what, resolution)
          .isEqualTo(joined(expected));
    }
  }

  private static void addUnless(
      boolean inBoth, TimeRange span, int bits, Map<Long, Long> expected) {
    if (!inBoth) {
      long mask = -1L << bits;
      long start = ((span.startNanos() - TimeRange.MIN_NANOS) & mask) + TimeRange.MIN_NANOS;
      long last = ((span.endNanos() - 1 - TimeRange.MIN_NANOS) & mask) + TimeRange.MIN_NANOS;
      expected.merge(start, last + (1L << bits), Math::max);
    }
  }

  private static List<TimeRange> joined(Map<Long, Long> spans) {
    List<TimeRange> ranges = new ArrayList<>();
    spans.forEach(
        (start, end) -> {
          TimeRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
          if (last != null && start <= last.endNanos()) {
            ranges.set(
                ranges.size() - 1,
                new TimeRange(last.startNanos(), Math.max(end, last.endNanos())));
          } else {
            ranges.add(new TimeRange(start, end));
          }
        });
    return ranges;
  }

  /**
   * Leaves, and nodes at which a walk may stop. Records of arrays compare by the identity of these,
   * and so do nodes.
   */
  private Map<Node, TimeRange> lowest(@Nullable Slot root, int bits) {
    Map<Node, TimeRange> found = new HashMap<>();
    if (root != null) {
      addLowest(root, TimeRange.MIN_NANOS, TreeEdit.ROOT_SPAN_BITS, bits, found);
    }
    return found;
  }

  private void addLowest(
      Slot slot, long start, int spanBits, int bits, Map<Node, TimeRange> found) {
    Node node = slot.node(this::read);
    if (spanBits > bits && node instanceof Core core) {
      for (int i = 0; i < Core.FAN_OUT; i++) {
        Slot child = core.slots()[i];
        if (child != null) {
          addLowest(child, core.bucketStart(i), core.pointWidth(), bits, found);
        }
      }
    } else {
      found.put(node, new TimeRange(start, start + (1L << spanBits)));
    }
  }

  private static List<TimeRange> all(ChangeWalk walk) {
    List<TimeRange> all = new ArrayList<>();
    for (List<TimeRange> part = walk.next(3); part != null; part = walk.next(3)) {
      assertThat(part).hasSizeLessThanOrEqualTo(4);
      all.addAll(part);
    }
    return all;
  }

  /** Whoever asks can be cancelled between two steps; ranges that join would make one of all. */
  @Test
  void noStepLooksAtTheWholeTree() {
    long[] times = new long[1_000_000];
    Arrays.setAll(times, i -> i * 1_000_000_000L);
    Points points = new Points(times, new double[times.length], 0, times.length);
    Slot tree = new TreeEdit(this::read, 11).insert(null, points, MergePolicy.NEVER);
    Slot storedTree = Objects.requireNonNull(tree).persist(this::write);
    int[] read = new int[1];
    ChangeWalk walk =
        ChangeWalk.between(
            id -> {
              read[0]++;
              return core(id);
            },
            null,
            storedTree,
            0);
    List<TimeRange> ranges = new ArrayList<>();
    int steps = 0;
    int before = read[0];
    for (List<TimeRange> part = walk.next(1000); part != null; part = walk.next(1000)) {
      assertThat(read[0] - before).isLessThanOrEqualTo(ChangeWalk.BUCKETS);
      before = read[0];
      ranges.addAll(part);
      steps++;
    }
    assertThat(steps).isGreaterThan(1);
    assertThat(ranges).hasSize(1);
    assertThat(read[0]).isEqualTo(stored.size());
  }

  @Test
  void everythingIsTheDomain() {
    assertThat(all(ChangeWalk.everything(this::core)))
        .containsExactly(new TimeRange(TimeRange.MIN_NANOS, TimeRange.MAX_NANOS));
  }
}
