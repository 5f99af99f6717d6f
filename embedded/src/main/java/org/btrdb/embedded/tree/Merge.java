package org.btrdb.embedded.tree;

import java.util.HashSet;
import java.util.Set;
import org.btrdb.client.model.MergePolicy;

/**
 * Merges new points into stored ones under a merge policy, both in order of time.
 *
 * <p>Points of one time form a group: the stored ones first, then the new ones in the order of the
 * request, each of which the policy admits or not.
 */
final class Merge {
  /** Above this a group's values are looked up by hash, so that no group costs its square. */
  private static final int SMALL_GROUP = 32;

  private final MergePolicy policy;
  private final long[] times;
  private final double[] values;
  private final Set<Long> groupBits = new HashSet<>();
  private int size;
  private int groupStart;
  private int hashed;
  private boolean changed;

  private Merge(MergePolicy policy, int capacity) {
    this.policy = policy;
    this.times = new long[capacity];
    this.values = new double[capacity];
  }

  /** The merged points; exactly {@code stored}'s own arrays if no new point changed anything. */
  static Points merge(Leaf stored, Points added, MergePolicy policy) {
    if (policy == MergePolicy.NEVER && stored.size() == 0) {
      return added;
    }
    Merge merge = new Merge(policy, stored.size() + added.size());
    merge.run(stored, added);
    return merge.changed
        ? new Points(merge.times, merge.values, 0, merge.size)
        : new Points(stored.times(), stored.values(), 0, stored.size());
  }

  private void run(Leaf stored, Points added) {
    long[] oldTimes = stored.times();
    int old = 0;
    for (int i = added.from(); i < added.to(); ) {
      long time = added.times()[i];
      int upTo = Points.lowerBound(oldTimes, old, stored.size(), time);
      copy(stored, old, upTo);
      old = upTo;
      beginGroup();
      while (old < stored.size() && oldTimes[old] == time) {
        append(time, stored.values()[old++]);
      }
      for (; i < added.to() && added.times()[i] == time; i++) {
        admit(time, added.values()[i]);
      }
    }
    copy(stored, old, stored.size());
  }

  private void beginGroup() {
    groupStart = size;
    hashed = size;
    groupBits.clear();
  }

  private void admit(long time, double value) {
    boolean first = size == groupStart;
    boolean admitted =
        first
            || switch (policy) {
              case NEVER, REPLACE -> true;
              case EQUAL -> !groupHolds(value);
              case RETAIN -> false;
            };
    if (!admitted) {
      return;
    }
    changed = true;
    if (policy == MergePolicy.REPLACE) {
      size = groupStart;
    }
    append(time, value);
  }

  /** Values are equal if their bits are: no zero loses its sign. */
  private boolean groupHolds(double value) {
    long bits = Double.doubleToRawLongBits(value);
    if (size - groupStart > SMALL_GROUP) {
      for (; hashed < size; hashed++) {
        groupBits.add(Double.doubleToRawLongBits(values[hashed]));
      }
      return groupBits.contains(bits);
    }
    for (int i = groupStart; i < size; i++) {
      if (Double.doubleToRawLongBits(values[i]) == bits) {
        return true;
      }
    }
    return false;
  }

  private void append(long time, double value) {
    times[size] = time;
    values[size++] = value;
  }

  private void copy(Leaf leaf, int from, int to) {
    System.arraycopy(leaf.times(), from, times, size, to - from);
    System.arraycopy(leaf.values(), from, values, size, to - from);
    size += to - from;
  }
}
