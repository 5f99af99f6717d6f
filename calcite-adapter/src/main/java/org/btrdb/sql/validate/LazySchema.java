package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.SqlIdentifier;
import org.btrdb.client.CallScope;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.RelationColumn;
import org.jspecify.annotations.Nullable;

/**
 * The root schema of one statement. A collection is a schema without asking the server whether it
 * exists; a table costs one look-up, and is remembered, found or not, for the statement: Calcite
 * asks for every name a dozen times.
 */
final class LazySchema extends AbstractSchema {
  private final Catalog catalog;
  private final CallScope scope;
  private final Map<String, Collection> collections = new LinkedHashMap<>();

  LazySchema(Catalog catalog, CallScope scope) {
    this.catalog = catalog;
    this.scope = scope;
  }

  /**
   * The schema of a table that was named without one: the default schema if it has it, else that of
   * the wide tables if they have it.
   */
  String schemaOf(String table, String defaultSchema) {
    String wide = catalog.schemaNames().wide();
    if (defaultSchema.isEmpty()) {
      return wide;
    }
    return collection(defaultSchema).find(table).isEmpty()
            && collection(wide).find(table).isPresent()
        ? wide
        : defaultSchema;
  }

  /** All that names were asked for, and what they stand for. */
  ResolvedNames resolved() {
    List<ResolvedNames.Name> resolved = new ArrayList<>();
    collections.forEach(
        (schema, collection) ->
            collection.tables.forEach(
                (table, relation) ->
                    resolved.add(new ResolvedNames.Table(schema, table, relation))));
    return new ResolvedNames(resolved);
  }

  /** Says that there is no such table. */
  String missing(String schema, String table) {
    return catalog.missing(schema, table, scope);
  }

  /** The columns of a table named with its schema; empty if there is no such table. */
  Optional<List<String>> columns(SqlIdentifier table) {
    return table.names.size() == 2
        ? collection(table.names.get(0))
            .find(table.names.get(1))
            .map(relation -> relation.columns().stream().map(RelationColumn::name).toList())
        : Optional.empty();
  }

  private Collection collection(String name) {
    return collections.computeIfAbsent(name, Collection::new);
  }

  @Override
  public Lookup<? extends Schema> subSchemas() {
    return new NeverListed<Schema>() {
      @Override
      public Schema get(String name) {
        return collection(name);
      }
    };
  }

  /** A look-up by name only; nothing of ours may list the catalogue while resolving a name. */
  private abstract static class NeverListed<T> implements Lookup<T> {
    @Override
    public abstract @Nullable T get(String name);

    @Override
    @SuppressWarnings("NullAway") // Calcite's interface says nothing of null, and means it
    public Named<T> getIgnoreCase(String name) {
      T found = get(name);
      return found == null ? null : new Named<>(name, found);
    }

    @Override
    public Set<String> getNames(LikePattern pattern) {
      return Set.of();
    }
  }

  /** The streams of one collection. */
  private final class Collection extends AbstractSchema {
    private final String name;
    private final Map<String, Optional<Relation>> tables = new LinkedHashMap<>();

    private Collection(String name) {
      this.name = name;
    }

    Optional<Relation> find(String table) {
      return tables.computeIfAbsent(table, t -> catalog.relation(name, t, scope));
    }

    @Override
    public Lookup<Table> tables() {
      return new NeverListed<Table>() {
        @Override
        public @Nullable Table get(String table) {
          return find(table).map(RelationTable::new).orElse(null);
        }
      };
    }

    @Override
    public Lookup<? extends Schema> subSchemas() {
      return Lookup.empty();
    }
  }
}
