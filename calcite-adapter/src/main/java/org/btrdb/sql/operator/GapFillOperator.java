package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.plan.GapFill;
import org.btrdb.sql.read.Grid;
import org.btrdb.sql.row.RowCursor;

/**
 * Groups of buckets with rows made for the buckets that have none. Made rows are not held; of the
 * others those are, which come before the next value that a line leads to.
 *
 * @param input ordered by the other keys and then by the buckets
 */
record GapFillOperator(Operator input, GapFill.Spec spec, List<ValueType> types)
    implements Operator {

  /** Fills the groups of an input, which is sorted if it must be. */
  static GapFillOperator of(Operator input, GapFill.Spec spec) {
    List<ValueType> types = new ArrayList<>(input.types());
    for (GapFill.Fill fill : spec.fills()) {
      types.add(
          fill.kind() == GapFill.Kind.LOCF ? input.types().get(fill.column()) : ValueType.DOUBLE);
    }
    List<SortKey> order = order(spec).stream().map(SortKey::ascending).toList();
    return new GapFillOperator(SortOperator.sorted(input, order), spec, List.copyOf(types));
  }

  private static List<Integer> order(GapFill.Spec spec) {
    List<Integer> order = new ArrayList<>(spec.keys());
    order.add(spec.time());
    return order;
  }

  @Override
  public RowCursor open(Run run) {
    Grid grid = spec.bucket().grid(run.execution().parameters());
    List<TimeRange> ranges = spec.times().ranges(run.execution().parameters(), spec.within());
    return new GapFillRows(this, grid, ranges, input.open(run), run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return "Fill gaps: "
        + spec.bucket()
        + ", time in "
        + spec.times()
        + (spec.keys().isEmpty() ? "" : ", for each of " + spec.keys())
        + (spec.fills().isEmpty() ? "" : ", " + spec.fills());
  }

  @Override
  public boolean isOrderedBy(List<SortKey> wanted) {
    List<Integer> order = order(spec);
    if (wanted.size() > order.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      SortKey key = wanted.get(i);
      boolean isSame =
          key.column() == order.get(i)
              && !key.descending()
              && (!key.nullsFirst() || key.column() == spec.time()); // no bucket is NULL
      if (!isSame) {
        return false;
      }
    }
    return true;
  }
}
