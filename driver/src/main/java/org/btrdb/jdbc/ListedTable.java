package org.btrdb.jdbc;

import java.util.List;
import java.util.Optional;
import org.btrdb.sql.catalog.InformationTable;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.RelationColumn;

/**
 * A table with its columns, as metadata calls list it.
 *
 * @param schema its schema by the name that it has in this session
 * @param relation what it is; empty for one of {@code INFORMATION_SCHEMA}
 */
record ListedTable(
    String schema, String name, List<RelationColumn> columns, Optional<Relation> relation) {

  static ListedTable of(String schema, Relation relation) {
    return new ListedTable(schema, relation.table(), relation.columns(), Optional.of(relation));
  }

  static ListedTable of(InformationTable table) {
    return new ListedTable(
        InformationTable.SCHEMA, table.name(), table.columns(), Optional.empty());
  }
}
