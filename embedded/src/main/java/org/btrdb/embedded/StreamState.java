package org.btrdb.embedded;

import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A state of one stream that readers may keep for as long as they like.
 *
 * @param major the committed version
 * @param minor points in the buffer
 * @param root the tree with the buffered points in it; null if there are no points
 */
record StreamState(long major, long minor, @Nullable Slot root) {

  StreamVersion version() {
    return new StreamVersion(major, minor);
  }

  long pointCount() {
    return root == null ? 0 : root.count();
  }
}
