package org.btrdb.jdbc;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.CallsAhead;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.InformationTable;
import org.btrdb.sql.catalog.SchemaNames;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.catalog.TallTable;
import org.btrdb.sql.catalog.WideTable;

/**
 * What of the catalogue matches name patterns, as it is read: a few collections' tables are held at
 * a time, their look-ups made side by side. A pattern's literal beginning goes to the server, and a
 * name without wildcards is looked up instead of listed.
 */
final class CatalogListing {
  private static final Comparator<ListedTable> BY_SCHEMA =
      Comparator.comparing(ListedTable::schema, SchemaNames.BYTE_ORDER);

  private final Catalog catalog;
  private final SchemaNames names;
  private final CallScope scope;

  CatalogListing(Catalog catalog, CallScope scope) {
    this.catalog = catalog;
    this.names = catalog.schemaNames();
    this.scope = scope;
  }

  /** The schemas that match, in byte order. */
  Listing<String> schemas(NamePattern pattern) {
    return Listing.merged(
        collections(pattern).where(c -> !names.hides(c)),
        Listing.merged(
            Listing.of(List.of(InformationTable.SCHEMA)).where(pattern::matches),
            reservedSchemas(pattern),
            SchemaNames.BYTE_ORDER),
        SchemaNames.BYTE_ORDER);
  }

  /** The tables of {@code INFORMATION_SCHEMA} that match. */
  Listing<InformationTable> informationTables(NamePattern schemas, NamePattern tables) {
    return schemas.matches(InformationTable.SCHEMA)
        ? Listing.of(List.of(InformationTable.values())).where(t -> tables.matches(t.name()))
        : Listing.of(List.of());
  }

  /** The schemas that match and are made of collections, or about them. */
  Listing<String> reservedSchemas(NamePattern pattern) {
    return Listing.of(names.listed()).where(pattern::matches);
  }

  /** The collections that match: each is a schema, a wide table and a tall one. */
  Listing<String> collections(NamePattern pattern) {
    if (!pattern.isExact()) {
      return Listing.of(catalog.schemas(pattern.prefix(), scope)).where(pattern::matches);
    }
    String name = pattern.prefix();
    return name.isEmpty()
        ? Listing.of(List.of())
        // In byte order a name comes before those that begin with it.
        : Listing.of(catalog.schemas(name, scope)).until(c -> !c.equals(name));
  }

  /** The names of tables that match in a schema that is no collection. */
  Listing<String> reservedTables(String schema, NamePattern tables) {
    return schema.equals(names.system())
        ? Listing.of(catalog.systemTables()).as(t -> t.table()).where(tables::matches)
        : collections(tables);
  }

  /** The streams whose tables match, by schema and name. */
  Listing<StreamTable> streams(NamePattern schemas, NamePattern tables) {
    if (schemas.isExact()) {
      String schema = schemas.prefix();
      return Listing.of(
          schema.equals(names.uuid()) ? byUuid(schema, tables) : streamsOf(schema, tables));
    }
    if (tables.isExact()) {
      return Listing.of(catalog.tablesNamed(schemas.prefix(), true, tables.prefix(), scope))
          .where(t -> schemas.matches(t.schema()) && !names.hides(t.schema()));
    }
    return ahead(
            collections(schemas).where(c -> !names.hides(c)),
            collection -> streamsOf(collection, tables))
        .each(Listing::of);
  }

  private List<StreamTable> streamsOf(String collection, NamePattern tables) {
    if (names.hides(collection)) {
      return List.of();
    }
    if (tables.isExact()) {
      return catalog.tablesNamed(collection, false, tables.prefix(), scope);
    }
    return catalog.tables(collection, scope).stream()
        .filter(table -> tables.matches(table.table()))
        .toList();
  }

  private List<StreamTable> byUuid(String schema, NamePattern tables) {
    if (!tables.isExact()) {
      return List.of();
    }
    try {
      return catalog.table(schema, tables.prefix(), scope).stream()
          .filter(table -> table.table().equals(tables.prefix()))
          .toList();
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.INVALID_NAME) {
        return List.of(); // no uuid
      }
      throw e;
    }
  }

  /** All tables that match, with what is needed to know their columns, by schema and name. */
  Listing<ListedTable> tables(NamePattern schemas, NamePattern tables) {
    return Listing.merged(
        streams(schemas, tables).as(stream -> ListedTable.of(stream.schema(), stream)),
        Listing.merged(
            informationTables(schemas, tables).as(ListedTable::of),
            reservedSchemas(schemas).each(schema -> ofReserved(schema, tables)),
            BY_SCHEMA),
        BY_SCHEMA);
  }

  private Listing<ListedTable> ofReserved(String schema, NamePattern tables) {
    if (schema.equals(names.system())) {
      return Listing.of(catalog.systemTables())
          .where(table -> tables.matches(table.table()))
          .as(table -> ListedTable.of(schema, table));
    }
    if (schema.equals(names.tall())) {
      return collections(tables)
          .as(collection -> ListedTable.of(schema, new TallTable(Optional.of(collection))));
    }
    return ahead(
            collections(tables),
            collection -> new WideTable(collection, catalog.tables(collection, scope)))
        .as(table -> ListedTable.of(schema, table));
  }

  private <R> Listing<R> ahead(Listing<String> collections, Function<String, R> lookUp) {
    return collections.through(them -> new CallsAhead<>(them, CallsAhead.AT_ONCE, scope, lookUp));
  }
}
