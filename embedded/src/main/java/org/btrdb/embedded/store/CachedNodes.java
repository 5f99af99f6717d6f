package org.btrdb.embedded.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.NodeSource;
import org.jspecify.annotations.Nullable;

/** Stored nodes, of which those used lately are kept in memory. */
final class CachedNodes implements NodeSource {
  /** The part of the cache that one scan of more than fits may fill. */
  private static final int SCAN_SHARE = 4;

  private final NodeSource stored;
  private final long maxBytes;
  private final Cache<Long, Node> cache;

  /**
   * Nothing is kept at first.
   *
   * @param stored decodes a node each time
   * @param maxBytes heap that the kept nodes may take, about
   */
  CachedNodes(NodeSource stored, long maxBytes) {
    this.stored = stored;
    this.maxBytes = maxBytes;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Long id, Node node) -> node.heapBytes())
            .executor(Runnable::run) // no hidden threads
            .build();
  }

  @Override
  public Node read(long id) {
    Node cached = cache.getIfPresent(id);
    if (cached != null) {
      return cached;
    }
    Node node = stored.read(id);
    cache.put(id, node);
    return node;
  }

  /** A node that is kept, or null. */
  @Nullable Node ifKept(long id) {
    return cache.getIfPresent(id);
  }

  /** Keeps a node that was just stored or read. */
  void put(long id, Node node) {
    cache.put(id, node);
  }

  /** Forgets a node that is not stored any more. */
  void remove(long id) {
    cache.invalidate(id);
  }

  /**
   * Nodes for one walk over leaves in order of time, by one thread at a time. Where the tree has
   * more points than fit, the walk keeps its first leaves only: each further one would drive out
   * another that it does not come back to, and the inner nodes that windows live on.
   *
   * @param points in the whole tree
   */
  NodeSource scan(long points) {
    long leafBytes = points * (Long.BYTES + Double.BYTES);
    return leafBytes <= maxBytes ? this : new Scan(maxBytes / SCAN_SHARE);
  }

  private final class Scan implements NodeSource {
    private long restBytes;

    Scan(long keptBytes) {
      this.restBytes = keptBytes;
    }

    @Override
    public Node read(long id) {
      Node cached = cache.getIfPresent(id);
      if (cached != null) {
        return cached;
      }
      Node node = stored.read(id);
      if (!(node instanceof Leaf leaf)) {
        cache.put(id, node);
      } else if (restBytes > 0) {
        restBytes -= leaf.heapBytes();
        cache.put(id, node);
      }
      return node;
    }
  }
}
