package org.btrdb.embedded.tree;

import java.util.Arrays;
import java.util.Comparator;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;

/** What happens when points meet others of the same time, in a batch and in the tree. */
final class MergeRule {
  private MergeRule() {}

  /**
   * A batch in order of time, with what the policy says of equal times inside it: RETAIN keeps the
   * first, REPLACE the last, EQUAL drops repetitions (reference 11).
   */
  static PointBatch sorted(PointBatch batch, MergePolicy policy) {
    PointBatch ordered = isSorted(batch) ? batch : sort(batch);
    return policy == MergePolicy.NEVER ? ordered : deduplicated(ordered, policy);
  }

  private static boolean isSorted(PointBatch batch) {
    for (int i = 1; i < batch.size(); i++) {
      if (batch.time(i) < batch.time(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private static PointBatch sort(PointBatch batch) {
    Integer[] order = new Integer[batch.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(batch::time));
    long[] times = new long[order.length];
    double[] values = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      times[i] = batch.time(order[i]);
      values[i] = batch.value(order[i]);
    }
    return PointBatch.of(times, values);
  }

  private static PointBatch deduplicated(PointBatch batch, MergePolicy policy) {
    long[] times = new long[batch.size()];
    double[] values = new double[batch.size()];
    int size = 0;
    for (int from = 0; from < batch.size(); ) {
      int to = from + 1;
      while (to < batch.size() && batch.time(to) == batch.time(from)) {
        to++;
      }
      int groupStart = size;
      for (int i = from; i < to; i++) {
        boolean keep =
            switch (policy) {
              case NEVER -> true;
              case RETAIN -> i == from;
              case REPLACE -> i == to - 1;
              case EQUAL -> !contains(values, groupStart, size, batch.value(i));
            };
        if (keep) {
          times[size] = batch.time(i);
          values[size++] = batch.value(i);
        }
      }
      from = to;
    }
    return new PointBatch(times, values, 0, size);
  }

  /** A leaf with a run of a sorted batch merged in; old points come before new ones. */
  static Leaf merge(Leaf old, PointBatch batch, int from, int to, MergePolicy policy) {
    long[] times = new long[old.size() + to - from];
    double[] values = new double[times.length];
    int size = 0;
    int i = 0;
    int j = from;
    while (i < old.size() || j < to) {
      long time =
          j == to || (i < old.size() && old.times()[i] <= batch.time(j))
              ? old.times()[i]
              : batch.time(j);
      int oldEnd = i;
      while (oldEnd < old.size() && old.times()[oldEnd] == time) {
        oldEnd++;
      }
      int newEnd = j;
      while (newEnd < to && batch.time(newEnd) == time) {
        newEnd++;
      }
      boolean both = oldEnd > i && newEnd > j;
      int oldStart = size;
      if (!both || policy != MergePolicy.REPLACE) {
        for (; i < oldEnd; i++) {
          times[size] = time;
          values[size++] = old.values()[i];
        }
      }
      int keptOld = size;
      if (!both || policy != MergePolicy.RETAIN) {
        for (; j < newEnd; j++) {
          if (policy != MergePolicy.EQUAL || !contains(values, oldStart, keptOld, batch.value(j))) {
            times[size] = time;
            values[size++] = batch.value(j);
          }
        }
      }
      i = oldEnd;
      j = newEnd;
    }
    return size == times.length
        ? new Leaf(times, values)
        : new Leaf(Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }

  @SuppressWarnings("FloatingPointEquality") // "equal" is what the policy's name means
  private static boolean contains(double[] values, int from, int to, double value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }
}
