package org.btrdb.sql;

import java.time.Duration;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.catalog.SchemaNames;

/**
 * Settings of a session.
 *
 * @param mergePolicy what INSERT does with a point whose time exists already
 * @param maxHeldBytes memory, by estimate, for the rows that one statement must hold at once (to
 *     sort, group or join them); beyond it the statement is refused
 * @param executor what runs plans that are more than a read request
 * @param fullScan whether a statement over a table of many streams may read every stream there is,
 *     or all their points, without saying so by a LIMIT
 * @param nameLifetime for how long a table that was looked up is remembered; zero for not at all
 * @param schemaNames the names of the schemas that are no collections
 */
public record SessionOptions(
    MergePolicy mergePolicy,
    long maxHeldBytes,
    Executor executor,
    boolean fullScan,
    Duration nameLifetime,
    SchemaNames schemaNames) {

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

  /** The servers' defaults. */
  public static final SessionOptions DEFAULT = new SessionOptions(MergePolicy.NEVER);

  /** All else as by default. */
  public SessionOptions(MergePolicy mergePolicy) {
    this(mergePolicy, DEFAULT_MAX_HELD_BYTES, Executor.BEST);
  }

  /** All else as by default. */
  public SessionOptions(MergePolicy mergePolicy, long maxHeldBytes, Executor executor) {
    this(mergePolicy, maxHeldBytes, executor, false);
  }

  /** All else as by default. */
  public SessionOptions(
      MergePolicy mergePolicy, long maxHeldBytes, Executor executor, boolean fullScan) {
    this(mergePolicy, maxHeldBytes, executor, fullScan, DEFAULT_NAME_LIFETIME, SchemaNames.DEFAULT);
  }

  /** These options with another lifetime of names. */
  public SessionOptions withNameLifetime(Duration lifetime) {
    return new SessionOptions(mergePolicy, maxHeldBytes, executor, fullScan, lifetime, schemaNames);
  }

  /** These options with other names of schemas. */
  public SessionOptions withSchemaNames(SchemaNames names) {
    return new SessionOptions(mergePolicy, maxHeldBytes, executor, fullScan, nameLifetime, names);
  }
}
