package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * The points that are inserted into a stream from now on, in the order of the inserts: what {@code
 * SELECT STREAM} reads. It has no end but that of its scope, or an error.
 *
 * @param table the stream
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record FollowRead(StreamTable table, List<RawRead.Column> columns, Limit limit)
    implements ReadRequest {

  /** Copies the list. */
  public FollowRead {
    columns = List.copyOf(columns);
  }

  /** All inserts of a stream whose whole is read. */
  public static FollowRead of(RawRead all) {
    return new FollowRead(all.table(), all.columns(), Limit.NONE);
  }

  @Override
  public FollowRead withLimit(Limit newLimit) {
    return new FollowRead(table, columns, newLimit);
  }

  @Override
  public FollowRead withColumns(List<Integer> chosen) {
    return new FollowRead(table, chosen.stream().map(columns::get).toList(), limit);
  }

  /** An insert may be of any time. */
  @Override
  public int orderedBy() {
    return -1;
  }

  @Override
  public RowCursor open(Execution execution) {
    return limit.cut(new FollowRows(this, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return List.of("Subscribe(" + TableText.of(table) + "): without end" + limit.text());
  }

  @Override
  public String text() {
    return "inserts into " + TableText.of(table) + ", " + columns + limit.text();
  }
}
