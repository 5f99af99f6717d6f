package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.Tree;

/**
 * One stream of an engine: its newest committed version, and on top of it the points of its write
 * buffer, as a tree that is partly in memory only. Readers take {@link #latest()} and keep it;
 * changes are made under the engine's lock.
 */
final class StreamState {
  private final StreamDescriptor descriptor;
  private volatile Latest latest;
  private final List<String> journalKeys = new ArrayList<>();
  private long nextSequence;

  /**
   * The newest state of a stream.
   *
   * @param version major and number of buffered points
   * @param tree all points, buffered ones included
   */
  record Latest(StreamVersion version, Tree tree) {}

  StreamState(StreamDescriptor descriptor, Latest latest) {
    this.descriptor = descriptor;
    this.latest = latest;
  }

  StreamDescriptor descriptor() {
    return descriptor;
  }

  Latest latest() {
    return latest;
  }

  /** Keys of the journal entries that the buffered points come from. */
  List<String> journalKeys() {
    return journalKeys;
  }

  long nextSequence() {
    return nextSequence++;
  }

  /** Later journal entries must come after those found at opening. */
  void sequenceUsed(long sequence) {
    nextSequence = Math.max(nextSequence, sequence + 1);
  }

  /** What the state will be once a batch is buffered. */
  Latest withBuffered(PointBatch points, MergePolicy policy) {
    StreamVersion version = latest.version();
    Tree tree = latest.tree().insert(points, policy, version.major() + 1);
    return new Latest(new StreamVersion(version.major(), version.minor() + points.size()), tree);
  }

  /** Publishes a state to readers. */
  void publish(Latest next) {
    latest = next;
  }
}
