package org.btrdb.sql.catalog;

import java.util.List;

/**
 * What a table name stands for. Names and columns only: reading one is the business of {@code
 * org.btrdb.sql.read}.
 */
public sealed interface Relation
    permits StreamTable,
        WideTable,
        NarrowedWideTable,
        TallTable,
        PointwidthTable,
        ChangesTable,
        SystemTable {

  /** The schema it is found in; of one that is no collection the name by default. */
  String schema();

  /** Its name there. */
  String table();

  /** Its columns, in order. */
  List<RelationColumn> columns();
}
