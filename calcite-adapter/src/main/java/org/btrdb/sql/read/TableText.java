package org.btrdb.sql.read;

import org.btrdb.sql.catalog.StreamTable;

/** Names of tables in messages and plans. */
final class TableText {
  private TableText() {}

  static String of(StreamTable table) {
    return '"' + table.schema() + "\".\"" + table.table() + '"';
  }
}
