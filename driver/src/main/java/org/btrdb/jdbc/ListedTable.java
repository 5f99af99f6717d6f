package org.btrdb.jdbc;

import org.btrdb.sql.catalog.Relation;

/**
 * A table with its columns, as metadata calls list it.
 *
 * @param schema its schema by the name that it has in this session
 * @param relation what it is
 */
record ListedTable(String schema, Relation relation) {

  String name() {
    return relation.table();
  }
}
