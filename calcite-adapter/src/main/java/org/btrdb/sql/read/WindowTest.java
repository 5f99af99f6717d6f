package org.btrdb.sql.read;

import org.btrdb.client.batch.StatBatch;

/** What a search does with a window, by its statistics. */
@FunctionalInterface
interface WindowTest {

  /** What is done. */
  enum Action {
    /** Nothing in it matters. */
    SKIP,
    /** Its statistics are all that matters. */
    TAKE,
    /** Its points are wanted. */
    READ,
    /** Windows inside it may tell more. */
    DESCEND
  }

  /**
   * Decides on the i-th window of a batch.
   *
   * @param widthNanos of the window
   */
  Action of(StatBatch windows, int i, long widthNanos);
}
