package org.btrdb.sql;

import org.btrdb.client.model.MergePolicy;

/**
 * Settings of a session.
 *
 * @param mergePolicy what INSERT does with a point whose time exists already
 * @param maxHeldBytes memory, by estimate, for the rows that one statement must hold at once (to
 *     sort, group or join them); beyond it the statement is refused
 * @param executor what runs plans that are more than a read request
 * @param fullScan whether a statement over a table of many streams may read every stream there is,
 *     or all their points, without saying so by a LIMIT
 */
public record SessionOptions(
    MergePolicy mergePolicy, long maxHeldBytes, Executor executor, boolean fullScan) {

  /** What runs a plan. */
  public enum Executor {
    /** Our operators where they cover a plan, else Calcite's Enumerable. */
    BEST,
    /** Our operators; a plan that they do not cover is refused. For tests. */
    OPERATORS,
    /** Calcite's Enumerable, always: the oracle of tests. It holds rows without a bound. */
    ENUMERABLE
  }

  /** A quarter of the largest heap. */
  public static final long DEFAULT_MAX_HELD_BYTES = Runtime.getRuntime().maxMemory() / 4;

  /** The servers' defaults. */
  public static final SessionOptions DEFAULT = new SessionOptions(MergePolicy.NEVER);

  /** All else as by default. */
  public SessionOptions(MergePolicy mergePolicy) {
    this(mergePolicy, DEFAULT_MAX_HELD_BYTES, Executor.BEST);
  }

  /** Without full scans. */
  public SessionOptions(MergePolicy mergePolicy, long maxHeldBytes, Executor executor) {
    this(mergePolicy, maxHeldBytes, executor, false);
  }
}
