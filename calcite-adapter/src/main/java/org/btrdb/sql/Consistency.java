package org.btrdb.sql;

/** Which state of each stream a statement reads; a stream's own version, if it names one, wins. */
public enum Consistency {
  /**
   * The newest one, buffered points included. Calls that must see one state of a stream are
   * compared and made again, or fail (40001), where it changes between them.
   */
  LATEST,
  /**
   * The last committed version, asked for once for each stream: however many calls a statement
   * makes, they see one state. Buffered points are not in it.
   */
  PINNED,
  /**
   * The same after the buffered points were committed: one state with all points. It is a write,
   * once for each stream that the statement reads.
   */
  FLUSH
}
