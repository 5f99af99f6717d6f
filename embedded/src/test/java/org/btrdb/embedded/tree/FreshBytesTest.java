package org.btrdb.embedded.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What an edit says of the heap it takes is what measuring the whole tree finds. */
class FreshBytesTest {
  private static final List<MergePolicy> POLICIES = List.of(MergePolicy.values());

  private final Map<Long, Node> stored = new HashMap<>();

  private long write(Node node) {
    long id = stored.size() + 1L;
    stored.put(id, node);
    return id;
  }

  private Node read(long id) {
    return Objects.requireNonNull(stored.get(id));
  }

  @RepeatedTest(20)
  void editsKnowWhatTheyTake() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int spreadBits = 4 + random.nextInt(56);
    Slot tree = null;
    long known = 0;
    for (int step = 0; step < 60; step++) {
      if (random.nextInt(12) == 0 && tree != null) {
        tree = tree.persist(this::write);
        known = 0;
      }
      MergePolicy policy = POLICIES.get(random.nextInt(POLICIES.size()));
      TreeEdit edit = new TreeEdit(this::read, 11);
      tree = edit.insert(tree, points(random, spreadBits), policy);
      known += edit.freshBytes();
      assertThat(known).as("seed %d step %d", seed, step).isEqualTo(measured(tree));
    }
  }

  private static long measured(@Nullable Slot slot) {
    if (slot == null || slot.fresh() == null) {
      return 0;
    }
    long bytes = slot.fresh().heapBytes();
    if (slot.fresh() instanceof Core core) {
      for (Slot child : core.slots()) {
        bytes += measured(child);
      }
    }
    return bytes;
  }

  private static Points points(Random random, int spreadBits) {
    int size = random.nextInt(4) == 0 ? random.nextInt(5_000) : random.nextInt(30);
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      times[i] = 1_500_000_000_000_000_000L + (random.nextLong() >> (64 - spreadBits));
    }
    Arrays.sort(times);
    return new Points(times, new double[size], 0, size);
  }

  @Test
  void whatTakesTooMuchIsRefused() {
    long[] times = new long[1000];
    Arrays.setAll(times, i -> i * 1_000_000_000_000L);
    Points apart = new Points(times, new double[times.length], 0, times.length);
    Slot tree = new TreeEdit(this::read, 11).insert(null, apart, MergePolicy.NEVER);
    long needed = measured(tree);
    assertThat(new TreeEdit(this::read, 11, needed + 10_000).insert(null, apart, MergePolicy.NEVER))
        .isNotNull();
    assertThatThrownBy(
            () -> new TreeEdit(this::read, 11, needed / 2).insert(null, apart, MergePolicy.NEVER))
        .isInstanceOf(BtrdbException.class)
        .hasMessageContaining("insert fewer at once")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.TOO_LARGE);
  }
}
