package org.btrdb.sql;

import java.time.Duration;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.sql.catalog.SchemaNames;

/**
 * Settings of a session.
 *
 * @param mergePolicy what INSERT does with a point whose time exists already
 * @param consistency which states of streams a query reads that has no hint of its own
 * @param maxHeldBytes memory, by estimate, for the rows that one statement must hold at once (to
 *     sort, group or join them); beyond it the statement is refused
 * @param fullScan whether a statement over a table of many streams may read every stream there is,
 *     or all their points, without saying so by a LIMIT
 * @param nameLifetime for how long a table that was looked up is believed to be that table; zero
 *     for not at all
 * @param schemaNames the names of the schemas that are no collections
 * @param maxPlans plans kept for statements that come again; 0 for none
 * @param executor what runs plans that are more than a read request
 * @param pushDown whether anything but reading all points is left to BTrDB; off, it is the oracle
 *     of tests
 */
public record SessionOptions(
    MergePolicy mergePolicy,
    Consistency consistency,
    long maxHeldBytes,
    boolean fullScan,
    Duration nameLifetime,
    SchemaNames schemaNames,
    int maxPlans,
    Executor executor,
    boolean pushDown) {

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

  /** The servers' defaults, and ours where servers have none. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(
          MergePolicy.NEVER,
          Consistency.LATEST,
          DEFAULT_MAX_HELD_BYTES,
          false,
          DEFAULT_NAME_LIFETIME,
          SchemaNames.DEFAULT,
          DEFAULT_MAX_PLANS,
          Executor.BEST,
          true);

  /** With another policy. */
  public SessionOptions withMergePolicy(MergePolicy other) {
    return new SessionOptions(
        other,
        consistency,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        schemaNames,
        maxPlans,
        executor,
        pushDown);
  }

  /** With another kind of states. */
  public SessionOptions withConsistency(Consistency other) {
    return new SessionOptions(
        mergePolicy,
        other,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        schemaNames,
        maxPlans,
        executor,
        pushDown);
  }

  /** With another bound on memory. */
  public SessionOptions withMaxHeldBytes(long bytes) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        bytes,
        fullScan,
        nameLifetime,
        schemaNames,
        maxPlans,
        executor,
        pushDown);
  }

  /** With or without full scans. */
  public SessionOptions withFullScan(boolean allowed) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        allowed,
        nameLifetime,
        schemaNames,
        maxPlans,
        executor,
        pushDown);
  }

  /** With another lifetime of names. */
  public SessionOptions withNameLifetime(Duration lifetime) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        fullScan,
        lifetime,
        schemaNames,
        maxPlans,
        executor,
        pushDown);
  }

  /** With other names of schemas. */
  public SessionOptions withSchemaNames(SchemaNames names) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        names,
        maxPlans,
        executor,
        pushDown);
  }

  /** With so many plans kept. */
  public SessionOptions withMaxPlans(int plans) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        schemaNames,
        plans,
        executor,
        pushDown);
  }

  /** With another executor. */
  public SessionOptions withExecutor(Executor other) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        schemaNames,
        maxPlans,
        other,
        pushDown);
  }

  /** With or without push-down. */
  public SessionOptions withPushDown(boolean on) {
    return new SessionOptions(
        mergePolicy,
        consistency,
        maxHeldBytes,
        fullScan,
        nameLifetime,
        schemaNames,
        maxPlans,
        executor,
        on);
  }
}
