package org.btrdb.sql.catalog;

import java.util.List;
import org.btrdb.sql.row.ColumnType;

/**
 * The ranges of time in which a stream ever changed, named {@code STREAM$changes}.
 *
 * @param stream the stream
 */
public record ChangesTable(StreamTable stream) implements Relation {

  /** What stands behind the stream's name. */
  public static final String SUFFIX = "$changes";

  /** The columns of changed ranges, wherever they are answered. */
  public static final List<RelationColumn> RANGES =
      List.of(
          RelationColumn.required("start_time", ColumnType.TIMESTAMP),
          RelationColumn.required("end_time", ColumnType.TIMESTAMP),
          RelationColumn.required("version", ColumnType.BIGINT));

  @Override
  public String schema() {
    return stream.schema();
  }

  @Override
  public String table() {
    return stream.table() + SUFFIX;
  }

  @Override
  public List<RelationColumn> columns() {
    return RANGES;
  }
}
