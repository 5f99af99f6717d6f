package org.btrdb.embedded.tree;

import org.jspecify.annotations.Nullable;

/** Where the inner nodes of a tree are read from, for those who want no points. */
@FunctionalInterface
public interface CoreSource {

  /** The node stored under an id, null if it is a leaf. */
  @Nullable Core core(long id);
}
