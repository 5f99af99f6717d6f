package org.btrdb.embedded.tree;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether trees are what they must be: every node can be read, lies where its parent says,
 * and its parent has its statistics. Nodes that versions share are looked at once.
 */
public final class TreeCheck {
  /** Means and deviations may be computed in another order by another program. */
  private static final double RELATIVE_ERROR = 1e-9;

  /**
   * What the last digits of a mean may do to a deviation, as a part of the largest value: stores of
   * old hold deviations from means that were a little off.
   */
  private static final double DEVIATION_ERROR = 1e-12;

  private static final int BITS_PER_SET = 20;

  private final NodeSource source;
  private final Consumer<String> faults;
  private final Map<Long, BitSet> seen = new HashMap<>();
  private long nodes;

  /**
   * Begins a check of many trees.
   *
   * @param source where nodes are read, better without a cache
   * @param faults takes what is wrong, one thing a line
   */
  public TreeCheck(NodeSource source, Consumer<String> faults) {
    this.source = source;
    this.faults = faults;
  }

  /** Nodes reached so far. */
  public long nodes() {
    return nodes;
  }

  /** Looks at the tree of a version; null is the empty tree. */
  public void version(String what, long major, @Nullable Slot root) {
    if (root != null) {
      if (root.version() > major) {
        faults.accept(what + ": its root was changed by version " + root.version());
      }
      slot(what, root, TreeEdit.ROOT_SPAN_BITS, TimeRange.MIN_NANOS);
    }
  }

  private void slot(String what, Slot slot, int spanBits, long start) {
    BitSet set = seen.computeIfAbsent(slot.id() >>> BITS_PER_SET, high -> new BitSet());
    int bit = (int) (slot.id() & ((1 << BITS_PER_SET) - 1));
    if (set.get(bit)) {
      return;
    }
    set.set(bit);
    nodes++;
    String here = what + ", node " + slot.id();
    Node node;
    try {
      node = source.read(slot.id());
    } catch (BtrdbException e) {
      faults.accept(here + ": " + e.getMessage());
      return;
    }
    statistics(here, slot, node);
    if (node instanceof Leaf leaf) {
      leaf(here, leaf, spanBits, start);
    } else {
      core(what, here, slot, (Core) node, spanBits, start);
    }
  }

  private void statistics(String here, Slot slot, Node node) {
    Slot is = Slot.of(node, slot.version());
    double largest = Math.max(Math.abs(is.min()), Math.abs(is.max()));
    if (is.count() != slot.count()
        || bits(is.min()) != bits(slot.min())
        || bits(is.max()) != bits(slot.max())
        || !isNear(is.mean(), slot.mean(), largest)
        || !(isNear(is.m2(), slot.m2(), is.m2()) || isSameDeviation(is, slot, largest))) {
      faults.accept(here + ": its parent says " + numbers(slot) + ", but it holds " + numbers(is));
    }
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static boolean isNear(double a, double b, double scale) {
    return bits(a) == bits(b) || Math.abs(a - b) <= RELATIVE_ERROR * Math.abs(scale);
  }

  private static boolean isSameDeviation(Slot a, Slot b, double largest) {
    double apart = Math.sqrt(a.m2() / a.count()) - Math.sqrt(b.m2() / b.count());
    return Math.abs(apart) <= DEVIATION_ERROR * largest;
  }

  private static String numbers(Slot slot) {
    return ("count " + slot.count() + ", min " + slot.min() + ", mean " + slot.mean())
        + (", max " + slot.max() + ", m2 " + slot.m2());
  }

  private void leaf(String here, Leaf leaf, int spanBits, long start) {
    long previous = start;
    for (long time : leaf.times()) {
      if (time < previous || time - start >= 1L << spanBits) {
        faults.accept(
            here
                + ": time "
                + time
                + " is out of order or outside 2^"
                + spanBits
                + " ns from "
                + start);
        return;
      }
      previous = time;
    }
    if (leaf.size() == 0) {
      faults.accept(here + ": a leaf without points");
    }
  }

  private void core(String what, String here, Slot slot, Core core, int spanBits, long start) {
    if (core.pointWidth() != spanBits - Core.FAN_OUT_BITS || core.startNanos() != start) {
      faults.accept(
          (here + ": buckets of 2^" + core.pointWidth() + " ns from " + core.startNanos())
              + (" where they should have 2^" + (spanBits - Core.FAN_OUT_BITS))
              + (" from " + start));
      return;
    }
    for (int i = 0; i < Core.FAN_OUT; i++) {
      Slot child = core.slots()[i];
      if (child != null) {
        if (child.version() > slot.version()) {
          faults.accept(
              here
                  + ": bucket "
                  + i
                  + " was changed by version "
                  + child.version()
                  + ", the node itself by "
                  + slot.version());
        }
        slot(what, child, core.pointWidth(), core.bucketStart(i));
      }
    }
  }
}
