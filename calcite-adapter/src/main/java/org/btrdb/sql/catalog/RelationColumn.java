package org.btrdb.sql.catalog;

import org.btrdb.sql.row.ColumnType;

/**
 * A column of a table.
 *
 * @param name as it is shown
 * @param type how its values are represented
 * @param nullable whether NULL can occur
 */
public record RelationColumn(String name, ColumnType type, boolean nullable) {

  /** A column in which NULL cannot occur. */
  static RelationColumn required(String name, ColumnType type) {
    return new RelationColumn(name, type, false);
  }

  /** A column in which NULL can occur. */
  static RelationColumn optional(String name, ColumnType type) {
    return new RelationColumn(name, type, true);
  }
}
