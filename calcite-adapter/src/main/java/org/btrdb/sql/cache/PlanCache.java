package org.btrdb.sql.cache;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The plans of a session's last statements, found by a statement's text or, where its plan has
 * parameters in place of literals, by the text without those. Any thread may use it.
 *
 * <p>It knows nothing of whether a plan still holds: who put it in has to check.
 *
 * @param <P> a plan, immutable
 */
public final class PlanCache<P> {
  /** Longer ones are made by programs, and rarely twice. */
  private static final int MAX_CHARACTERS = 10_000;

  private final Cache<Key, P> plans;
  private final Cache<Key, List<LiftedLiteral>> shapes;
  private final boolean isOn;
  private final LongAdder hits = new LongAdder();

  /**
   * A text as it stands, or one with literals taken out.
   *
   * @param places which of those literals are equal; null for a text as it stands
   */
  private record Key(String text, String schema, @Nullable List<Integer> places) {}

  /**
   * A plan for a statement.
   *
   * @param plan the plan
   * @param values the distinct ones of its lifted literals in this statement
   */
  public record Found<P>(P plan, List<Object> values) {}

  /**
   * An empty cache.
   *
   * @param maxPlans plans kept at most, those not used for the longest time go first; 0 for none
   */
  public PlanCache(int maxPlans) {
    this.isOn = maxPlans > 0;
    this.plans = bounded(maxPlans);
    this.shapes = bounded(maxPlans);
  }

  private static <V> Cache<Key, V> bounded(int size) {
    // One part: the bound is of the whole.
    return CacheBuilder.newBuilder().maximumSize(size).concurrencyLevel(1).build();
  }

  /** The plan for a statement, if there is one. */
  public @Nullable Found<P> find(String sql, String schema) {
    Found<P> found = keeps(sql) ? lookUp(sql, schema) : null;
    if (found != null) {
      hits.increment();
    }
    return found;
  }

  private @Nullable Found<P> lookUp(String sql, String schema) {
    P exact = plans.getIfPresent(new Key(sql, schema, null));
    if (exact != null) {
      return new Found<>(exact, List.of());
    }
    StatementText text = StatementText.of(sql);
    if (text == null || text.literals().isEmpty()) {
      return null;
    }
    List<LiftedLiteral> lifted = shapes.getIfPresent(new Key(text.shape(), schema, List.of()));
    if (lifted == null) {
      return null;
    }
    LiteralValues values = LiteralValues.of(text, lifted);
    if (values == null) {
      return null;
    }
    P plan = plans.getIfPresent(new Key(text.template(lifted), schema, values.places()));
    return plan == null ? null : new Found<>(plan, values.distinct());
  }

  /** Keeps the plan of this very text. */
  public void put(String sql, String schema, P plan) {
    if (keeps(sql)) {
      plans.put(new Key(sql, schema, null), plan);
    }
  }

  /**
   * Keeps a plan for all statements that differ in its lifted literals only.
   *
   * @param values what those are in this statement
   */
  public void put(
      StatementText text, List<LiftedLiteral> lifted, LiteralValues values, String schema, P plan) {
    if (isOn) {
      shapes.put(new Key(text.shape(), schema, List.of()), List.copyOf(lifted));
      plans.put(new Key(text.template(lifted), schema, values.places()), plan);
    }
  }

  /** Whether a statement of this text may be kept. */
  public boolean keeps(String sql) {
    return isOn && sql.length() <= MAX_CHARACTERS;
  }

  /** How often a plan was found. */
  public long hits() {
    return hits.sum();
  }
}
