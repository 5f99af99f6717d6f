package org.btrdb.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.btrdb.embedded.store.JournalEntry;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.Points;
import org.btrdb.embedded.tree.TreeEdit;

/**
 * Brings the buffer of a stream back from its journal.
 *
 * <p>Where the buffer outgrows its share of the heap, what it holds becomes a version, and the same
 * commit leaves the rest as the journal: after a power cut the next opening goes on from there. So
 * a directory can be opened with less heap than it was written with.
 */
final class JournalReplay {
  /** Points between two looks at the heap: 8 MiB if each makes a leaf of its own. */
  private static final int POINTS_AT_ONCE = 512;

  private final Store store;
  private final DurableCommits commits;
  private final BufferBudget buffers;
  private final OpenStream stream;

  JournalReplay(Store store, DurableCommits commits, BufferBudget buffers, OpenStream stream) {
    this.store = store;
    this.commits = commits;
    this.buffers = buffers;
    this.stream = stream;
  }

  void run() {
    Deque<JournalEntry> rest = new ArrayDeque<>(store.journal(stream.id));
    rest.forEach(entry -> stream.nextJournalSequence());
    while (!rest.isEmpty()) {
      insert(firstPart(rest));
      if (buffers.isTooLarge(stream)) {
        commit(rest);
      }
    }
    stream.publish(stream.working());
  }

  /** Parts merged one after the other make what the whole would have made. */
  private static JournalEntry firstPart(Deque<JournalEntry> rest) {
    JournalEntry entry = rest.removeFirst();
    Points points = entry.points();
    if (points.size() <= POINTS_AT_ONCE) {
      return entry;
    }
    int end = points.from() + POINTS_AT_ONCE;
    rest.addFirst(new JournalEntry(points.slice(end, points.to()), entry.policy()));
    return new JournalEntry(points.slice(points.from(), end), entry.policy());
  }

  private void insert(JournalEntry entry) {
    StreamState state = stream.working();
    TreeEdit edit = new TreeEdit(store, state.major() + 1);
    stream.advance(
        new StreamState(
            state.major(),
            state.minor() + entry.points().size(),
            edit.insert(state.root(), entry.points(), entry.policy())));
    buffers.grew(stream, edit.freshBytes());
  }

  private void commit(Deque<JournalEntry> rest) {
    ReentrantLock lock = commits.writeLock();
    long number;
    lock.lock();
    try {
      commits.mutate(
          () -> {
            stream.commit(store);
            buffers.flushed(stream);
            rest.forEach(
                entry -> store.appendJournal(stream.id, stream.nextJournalSequence(), entry));
          });
      number = commits.changed(stream);
    } finally {
      lock.unlock();
    }
    commits.await(number);
  }
}
