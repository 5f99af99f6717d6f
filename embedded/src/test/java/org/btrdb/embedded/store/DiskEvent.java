package org.btrdb.embedded.store;

/** One thing that happened to a {@link RecordingDisk}. */
public sealed interface DiskEvent {

  /** Bytes written at a position. */
  @SuppressWarnings("ArrayRecordComponent")
  record Write(int position, byte[] bytes) implements DiskEvent {}

  /** Cut off at a length. */
  record Truncate(int length) implements DiskEvent {}

  /** Everything before is durable. */
  record Sync() implements DiskEvent {}

  /** Something that the user of the disk noted. */
  record Note(Object what) implements DiskEvent {}
}
