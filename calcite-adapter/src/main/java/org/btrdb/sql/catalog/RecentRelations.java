package org.btrdb.sql.catalog;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What names stood for a short while ago. Names that stood for nothing are not remembered. Holds
 * the metadata of at most {@value #MAX_STREAMS} streams; any thread may use it.
 */
public final class RecentRelations {
  private static final int MAX_STREAMS = 10_000;

  private final Duration lifetime;
  private final Ticker ticker;
  private volatile Cache<Name, Relation> relations;

  private record Name(String schema, String table) {}

  /**
   * Remembers nothing yet.
   *
   * @param lifetime after which a name is looked up again; zero for always
   * @param ticker tells how time passes
   */
  public RecentRelations(Duration lifetime, Ticker ticker) {
    this.lifetime = lifetime;
    this.ticker = ticker;
    this.relations = empty();
  }

  private Cache<Name, Relation> empty() {
    return CacheBuilder.newBuilder()
        .concurrencyLevel(1) // the bound is of the whole, not of each part of it
        .expireAfterWrite(lifetime)
        .maximumWeight(MAX_STREAMS)
        .weigher((Name name, Relation relation) -> weight(relation))
        .ticker(ticker)
        .build();
  }

  private static int weight(Relation relation) {
    return relation instanceof WideTable wide ? 1 + wide.streams().size() : 1;
  }

  /** What a name stands for, asked for if it is not remembered. */
  Optional<Relation> get(String schema, String table, Supplier<Optional<Relation>> ask) {
    // What was asked before a call of forget() ends up in the memory that was thrown away.
    Cache<Name, Relation> current = relations;
    Name name = new Name(schema, table);
    Relation known = current.getIfPresent(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Relation> found = ask.get();
    found.ifPresent(relation -> current.put(name, relation));
    return found;
  }

  /** Forgets everything. */
  public void forget() {
    relations = empty();
  }
}
