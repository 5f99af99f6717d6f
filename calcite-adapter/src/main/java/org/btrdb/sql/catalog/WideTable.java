package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.row.ColumnType;

/**
 * A collection with its streams side by side: {@code (time, a DOUBLE for each stream)}. Its rows
 * are the times of the streams that a SELECT names, and NULL where one has no point.
 *
 * @param collection the collection, and the name of the table in schema {@code wide}
 * @param streams one for each column after the time, in the order of their names
 */
public record WideTable(String collection, List<StreamTable> streams) implements Relation {

  /** The schema of all wide tables. */
  public static final String SCHEMA = "wide";

  /** Copies the list. */
  public WideTable {
    streams = List.copyOf(streams);
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public String table() {
    return collection;
  }

  @Override
  public List<RelationColumn> columns() {
    List<RelationColumn> columns = new ArrayList<>(streams.size() + 1);
    columns.add(RelationColumn.required(ColumnNames.TIME, ColumnType.TIMESTAMP));
    for (String name : ColumnNames.of(streams)) {
      columns.add(RelationColumn.optional(name, ColumnType.DOUBLE));
    }
    return columns;
  }
}
