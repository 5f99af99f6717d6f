package org.btrdb.embedded.tree;

/** An immutable node of the tree: the points of a span of time, or its 64 buckets. */
public sealed interface Node permits Leaf, Core {

  /** Adds what the node holds to a summary. */
  void addTo(Summary summary);

  /** About how many bytes of heap the node takes, without its children. */
  int heapBytes();
}
