package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;

/**
 * Collections as schemas and streams as tables, asked of the server as they are needed.
 *
 * <p>A name is looked up in its exact spelling first, then as a unique case-insensitive match, else
 * the error lists the candidates. Nothing is cached here and every method makes its calls on the
 * caller's thread.
 */
public final class Catalog {

  /** The schema in which every stream is a table named by its uuid. */
  public static final String UUID_SCHEMA = "uuid";

  private final Btrdb btrdb;

  /** The catalogue of one BTrDB. */
  public Catalog(Btrdb btrdb) {
    this.btrdb = btrdb;
  }

  /** Collections that start with a prefix, in batches as the server sends them. */
  public Cursor<List<String>> schemas(String prefix, CallScope scope) {
    return btrdb.collections(prefix, scope);
  }

  /** The tables of one collection in its exact spelling, by name; empty if there is no such. */
  public List<StreamTable> tables(String schema, CallScope scope) {
    return TableNames.tables(schema, streams(StreamQuery.inCollection(schema), scope));
  }

  /**
   * Finds the table of a name.
   *
   * @return empty if nothing has that name in any spelling
   * @throws BtrdbException {@link ErrorCode#INVALID_NAME} if the name fits several streams, listing
   *     them
   */
  public Optional<StreamTable> table(String schema, String name, CallScope scope) {
    if (schema.equals(UUID_SCHEMA)) {
      return byUuid(name, scope);
    }
    List<StreamDescriptor> exact =
        streams(StreamQuery.inCollection(schema).withTag(StreamDescriptor.NAME, name), scope);
    if (exact.size() == 1) {
      return Optional.of(new StreamTable(schema, name, exact.get(0)));
    }
    return choose(schema, name, tables(schema, scope));
  }

  /**
   * Finds what a table name stands for: a stream, or one of the tables that are made of streams.
   *
   * @return empty if nothing has that name
   * @throws BtrdbException {@link ErrorCode#INVALID_NAME} if the name fits several streams, listing
   *     them
   */
  public Optional<Relation> relation(String schema, String name, CallScope scope) {
    return switch (schema) {
      case SystemTable.SCHEMA ->
          name.equalsIgnoreCase(TallTable.POINTS)
              ? Optional.of(new TallTable(Optional.empty()))
              : SystemTable.named(name).map(Relation.class::cast);
      case WideTable.SCHEMA -> {
        List<StreamTable> streams = tables(name, scope);
        yield streams.isEmpty() ? Optional.empty() : Optional.of(new WideTable(name, streams));
      }
      case TallTable.SCHEMA ->
          tables(name, scope).isEmpty()
              ? Optional.empty()
              : Optional.of(new TallTable(Optional.of(name)));
      default -> streamOrDerived(schema, name, scope);
    };
  }

  /** A stream of that very name goes before a table that is made of another. */
  private Optional<Relation> streamOrDerived(String schema, String name, CallScope scope) {
    Optional<DerivedName> derived = DerivedName.of(name);
    if (derived.isEmpty()) {
      return table(schema, name, scope).map(Relation.class::cast);
    }
    if (!schema.equals(UUID_SCHEMA) && hasStream(schema, name, scope)) {
      return table(schema, name, scope).map(Relation.class::cast);
    }
    return table(schema, derived.get().stream(), scope).map(derived.get()::of);
  }

  /** Whether a collection has a stream of exactly that name. */
  public boolean hasStream(String collection, String name, CallScope scope) {
    return !streams(
            StreamQuery.inCollection(collection).withTag(StreamDescriptor.NAME, name), scope)
        .isEmpty();
  }

  private Optional<StreamTable> byUuid(String text, CallScope scope) {
    UUID uuid;
    try {
      uuid = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new BtrdbException(ErrorCode.INVALID_NAME, "not a uuid: '" + text + "'", e);
    }
    return btrdb.stream(uuid, scope).map(s -> new StreamTable(UUID_SCHEMA, uuid.toString(), s));
  }

  private static Optional<StreamTable> choose(
      String schema, String name, List<StreamTable> tables) {
    List<StreamTable> exact = matching(tables, t -> t.table().equals(name));
    if (exact.size() == 1) {
      return Optional.of(exact.get(0));
    }
    List<StreamTable> named = matching(tables, t -> t.stream().name().equals(name));
    List<StreamTable> candidates =
        named.isEmpty() ? matching(tables, t -> t.table().equalsIgnoreCase(name)) : named;
    if (candidates.isEmpty()) {
      candidates = matching(tables, t -> t.stream().name().equalsIgnoreCase(name));
    }
    if (candidates.size() > 1) {
      throw new BtrdbException(
          ErrorCode.INVALID_NAME,
          "'" + name + "' in collection '" + schema + "' is ambiguous: " + names(candidates));
    }
    return candidates.stream().findFirst();
  }

  private static String names(List<StreamTable> tables) {
    return String.join(", ", tables.stream().map(t -> '"' + t.table() + '"').toList());
  }

  private static List<StreamTable> matching(
      List<StreamTable> tables, Predicate<StreamTable> condition) {
    return tables.stream().filter(condition).toList();
  }

  private List<StreamDescriptor> streams(StreamQuery query, CallScope scope) {
    List<StreamDescriptor> found = new ArrayList<>();
    try (Cursor<List<StreamDescriptor>> cursor = btrdb.lookup(query, scope)) {
      while (cursor.next()) {
        found.addAll(cursor.current());
      }
    }
    return found;
  }
}
