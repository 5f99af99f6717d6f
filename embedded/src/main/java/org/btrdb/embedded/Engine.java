package org.btrdb.embedded;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.store.TreeStore;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.Tree;

/**
 * All streams of one place. Readers need no lock: they take a stream's latest state, or a committed
 * version, and walk immutable nodes. Writers take turns.
 */
final class Engine implements AutoCloseable {
  /** Points a stream may buffer before they are committed to its tree (reference 1.7). */
  static final int BUFFER_POINTS = 32_768;

  /** Points that all streams together may buffer, which bounds memory and the time to reopen. */
  static final long ALL_BUFFERS_POINTS = 2_000_000;

  private final TreeStore store;
  private final StreamIndex index = new StreamIndex();
  private final ReentrantLock writing = new ReentrantLock();
  private long bufferedPoints;

  private Engine(TreeStore store) {
    this.store = store;
  }

  /** Takes over a store and replays its journal. */
  static Engine over(TreeStore store) {
    Engine engine = new Engine(store);
    for (TreeStore.StoredStream stored : store.streams()) {
      engine.index.add(engine.replayed(stored));
    }
    return engine;
  }

  private StreamState replayed(TreeStore.StoredStream stored) {
    StreamState state =
        new StreamState(
            stored.descriptor(),
            new StreamState.Latest(new StreamVersion(stored.major(), 0), tree(stored.rootId())));
    for (TreeStore.Journalled entry : store.journalOf(stored.descriptor().uuid())) {
      state.journalKeys().add(entry.key());
      state.sequenceUsed(entry.sequence());
      state.publish(state.withBuffered(entry.points(), entry.policy()));
      bufferedPoints += entry.points().size();
    }
    return state;
  }

  private Tree tree(long rootId) {
    Node root = rootId == 0 ? null : store.load(rootId);
    return new Tree(root, store);
  }

  StreamIndex index() {
    return index;
  }

  StreamState stream(UUID uuid) {
    StreamState stream = index.get(uuid);
    if (stream == null) {
      throw new BtrdbException(ErrorCode.NO_SUCH_STREAM, "stream " + uuid + " does not exist");
    }
    return stream;
  }

  /** The state of a stream at a version; {@link StreamVersion#LATEST} includes the buffer. */
  StreamState.Latest at(UUID uuid, long version) {
    StreamState.Latest latest = stream(uuid).latest();
    if (version == StreamVersion.LATEST) {
      return latest;
    }
    if (version > latest.version().major() || version < 0) {
      throw new BtrdbException(
          ErrorCode.NO_SUCH_VERSION,
          "stream "
              + uuid
              + " has no version "
              + version
              + "; its newest is "
              + latest.version().major());
    }
    Long root = store.rootOf(uuid, version);
    if (root == null && version > StreamVersion.CREATED_MAJOR) {
      throw new BtrdbException(
          ErrorCode.NO_SUCH_VERSION, "stream " + uuid + " has no version " + version);
    }
    return new StreamState.Latest(new StreamVersion(version, 0), tree(root == null ? 0 : root));
  }

  void create(NewStream stream) {
    StreamRules.check(stream);
    writing.lock();
    try {
      StreamRules.checkNew(stream, index);
      StreamDescriptor descriptor =
          new StreamDescriptor(
              stream.uuid(), stream.collection(), stream.tags(), stream.annotations(), 1);
      store.putStream(descriptor, StreamVersion.CREATED_MAJOR, 0);
      store.commit();
      index.add(
          new StreamState(
              descriptor,
              new StreamState.Latest(new StreamVersion(StreamVersion.CREATED_MAJOR, 0), tree(0))));
    } finally {
      writing.unlock();
    }
  }

  StreamVersion insert(UUID uuid, PointBatch points, MergePolicy policy) {
    StreamState stream = stream(uuid);
    StreamRules.check(uuid, points);
    if (points.size() == 0) {
      return stream.latest().version();
    }
    writing.lock();
    try {
      StreamState.Latest next = stream.withBuffered(points, policy);
      if (next.version().minor() >= BUFFER_POINTS) {
        commit(stream, next.tree(), next.version().major() + 1);
      } else {
        String key = store.journal(uuid, stream.nextSequence(), policy, points);
        store.commit();
        stream.journalKeys().add(key);
        stream.publish(next);
        bufferedPoints += points.size();
        relieve();
      }
      return stream.latest().version();
    } finally {
      writing.unlock();
    }
  }

  /** Commits the fullest buffers when all together hold too much. */
  private void relieve() {
    while (bufferedPoints > ALL_BUFFERS_POINTS) {
      StreamState fullest =
          index.all().stream()
              .max(java.util.Comparator.comparingLong(s -> s.latest().version().minor()))
              .orElseThrow();
      flush(fullest);
    }
  }

  StreamVersion delete(UUID uuid, TimeRange range) {
    StreamState stream = stream(uuid);
    writing.lock();
    try {
      flush(stream);
      long major = stream.latest().version().major() + 1;
      commit(stream, stream.latest().tree().delete(range, major), major);
      return stream.latest().version();
    } finally {
      writing.unlock();
    }
  }

  StreamVersion flush(UUID uuid) {
    StreamState stream = stream(uuid);
    writing.lock();
    try {
      flush(stream);
      return stream.latest().version();
    } finally {
      writing.unlock();
    }
  }

  private void flush(StreamState stream) {
    StreamState.Latest latest = stream.latest();
    if (latest.version().minor() > 0) {
      commit(stream, latest.tree(), latest.version().major() + 1);
    }
  }

  /** Makes a tree the stream's next version, durably; its buffer is part of it. */
  private void commit(StreamState stream, Tree tree, long major) {
    long rootId = store.putTree(tree.root());
    store.putStream(stream.descriptor(), major, rootId);
    store.removeJournal(stream.journalKeys());
    store.commit();
    bufferedPoints -= stream.latest().version().minor();
    stream.journalKeys().clear();
    stream.publish(new StreamState.Latest(new StreamVersion(major, 0), tree(rootId)));
  }

  @Override
  public void close() {
    writing.lock();
    try {
      store.close();
    } finally {
      writing.unlock();
    }
  }
}
