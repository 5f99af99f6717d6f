package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of time whose points differ between two versions of a stream.
 *
 * @param table the stream
 * @param since the older version; 0 for before the first point
 * @param version the newer one
 * @param resolution 0 to 63: changes are told to 2^resolution ns at best
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record ChangesRead(
    StreamTable table,
    Scalar since,
    ReadVersion version,
    Scalar resolution,
    List<Column> columns,
    Limit limit)
    implements StreamRequest {

  /** A part of a changed range. */
  public enum Column {
    /** Its first nanosecond. */
    START_TIME,
    /** The first nanosecond after it. */
    END_TIME,
    /** The newer version. */
    VERSION
  }

  private static final int MAX_RESOLUTION = 63;

  /** Copies the list. */
  public ChangesRead {
    columns = List.copyOf(columns);
  }

  /** All columns of the changes between two versions. */
  public static ChangesRead of(
      StreamTable table, Scalar since, ReadVersion version, Scalar resolution) {
    return new ChangesRead(table, since, version, resolution, List.of(Column.values()), Limit.NONE);
  }

  /** Every change there ever was. */
  public static ChangesRead all(StreamTable table) {
    return of(table, Scalar.constant(0L), ReadVersion.LATEST, Scalar.constant(0L));
  }

  /** The changes up to another version. */
  public ChangesRead withVersion(ReadVersion other) {
    return new ChangesRead(table, since, other, resolution, columns, limit);
  }

  @Override
  public ChangesRead withTable(StreamTable other) {
    return new ChangesRead(other, since, version, resolution, columns, limit);
  }

  @Override
  public ChangesRead withLimit(Limit newLimit) {
    return new ChangesRead(table, since, version, resolution, columns, newLimit);
  }

  @Override
  public ChangesRead withColumns(List<Integer> chosen) {
    return new ChangesRead(
        table, since, version, resolution, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == Column.START_TIME;
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public RowCursor open(Execution execution) {
    List<@Nullable Object> parameters = execution.parameters();
    long from = since(parameters);
    long to = version.number(parameters);
    if (to != StreamVersion.LATEST && from > to) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "changes are told from an older version to a newer one, not from " + from + " to " + to);
    }
    ChangesRows rows =
        new ChangesRows(
            columns,
            execution
                .btrdb()
                .changes(
                    table.stream().uuid(), from, to, resolution(parameters), execution.scope()));
    return limit.cut(rows, parameters);
  }

  private long since(List<@Nullable Object> parameters) {
    Long from = since.longValue(parameters);
    if (from == null || from < 0) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "changes are told since a version from 0 on, not since " + from);
    }
    return from;
  }

  private int resolution(List<@Nullable Object> parameters) {
    Long bits = resolution.longValue(parameters);
    if (bits == null || bits < 0 || bits > MAX_RESOLUTION) {
      throw new BtrdbException(
          ErrorCode.INVALID_WIDTH, "a resolution is 0 to " + MAX_RESOLUTION + ", not " + bits);
    }
    return bits.intValue();
  }

  @Override
  public List<String> calls(Execution execution) {
    return List.of(
        "Changes("
            + TableText.of(table)
            + ", from version "
            + since(execution.parameters())
            + " to "
            + version
            + ", resolution "
            + resolution(execution.parameters())
            + ")"
            + limit.text());
  }

  @Override
  public String text() {
    return "changes of "
        + TableText.of(table)
        + ", since version "
        + since
        + ", to "
        + version
        + ", resolution "
        + resolution
        + ", "
        + columns
        + limit.text();
  }
}
