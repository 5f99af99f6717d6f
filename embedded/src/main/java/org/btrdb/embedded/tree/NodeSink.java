package org.btrdb.embedded.tree;

/** Where new nodes are stored. */
@FunctionalInterface
public interface NodeSink {

  /** Stores a node whose children are all stored, and gives it an id. */
  long write(Node node);
}
