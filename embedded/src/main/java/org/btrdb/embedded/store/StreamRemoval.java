package org.btrdb.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.btrdb.embedded.tree.Core;
import org.btrdb.embedded.tree.Slot;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes the versions of one stream and their nodes, in steps between which others may write.
 *
 * <p>Versions share nodes, but a node was written with the version that its slot names, and hangs
 * in that version's tree. So each version takes only its own nodes along, children first: what is
 * left after a crash between two steps can still be walked, and a child that is missing was removed
 * before.
 */
public final class StreamRemoval {
  private final long streamId;
  private final MVMap<byte[], byte[]> versions;
  private final MVMap<Long, byte[]> nodes;
  private final LongConsumer removeNode;
  private final Deque<OpenCore> path = new ArrayDeque<>();
  private byte @Nullable [] version;
  private long major;

  StreamRemoval(
      long streamId,
      MVMap<byte[], byte[]> versions,
      MVMap<Long, byte[]> nodes,
      LongConsumer removeNode) {
    this.streamId = streamId;
    this.versions = versions;
    this.nodes = nodes;
    this.removeNode = removeNode;
  }

  /** Removes about so many nodes; false once nothing is left. */
  public boolean step(int limit) {
    for (int done = 0; done < limit; done++) {
      OpenCore open = path.peek();
      if (open != null) {
        advance(open);
      } else if (!nextVersion()) {
        return false;
      }
    }
    return true;
  }

  private void advance(OpenCore open) {
    while (open.nextBucket < Core.FAN_OUT) {
      Slot slot = open.core.slots()[open.nextBucket++];
      if (slot != null && enter(slot)) {
        return;
      }
    }
    path.pop();
    removeNode.accept(open.id);
  }

  /** Removes a leaf or opens a core node; false if there is nothing to do. */
  private boolean enter(Slot slot) {
    byte[] bytes = slot.version() == major ? nodes.get(slot.id()) : null;
    if (bytes == null) {
      return false;
    }
    if (NodeCodec.isLeaf(bytes)) {
      removeNode.accept(slot.id());
    } else {
      path.push(new OpenCore(slot.id(), (Core) NodeCodec.decode(bytes)));
    }
    return true;
  }

  private boolean nextVersion() {
    if (version != null) {
      versions.remove(version);
    }
    version = versions.ceilingKey(Keys.of(streamId, 0));
    if (version == null || Keys.first(version) != streamId) {
      version = null;
      return false;
    }
    major = Keys.second(version);
    Slot root = NodeCodec.decodeRoot(Objects.requireNonNull(versions.get(version)));
    if (root != null) {
      enter(root);
    }
    return true;
  }

  private static final class OpenCore {
    private final long id;
    private final Core core;
    private int nextBucket;

    private OpenCore(long id, Core core) {
      this.id = id;
      this.core = core;
    }
  }
}
