package org.btrdb.sql.catalog;

import java.util.List;
import org.btrdb.sql.row.ColumnType;

/**
 * The statistics of a stream in aligned windows of 2^pointWidth ns, named {@code STREAM$pw38}.
 *
 * @param stream the stream
 * @param pointWidth 0 to 62
 */
public record PointwidthTable(StreamTable stream, int pointWidth) implements Relation {

  /** What stands between the stream's name and the pointwidth. */
  public static final String SUFFIX = "$pw";

  /** The columns of statistics, wherever they are answered. */
  public static final List<RelationColumn> STATISTICS =
      List.of(
          RelationColumn.required("time", ColumnType.TIMESTAMP),
          RelationColumn.required("min", ColumnType.DOUBLE),
          RelationColumn.required("mean", ColumnType.DOUBLE),
          RelationColumn.required("max", ColumnType.DOUBLE),
          RelationColumn.required("count", ColumnType.BIGINT),
          RelationColumn.optional("stddev", ColumnType.DOUBLE));

  @Override
  public String schema() {
    return stream.schema();
  }

  @Override
  public String table() {
    return stream.table() + SUFFIX + pointWidth;
  }

  @Override
  public List<RelationColumn> columns() {
    return STATISTICS;
  }
}
