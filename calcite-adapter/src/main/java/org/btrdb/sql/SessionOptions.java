package org.btrdb.sql;

import java.time.Duration;
import org.btrdb.client.model.MergePolicy;

/**
 * Settings of a session.
 *
 * @param mergePolicy what INSERT does with a point whose time exists already
 * @param maxHeldBytes memory, by estimate, for the rows that one statement must hold at once (to
 *     sort, group or join them); beyond it the statement is refused
 * @param executor what runs plans that are more than a read request
 * @param nameLifetime for how long a table that was looked up is believed to be that table
 * @param maxPlans plans kept for statements that come again; 0 for none
 */
public record SessionOptions(
    MergePolicy mergePolicy,
    long maxHeldBytes,
    Executor executor,
    Duration nameLifetime,
    int maxPlans) {

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

  /** What one change of a stream's name may take to be noticed. */
  public static final Duration DEFAULT_NAME_LIFETIME = Duration.ofSeconds(30);

  /** A program has some dozens of statements. */
  public static final int DEFAULT_MAX_PLANS = 256;

  /** The servers' defaults. */
  public static final SessionOptions DEFAULT = new SessionOptions(MergePolicy.NEVER);

  /** All else as by default. */
  public SessionOptions(MergePolicy mergePolicy) {
    this(mergePolicy, DEFAULT_MAX_HELD_BYTES, Executor.BEST);
  }

  /** All else as by default. */
  public SessionOptions(MergePolicy mergePolicy, long maxHeldBytes, Executor executor) {
    this(mergePolicy, maxHeldBytes, executor, DEFAULT_NAME_LIFETIME, DEFAULT_MAX_PLANS);
  }

  /** These options with so many plans kept. */
  public SessionOptions withMaxPlans(int plans) {
    return new SessionOptions(mergePolicy, maxHeldBytes, executor, nameLifetime, plans);
  }
}
