package org.btrdb.sql.catalog;

import java.util.List;
import java.util.Optional;
import org.btrdb.sql.row.ColumnType;

/**
 * Points of many streams below each other, with what describes their stream.
 *
 * @param collection the one collection whose streams it shows; empty for every stream there is
 */
public record TallTable(Optional<String> collection) implements Relation {

  /** The schema of the tall tables of single collections. */
  public static final String SCHEMA = "tall";

  /** The name, in schema {@code btrdb}, of the table of all points. */
  public static final String POINTS = "points";

  private static final List<RelationColumn> COLUMNS =
      List.of(
          RelationColumn.required("time", ColumnType.TIMESTAMP),
          RelationColumn.required("value", ColumnType.DOUBLE),
          RelationColumn.required("collection", ColumnType.VARCHAR),
          RelationColumn.optional("name", ColumnType.VARCHAR),
          RelationColumn.optional("unit", ColumnType.VARCHAR),
          RelationColumn.required("uuid", ColumnType.UUID),
          RelationColumn.required("version", ColumnType.BIGINT),
          RelationColumn.required("tags", ColumnType.MAP),
          RelationColumn.required("annotations", ColumnType.MAP));

  @Override
  public String schema() {
    return collection.isPresent() ? SCHEMA : SystemTable.SCHEMA;
  }

  @Override
  public String table() {
    return collection.orElse(POINTS);
  }

  @Override
  public List<RelationColumn> columns() {
    return COLUMNS;
  }
}
