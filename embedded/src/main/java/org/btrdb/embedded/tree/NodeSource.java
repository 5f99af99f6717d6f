package org.btrdb.embedded.tree;

/** Where stored nodes are read from. */
@FunctionalInterface
public interface NodeSource {

  /** The node stored under an id, which never changes. */
  Node read(long id);
}
