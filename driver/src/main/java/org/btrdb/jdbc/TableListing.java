package org.btrdb.jdbc;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;
import org.jspecify.annotations.Nullable;

/**
 * Walks the schemas that match a pattern, and what is in each, as rows are read: one schema's
 * tables are held at a time. A pattern's literal beginning goes to the server.
 */
final class TableListing implements Iterator<@Nullable Object[]>, AutoCloseable {
  private final NamePattern schemaPattern;
  private final Function<String, List<@Nullable Object[]>> rowsOfSchema;
  private final @Nullable Cursor<List<String>> schemas;
  private Iterator<String> batch;
  private Iterator<@Nullable Object[]> rows = List.<@Nullable Object[]>of().iterator();

  private TableListing(
      NamePattern schemaPattern,
      @Nullable Cursor<List<String>> schemas,
      Iterator<String> batch,
      Function<String, List<@Nullable Object[]>> rowsOfSchema) {
    this.schemaPattern = schemaPattern;
    this.schemas = schemas;
    this.batch = batch;
    this.rowsOfSchema = rowsOfSchema;
  }

  /** Rows for every schema that the server lists. */
  static TableListing overListed(
      Catalog catalog,
      NamePattern schemaPattern,
      CallScope scope,
      Function<String, List<@Nullable Object[]>> rowsOfSchema) {
    return new TableListing(
        schemaPattern,
        catalog.schemas(schemaPattern.prefix(), scope),
        List.<String>of().iterator(),
        rowsOfSchema);
  }

  /** Rows for the tables that match; a schema given exactly is not looked for in the list. */
  static TableListing overTables(
      Catalog catalog,
      NamePattern schemaPattern,
      NamePattern tablePattern,
      CallScope scope,
      Function<StreamTable, List<@Nullable Object[]>> rowsOfTable) {
    Function<String, List<@Nullable Object[]>> rowsOfSchema =
        schema ->
            tables(catalog, schema, tablePattern, scope).stream()
                .flatMap(table -> rowsOfTable.apply(table).stream())
                .toList();
    return schemaPattern.isExact()
        ? new TableListing(
            schemaPattern, null, List.of(schemaPattern.prefix()).iterator(), rowsOfSchema)
        : overListed(catalog, schemaPattern, scope, rowsOfSchema);
  }

  private static List<StreamTable> tables(
      Catalog catalog, String schema, NamePattern tablePattern, CallScope scope) {
    if (schema.isEmpty()) {
      return List.of();
    }
    if (tablePattern.isExact()) {
      return exact(catalog, schema, tablePattern.prefix(), scope).stream().toList();
    }
    return catalog.tables(schema, scope).stream()
        .filter(table -> tablePattern.matches(table.table()))
        .toList();
  }

  /** One look-up instead of the whole collection. */
  private static Optional<StreamTable> exact(
      Catalog catalog, String schema, String name, CallScope scope) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return catalog.table(schema, name, scope).filter(table -> table.table().equals(name));
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.INVALID_NAME) {
        return Optional.empty(); // ambiguous or no uuid: no table is called exactly that
      }
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext()) {
      if (batch.hasNext()) {
        String schema = batch.next();
        if (schemaPattern.matches(schema)) {
          rows = rowsOfSchema.apply(schema).iterator();
        }
      } else if (schemas != null && schemas.next()) {
        batch = schemas.current().iterator();
      } else {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  @Override
  public void close() {
    if (schemas != null) {
      schemas.close();
    }
  }
}
