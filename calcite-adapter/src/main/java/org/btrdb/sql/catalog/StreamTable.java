package org.btrdb.sql.catalog;

import java.util.List;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.row.ColumnType;

/**
 * A stream as a table {@code (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)}.
 *
 * @param schema the collection
 * @param table the name tag if it is unique in its collection, else with {@code #} and the shortest
 *     unique prefix of the uuid (at least 8 digits), or the uuid for a stream without a name
 * @param stream what it shows
 */
public record StreamTable(String schema, String table, StreamDescriptor stream)
    implements Relation {

  /** The columns of points, wherever they are answered. */
  public static final List<RelationColumn> POINTS =
      List.of(
          RelationColumn.required("time", ColumnType.TIMESTAMP),
          RelationColumn.required("value", ColumnType.DOUBLE));

  @Override
  public List<RelationColumn> columns() {
    return POINTS;
  }
}
