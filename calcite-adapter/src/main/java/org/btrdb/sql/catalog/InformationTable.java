package org.btrdb.sql.catalog;

import static org.btrdb.sql.catalog.RelationColumn.optional;
import static org.btrdb.sql.catalog.RelationColumn.required;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.btrdb.sql.row.ColumnType;

/**
 * The tables of {@code INFORMATION_SCHEMA}, as the SQL standard names them. They are read as
 * queries over the system tables, so no look-up finds them as a {@link Relation}.
 */
public enum InformationTable {
  /** One row for each column of each stream's table. */
  COLUMNS(
      optional("TABLE_CATALOG", ColumnType.VARCHAR),
      required("TABLE_SCHEMA", ColumnType.VARCHAR),
      required("TABLE_NAME", ColumnType.VARCHAR),
      required("COLUMN_NAME", ColumnType.VARCHAR),
      required("ORDINAL_POSITION", ColumnType.INTEGER),
      required("IS_NULLABLE", ColumnType.VARCHAR),
      required("DATA_TYPE", ColumnType.VARCHAR),
      optional("DATETIME_PRECISION", ColumnType.INTEGER)),
  /** One row for each collection. */
  SCHEMATA(
      optional("CATALOG_NAME", ColumnType.VARCHAR), required("SCHEMA_NAME", ColumnType.VARCHAR)),
  /** One row for each stream. */
  TABLES(
      optional("TABLE_CATALOG", ColumnType.VARCHAR),
      required("TABLE_SCHEMA", ColumnType.VARCHAR),
      required("TABLE_NAME", ColumnType.VARCHAR),
      required("TABLE_TYPE", ColumnType.VARCHAR));

  /** The schema of all of them; found in any case, so a collection of that name is hidden. */
  public static final String SCHEMA = "INFORMATION_SCHEMA";

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<RelationColumn> columns;

  InformationTable(RelationColumn... columns) {
    this.columns = List.of(columns);
  }

  /** The table of a name in any case. */
  public static Optional<InformationTable> named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Its columns, in order. */
  public List<RelationColumn> columns() {
    return columns;
  }
}
