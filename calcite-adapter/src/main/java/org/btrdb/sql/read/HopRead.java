package org.btrdb.sql.read;

import java.util.BitSet;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.row.RowCursor;

/**
 * Statistics of the points of windows that may overlap, made of the tree's own of windows that do
 * not.
 *
 * @param points which points
 * @param hop the windows
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record HopRead(RawRead points, Hop hop, List<WindowRead.Column> columns, Limit limit)
    implements ReadRequest {

  /** Copies the list. */
  public HopRead {
    columns = List.copyOf(columns);
  }

  /** What the windows are made of. */
  private WindowRead slots(Hop.Windows windows) {
    return new WindowRead(
        points.table(),
        points.version(),
        points.times(),
        new Bucket.Fixed(
            Scalar.constant(windows.slotNanos()), Scalar.constant(windows.originNanos())),
        columns,
        Limit.NONE);
  }

  @Override
  public HopRead withLimit(Limit newLimit) {
    return new HopRead(points, hop, columns, newLimit);
  }

  @Override
  public HopRead withColumns(List<Integer> chosen) {
    return new HopRead(points, hop, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public HopRead using(BitSet used) {
    return new HopRead(points, hop, WindowRead.Column.using(columns, used), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column).isBucket();
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public RowCursor open(Execution execution) {
    Hop.Windows windows = hop.windows(execution.parameters());
    List<TimeRange> ranges = points.times().ranges(execution.parameters());
    StatisticRow slots = BucketRows.open(slots(windows), ranges, execution);
    return limit.cut(new HopRows(windows, slots, columns, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    return slots(hop.windows(execution.parameters())).calls(execution);
  }

  @Override
  public String text() {
    return "statistics of " + points.text() + ", windows of " + hop + ", " + columns + limit.text();
  }
}
