package org.btrdb.embedded;

import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.Slot;
import org.jspecify.annotations.Nullable;

/**
 * A stream in use: the state that is durable, which readers see, and the state that writers have
 * reached.
 */
final class OpenStream {
  final UUID uuid;
  final long id;

  /** Durable. */
  private volatile StreamState published;

  private volatile boolean obliterated;

  /** Guarded by the engine's write lock, as are the journal's figures. */
  private StreamState working;

  private long journalEntries;
  private long freshBytes;
  private List<Follower> followers = List.of();

  OpenStream(UUID uuid, long id, StreamState state) {
    this.uuid = uuid;
    this.id = id;
    this.published = state;
    this.working = state;
  }

  /** The error that a stream does not exist. */
  static BtrdbException missing(UUID uuid) {
    return new BtrdbException(ErrorCode.NO_SUCH_STREAM, "stream " + uuid + " does not exist");
  }

  /** Fails if the stream was obliterated since it was found. */
  void checkExists() {
    if (obliterated) {
      throw missing(uuid);
    }
  }

  /** Notes that the stream does not exist any more; before anything of it is removed. */
  void obliterate() {
    obliterated = true;
  }

  /** Does a part of a read; says so if the stream was obliterated and its nodes are gone. */
  <T extends @Nullable Object> T reading(Supplier<T> read) {
    checkExists();
    try {
      return read.get();
    } catch (BtrdbException e) {
      checkExists();
      throw e;
    }
  }

  StreamState published() {
    return published;
  }

  void publish(StreamState state) {
    published = state;
  }

  StreamState working() {
    return working;
  }

  void advance(StreamState state) {
    working = state;
  }

  /** Stores the tree that writers have reached as the next version, and forgets the journal. */
  void commit(Store store) {
    long major = working.major() + 1;
    Slot root = working.root() == null ? null : working.root().persist(store);
    store.putVersion(id, major, root);
    store.clearJournal(id);
    working = new StreamState(major, 0, root);
  }

  /** Who is to be told of inserts; under the write lock, as what changes them. */
  List<Follower> followers() {
    if (!followers.isEmpty() && followers.stream().anyMatch(Follower::hasEnded)) {
      followers = followers.stream().filter(follower -> !follower.hasEnded()).toList();
    }
    return followers;
  }

  void follow(Follower follower) {
    if (!followers.contains(follower)) {
      followers = Stream.concat(followers().stream(), Stream.of(follower)).toList();
    }
  }

  void unfollow(Follower follower) {
    followers = followers().stream().filter(other -> !other.equals(follower)).toList();
  }

  long nextJournalSequence() {
    return journalEntries++;
  }

  void journalCleared() {
    journalEntries = 0;
    freshBytes = 0;
  }

  /** Heap taken by nodes that are only in memory. */
  long freshBytes() {
    return freshBytes;
  }

  void grew(long more) {
    freshBytes += more;
  }
}
