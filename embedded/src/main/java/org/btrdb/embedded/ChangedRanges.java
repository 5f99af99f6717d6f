package org.btrdb.embedded;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.ChangeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The two states that a question for changes compares (reference 2.13).
 *
 * @param from a committed state; null is that before the stream was created
 * @param to the newer one, with the buffer if the newest was asked for
 */
record ChangedRanges(Engine engine, @Nullable StreamState from, StreamState to) {

  /**
   * Looks the states up.
   *
   * @param fromMajor below 10, the version of a new stream, is before everything
   */
  static ChangedRanges of(Engine engine, OpenStream stream, long fromMajor, long toMajor) {
    if (toMajor != StreamVersion.LATEST && fromMajor > toMajor) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "changes of stream "
              + stream.uuid
              + " are told from an older version to a newer one, not from "
              + fromMajor
              + " to "
              + toMajor);
    }
    StreamState to = engine.state(stream, toMajor);
    boolean everything = fromMajor >= 0 && fromMajor < StreamVersion.CREATED_MAJOR;
    return new ChangedRanges(engine, everything ? null : engine.state(stream, fromMajor), to);
  }

  /** A new stream, and one that holds nothing, changed everywhere since before everything. */
  ChangeWalk walk(int resolution) {
    if (from == null && to.root() == null) {
      return ChangeWalk.everything(engine.store());
    }
    return ChangeWalk.between(
        engine.store(), from == null ? null : from.root(), to.root(), resolution);
  }
}
