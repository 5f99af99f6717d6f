package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * <p>A name is looked up in its exact spelling first, then as a unique case-insensitive match among
 * the streams of its collection, else the error lists the candidates; collections are found in
 * their exact spelling only. {@link #relation} remembers what it found for a short while; every
 * other method asks each time. All make their calls on the caller's thread.
 */
public final class Catalog {

  /** The schema in which every stream is a table named by its uuid, unless it is renamed. */
  public static final String UUID_SCHEMA = "uuid";

  private final Btrdb btrdb;
  private final SchemaNames schemas;
  private final RecentRelations recent;

  /** The catalogue of one BTrDB. */
  public Catalog(Btrdb btrdb, SchemaNames schemas, RecentRelations recent) {
    this.btrdb = btrdb;
    this.schemas = schemas;
    this.recent = recent;
  }

  /** The names of the schemas that are no collections. */
  public SchemaNames schemaNames() {
    return schemas;
  }

  /** Collections that start with a prefix, in batches as the server sends them, in byte order. */
  public Cursor<List<String>> schemas(String prefix, CallScope scope) {
    return btrdb.collections(prefix, scope);
  }

  /** The tables of one collection in its exact spelling, by name; empty if there is no such. */
  public List<StreamTable> tables(String collection, CallScope scope) {
    if (collection.isEmpty()) {
      return List.of();
    }
    return TableNames.tables(collection, streams(StreamQuery.inCollection(collection), scope));
  }

  /**
   * The tables that {@link #tables} shows under exactly a name, in order of their collections.
   *
   * @param collection the collection, or what it begins with
   */
  public List<StreamTable> tablesNamed(
      String collection, boolean isPrefix, String name, CallScope scope) {
    if (collection.isEmpty() && !isPrefix) {
      return List.of();
    }
    StreamQuery collections =
        isPrefix ? StreamQuery.underPrefix(collection) : StreamQuery.inCollection(collection);
    return new TableLookup(btrdb, scope).listed(collections, name);
  }

  /** The tables about streams, the server and the session, by name. */
  public List<Relation> systemTables() {
    return SystemTable.names().stream().flatMap(name -> systemTable(name).stream()).toList();
  }

  /** The names of the schemas that are no collections. */
  public SchemaNames schemas() {
    return schemas;
  }

  /**
   * Finds the stream of a name.
   *
   * @param schema a collection, or the schema of uuids
   * @return empty if nothing has that name in any spelling
   * @throws BtrdbException {@link ErrorCode#INVALID_NAME} if the name fits several streams, listing
   *     them
   */
  public Optional<StreamTable> table(String schema, String name, CallScope scope) {
    TableLookup lookup = new TableLookup(btrdb, scope);
    return schema.equals(schemas.uuid())
        ? lookup.findByUuid(schema, name)
        : lookup.find(schema, name);
  }

  /** The table of a stream: one look-up, and a second one if others have its name. */
  public StreamTable tableOf(StreamDescriptor stream, CallScope scope) {
    String name = stream.name();
    if (!name.isEmpty() && named(stream.collection(), name, scope).size() == 1) {
      return new StreamTable(stream.collection(), name, stream);
    }
    return tables(stream.collection(), scope).stream()
        .filter(table -> table.stream().uuid().equals(stream.uuid()))
        .findFirst()
        .orElseThrow(
            () ->
                new BtrdbException(
                    ErrorCode.NO_SUCH_STREAM, "stream " + stream.uuid() + " is gone or moved"));
  }

  /**
   * Finds what a table name stands for, or stood for a short while ago: a stream, or one of the
   * tables that are made of streams.
   *
   * @return empty if nothing has that name
   * @throws BtrdbException {@link ErrorCode#INVALID_NAME} if the name fits several streams, listing
   *     them
   */
  public Optional<Relation> relation(String schema, String name, CallScope scope) {
    return recent.get(schema, name, () -> ask(schema, name, scope));
  }

  /** Forgets what {@link #relation} found: names may stand for something else now. */
  public void forget() {
    recent.forget();
  }

  private Optional<Relation> ask(String schema, String name, CallScope scope) {
    Optional<SchemaNames.Kind> kind = schemas.kind(schema);
    if (kind.isPresent()) {
      return reserved(kind.get(), name, scope);
    }
    Optional<Relation> found = streamOrDerived(schema, name, scope);
    return found.isPresent()
        ? found
        : schemas.kindInAnyCase(schema).flatMap(k -> reserved(k, name, scope));
  }

  private Optional<Relation> reserved(SchemaNames.Kind kind, String name, CallScope scope) {
    return switch (kind) {
      case SYSTEM -> systemTable(name);
      case WIDE -> {
        List<StreamTable> streams = tables(name, scope);
        yield streams.isEmpty() ? Optional.empty() : Optional.of(new WideTable(name, streams));
      }
      case TALL ->
          hasStreams(name, scope)
              ? Optional.of(new TallTable(Optional.of(name)))
              : Optional.empty();
      case UUID -> streamOrDerived(schemas.uuid(), name, scope);
    };
  }

  private static Optional<Relation> systemTable(String name) {
    return name.equalsIgnoreCase(TallTable.POINTS)
        ? Optional.of(new TallTable(Optional.empty()))
        : SystemTable.named(name).map(Relation.class::cast);
  }

  /** A stream of that very name goes before a table that is made of another. */
  private Optional<Relation> streamOrDerived(String schema, String name, CallScope scope) {
    Optional<DerivedName> derived = DerivedName.of(name);
    if (derived.isEmpty()) {
      return table(schema, name, scope).map(Relation.class::cast);
    }
    Optional<StreamTable> exact =
        schema.equals(schemas.uuid())
            ? Optional.empty()
            : new TableLookup(btrdb, scope).findExact(schema, name);
    return exact.isPresent()
        ? exact.map(Relation.class::cast)
        : table(schema, derived.get().stream(), scope).map(derived.get()::of);
  }

  /**
   * Says in one line that {@link #relation} finds nothing, and which name may have been meant; this
   * may cost calls.
   */
  public String missing(String schema, String name, CallScope scope) {
    return new MissingTable(btrdb, schemas, scope).text(schema, name);
  }

  /** Whether a collection has a stream of exactly that name. */
  public boolean hasStream(String collection, String name, CallScope scope) {
    return !named(collection, name, scope).isEmpty();
  }

  private List<StreamDescriptor> named(String collection, String name, CallScope scope) {
    return streams(
        StreamQuery.inCollection(collection).withTag(StreamDescriptor.NAME, name), scope);
  }

  private boolean hasStreams(String collection, CallScope scope) {
    if (collection.isEmpty()) {
      return false;
    }
    try (Cursor<List<StreamDescriptor>> cursor =
        btrdb.lookup(StreamQuery.inCollection(collection), scope)) {
      while (cursor.next()) {
        if (!cursor.current().isEmpty()) {
          return true;
        }
      }
      return false;
    }
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
