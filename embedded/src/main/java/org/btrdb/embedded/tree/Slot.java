package org.btrdb.embedded.tree;

import org.jspecify.annotations.Nullable;

/**
 * One occupied bucket of a core node, or the root of a tree: where its node is and what it holds.
 *
 * @param id the stored node, 0 while it is only in memory
 * @param fresh the node while it is not stored
 * @param version the major version that last changed something below
 * @param count number of points, at least 1
 * @param min smallest value
 * @param max largest value
 * @param mean arithmetic mean
 * @param m2 sum of squared deviations from the mean
 */
public record Slot(
    long id,
    @Nullable Node fresh,
    long version,
    long count,
    double min,
    double max,
    double mean,
    double m2) {

  /** The slot of a new node. */
  static Slot of(Node node, long version) {
    Summary summary = new Summary();
    node.addTo(summary);
    return new Slot(
        0,
        node,
        version,
        summary.count(),
        summary.min(),
        summary.max(),
        summary.mean(),
        summary.m2());
  }

  /** The same slot once its node is stored. */
  private Slot stored(long storedId) {
    return new Slot(storedId, null, version, count, min, max, mean, m2);
  }

  /** The node behind this slot. */
  Node node(NodeSource source) {
    return fresh != null ? fresh : source.read(id);
  }

  /** The inner node behind this slot, null if it is a leaf. */
  @Nullable Core core(CoreSource source) {
    return fresh == null ? source.core(id) : fresh instanceof Core core ? core : null;
  }

  /** Stores every node below that is only in memory, children first; this slot if there is none. */
  public Slot persist(NodeSink sink) {
    if (fresh == null) {
      return this;
    }
    Node node = fresh instanceof Core core ? core.persistChildren(sink) : fresh;
    return stored(sink.write(node));
  }
}
