package org.btrdb.sql.operator;

/**
 * A column that rows are ordered by.
 *
 * @param column which
 * @param descending largest first
 * @param nullsFirst where NULLs are, whatever the direction
 */
record SortKey(int column, boolean descending, boolean nullsFirst) {

  static SortKey ascending(int column) {
    return new SortKey(column, false, false);
  }

  SortKey ofColumn(int other) {
    return new SortKey(other, descending, nullsFirst);
  }
}
