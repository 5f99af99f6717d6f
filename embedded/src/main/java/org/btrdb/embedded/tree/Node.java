package org.btrdb.embedded.tree;

/** A node of the tree; immutable. */
public sealed interface Node permits Leaf, Core {

  /** The statistics of all its points. */
  Summary summary();

  /** About how many bytes it takes in memory. */
  int weight();
}
