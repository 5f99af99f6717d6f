package org.btrdb.embedded.tree;

/** Where stored nodes are read from. */
@FunctionalInterface
public interface NodeSource {
  /** The node stored under an id; nodes never change, so it may come from a cache. */
  Node load(long id);
}
