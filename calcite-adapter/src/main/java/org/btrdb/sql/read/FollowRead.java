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
 */
public record FollowRead(StreamTable table, List<RawRead.Column> columns) implements ReadRequest {

  /** Copies the list. */
  public FollowRead {
    columns = List.copyOf(columns);
  }

  @Override
  public Limit limit() {
    return Limit.NONE;
  }

  @Override
  public ReadRequest withLimit(Limit limit) {
    throw new IllegalStateException("a limit stands above " + text());
  }

  @Override
  public FollowRead withColumns(List<Integer> chosen) {
    return new FollowRead(table, chosen.stream().map(columns::get).toList());
  }

  @Override
  public RowCursor open(Execution execution) {
    return new FollowRows(this, execution);
  }

  @Override
  public List<String> calls(Execution execution) {
    return List.of("Subscribe(" + TableText.of(table) + "): without end");
  }

  @Override
  public String text() {
    return "inserts into " + TableText.of(table) + ", " + columns;
  }
}
