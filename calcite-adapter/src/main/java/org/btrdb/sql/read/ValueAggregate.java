package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.row.RowCursor;

/**
 * Statistics of those points of a range whose values meet a condition, bucket by bucket, and beside
 * them of those that meet other conditions as well. Windows of which the tree's statistics say that
 * all or none of the values meet a condition are not looked into.
 *
 * @param points of which to choose, without a limit
 * @param bucket how the range is divided
 * @param where the condition that makes rows; a bucket without such a point has none
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record ValueAggregate(
    RawRead points, Bucket bucket, ValueSet where, List<Column> columns, Limit limit)
    implements StreamRequest {

  /** What is made of a statistic. */
  public enum Use {
    /** Nothing. */
    PLAIN,
    /** A count as a sum of ones, NULL where it is 0. */
    SUM_OF_ONES,
    /** A count as a sum of ones and of zeros for the other points. */
    SUM_OF_ONES_AND_ZEROS,
    /** A sum of values and of zeros for the other points. */
    SUM_WITH_ZEROS,
    /** A count as a part of the count of all points. */
    SHARE,
    /**
     * Of a smallest or largest value the time of the first point that has it; whole ranges only.
     */
    TIME_OF
  }

  /**
   * A column.
   *
   * @param statistic of the points
   * @param values which points: a part of {@link ValueAggregate#where}
   * @param use what is made of it
   * @param type of the column
   */
  public record Column(WindowRead.Column statistic, ValueSet values, Use use, ValueType type) {}

  /** Copies the list. */
  public ValueAggregate {
    columns = List.copyOf(columns);
  }

  @Override
  public StreamTable table() {
    return points.table();
  }

  @Override
  public ReadVersion version() {
    return points.version();
  }

  @Override
  public ValueAggregate withTable(StreamTable other) {
    return new ValueAggregate(points.withTable(other), bucket, where, columns, limit);
  }

  @Override
  public ValueAggregate withLimit(Limit newLimit) {
    return new ValueAggregate(points, bucket, where, columns, newLimit);
  }

  @Override
  public ValueAggregate withColumns(List<Integer> chosen) {
    return new ValueAggregate(
        points, bucket, where, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public ValueAggregate using(BitSet used) {
    List<Column> asked = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean isUnused = column.statistic.isDeviation() && !used.get(i);
      asked.add(
          isUnused ? new Column(WindowRead.Column.UNUSED, where, Use.PLAIN, column.type) : column);
    }
    return new ValueAggregate(points, bucket, where, asked, limit);
  }

  /** Whether there is exactly one row, even for an empty range. */
  public boolean isWhole() {
    return bucket instanceof Bucket.Whole;
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column).statistic.isBucket();
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  @Override
  public boolean isAtMostOneRow() {
    return isWhole();
  }

  @Override
  public RowCursor open(Execution execution) {
    List<TimeRange> ranges = points.times().ranges(execution.parameters());
    return limit.cut(ValueAggregateRows.open(this, ranges, execution), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    List<TimeRange> ranges = points.times().ranges(execution.parameters());
    ChosenPoints chosen = ChosenPoints.of(this, execution);
    if (ranges.isEmpty() || chosen.isNone()) {
      return List.of("no call: no " + (ranges.isEmpty() ? "time" : "value") + " can match");
    }
    List<String> calls = new ArrayList<>();
    for (TimeRange range : ranges) {
      calls.add(DescentText.of(this, range, chosen, execution) + conditions());
    }
    for (Column column : columns) {
      if (column.statistic.isPointTime()) {
        calls.add("Nearest(" + TableText.of(table()) + ") for " + column.statistic);
      } else if (column.use == Use.TIME_OF) {
        calls.add("a search of the first point that has the " + column.statistic);
      }
    }
    return calls;
  }

  private String conditions() {
    List<String> texts = new ArrayList<>();
    for (Column column : columns) {
      String text = ", for value " + column.values;
      if (!column.values.isAll() && !texts.contains(text)) {
        texts.add(text);
      }
    }
    return String.join("", texts) + limit.text();
  }

  @Override
  public String text() {
    return "statistics of "
        + points.text()
        + ", value "
        + where
        + ", "
        + bucket
        + ", "
        + columns
        + limit.text();
  }
}
