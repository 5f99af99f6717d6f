package org.btrdb.embedded;

import java.util.UUID;

/**
 * A stream in use: the state that is durable, which readers see, and the state that writers have
 * reached.
 */
final class OpenStream {
  final UUID uuid;
  final long id;

  /** Durable. */
  private volatile StreamState published;

  /** Guarded by the engine's write lock, as are the journal's figures. */
  private StreamState working;

  private long journalEntries;
  private long freshBytes;

  OpenStream(UUID uuid, long id, StreamState state) {
    this.uuid = uuid;
    this.id = id;
    this.published = state;
    this.working = state;
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

  long nextJournalSequence() {
    return journalEntries++;
  }

  void journalCleared() {
    journalEntries = 0;
    freshBytes = 0;
  }

  /** Heap taken by nodes that are only in memory, when last measured. */
  long freshBytes() {
    return freshBytes;
  }

  void measured(long bytes) {
    freshBytes = bytes;
  }
}
