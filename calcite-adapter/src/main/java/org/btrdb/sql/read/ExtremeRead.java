package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * The points with the largest or the smallest values, best first; of equal values the earlier ones
 * first. Only windows that can hold one of so many are looked into.
 *
 * @param points of which to choose, without a limit
 * @param largest whether the largest, else the smallest
 * @param limit rows to skip and to answer
 */
public record ExtremeRead(RawRead points, boolean largest, Limit limit) implements StreamRequest {

  @Override
  public StreamTable table() {
    return points.table();
  }

  @Override
  public ReadVersion version() {
    return points.version();
  }

  @Override
  public ExtremeRead withTable(StreamTable other) {
    return new ExtremeRead(points.withTable(other), largest, limit);
  }

  @Override
  public ExtremeRead withLimit(Limit newLimit) {
    return new ExtremeRead(points, largest, newLimit);
  }

  @Override
  public ExtremeRead withColumns(List<Integer> chosen) {
    return new ExtremeRead(points.withColumns(chosen), largest, limit);
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = points.times().ranges(execution.parameters());
    long wanted = limit.reach(execution.parameters());
    return limit.cut(
        new ExtremeRows(this, ranges, new BestPoints(wanted, largest, execution), execution),
        execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return points.times().ranges(execution.parameters()).stream()
        .map(
            range ->
                "AlignedWindows("
                    + TableText.of(table())
                    + ", "
                    + TimeBounds.text(range)
                    + ", "
                    + version()
                    + "), finer ones and RawValues where the "
                    + (largest ? "largest" : "smallest")
                    + " values can be"
                    + limit.text())
        .toList();
  }

  @Override
  public String text() {
    return points.text() + (largest ? ", largest" : ", smallest") + " values first" + limit.text();
  }
}
