package org.btrdb.sql.wide;

import java.util.List;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.MergedRows;
import org.btrdb.sql.read.OpenAll;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.WindowRead;
import org.btrdb.sql.row.RowCursor;

/**
 * Statistics of several streams side by side, a row for each bucket in which any of them has a
 * point, or the one row of whole ranges.
 *
 * @param reads one for each stream; the first column of each is its bucket, unless they are whole
 * @param columns where each column comes from
 * @param limit rows to skip and to answer
 */
public record WideWindowRead(List<WindowRead> reads, List<MergedRows.Source> columns, Limit limit)
    implements ReadRequest {

  /** Copies the lists. */
  public WideWindowRead {
    reads = List.copyOf(reads);
    columns = List.copyOf(columns);
  }

  @Override
  public WideWindowRead withLimit(Limit newLimit) {
    return new WideWindowRead(reads, columns, newLimit);
  }

  @Override
  public WideWindowRead withColumns(List<Integer> chosen) {
    return new WideWindowRead(reads, chosen.stream().map(columns::get).toList(), limit);
  }

  private boolean isWhole() {
    return reads.get(0).isWhole();
  }

  @Override
  public boolean isOrderedBy(int column) {
    return !isWhole() && columns.get(column).equals(MergedRows.Source.KEY);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<RowCursor> inputs = OpenAll.of(reads, execution);
    RowCursor rows = isWhole() ? new SingleRows(inputs, columns) : new MergedRows(inputs, columns);
    return limit.cut(rows, execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return reads.stream().flatMap(read -> read.calls(execution).stream()).toList();
  }

  @Override
  public String text() {
    return "side by side "
        + reads.stream().map(read -> read.table().stream().uuid() + ": " + read.text()).toList()
        + ", columns "
        + columns
        + limit.text();
  }
}
