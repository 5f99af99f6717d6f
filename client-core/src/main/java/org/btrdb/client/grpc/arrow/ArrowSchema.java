package org.btrdb.client.grpc.arrow;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.error.ErrorCode;

/**
 * The columns of a stream, by position (reference 3.2).
 *
 * @param columns at least one; none of them holds nulls
 */
public record ArrowSchema(List<ArrowColumn> columns) {

  /** Points: time, value. */
  public static final ArrowSchema POINTS =
      of(
          new ArrowColumn("time", ArrowColumn.Type.TIMESTAMP_NANOS),
          new ArrowColumn("value", ArrowColumn.Type.FLOAT64));

  /** Window statistics: time, min, mean, max, count, stddev. */
  public static final ArrowSchema WINDOWS =
      of(
          new ArrowColumn("time", ArrowColumn.Type.TIMESTAMP_NANOS),
          new ArrowColumn("min", ArrowColumn.Type.FLOAT64),
          new ArrowColumn("mean", ArrowColumn.Type.FLOAT64),
          new ArrowColumn("max", ArrowColumn.Type.FLOAT64),
          new ArrowColumn("count", ArrowColumn.Type.UINT64),
          new ArrowColumn("stddev", ArrowColumn.Type.FLOAT64));

  /** Keeps its own copy of the columns. */
  public ArrowSchema {
    columns = List.copyOf(columns);
  }

  private static ArrowSchema of(ArrowColumn... columns) {
    return new ArrowSchema(List.of(columns));
  }

  /** Wide rows: time, then a value of each stream, in order and named by the uuid. */
  public static ArrowSchema wide(List<UUID> streams) {
    List<ArrowColumn> columns = new ArrayList<>();
    columns.add(POINTS.columns().get(0));
    for (UUID stream : streams) {
      columns.add(new ArrowColumn(stream.toString(), ArrowColumn.Type.FLOAT64));
    }
    return new ArrowSchema(columns);
  }

  /**
   * Reads what a client wants an answer cast to (reference 3.1, {@code templateBytes}): a stream
   * with a schema and no batches.
   *
   * @throws org.btrdb.client.error.BtrdbException {@link ErrorCode#PROTOCOL_VIOLATION} if it is no
   *     such stream, or a column has a type that is not one of {@link ArrowColumn.Type}
   */
  public static ArrowSchema template(byte[] bytes) {
    return SchemaMessage.template(bytes);
  }

  int size() {
    return columns.size();
  }
}
