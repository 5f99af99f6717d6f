package org.btrdb.sql.read;

import java.util.List;
import java.util.Locale;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.expression.NoRow;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The value of a stream at times of equal distances, whether it has a point there or not.
 *
 * @param table the stream
 * @param version the state of it
 * @param steps the times
 * @param method the name of a {@link Method}; empty for the first
 * @param columns what each row has
 * @param limit rows to skip and to answer
 */
public record ResampleRead(
    StreamTable table,
    ReadVersion version,
    TimeSteps steps,
    Scalar method,
    List<RawRead.Column> columns,
    Limit limit)
    implements StreamRequest {

  /**
   * What the value at a time is. Of several points at one time the last one counts at it and later,
   * the first one before it.
   */
  public enum Method {
    /** That of the last point at or before it; NULL if there is none. */
    PREVIOUS,
    /** On the line between the points beside it; NULL without a point on either side. */
    LINEAR,
    /** That of the nearer of the points beside it, the earlier one of two as near. */
    NEAREST
  }

  /** Copies the list. */
  public ResampleRead {
    columns = List.copyOf(columns);
  }

  /** Times and values. */
  public static ResampleRead of(
      StreamTable table, ReadVersion version, TimeSteps steps, Scalar method) {
    return new ResampleRead(
        table, version, steps, method, List.of(RawRead.Column.values()), Limit.NONE);
  }

  @Override
  public ResampleRead withTable(StreamTable other) {
    return new ResampleRead(other, version, steps, method, columns, limit);
  }

  @Override
  public ResampleRead withLimit(Limit newLimit) {
    return new ResampleRead(table, version, steps, method, columns, newLimit);
  }

  @Override
  public ResampleRead withColumns(List<Integer> chosen) {
    return new ResampleRead(
        table, version, steps, method, chosen.stream().map(columns::get).toList(), limit);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return columns.get(column) == RawRead.Column.TIME;
  }

  @Override
  public boolean isOrderUnique() {
    return true;
  }

  private Method method(Execution execution) {
    Object name = method.body().value(execution.parameters());
    if ("".equals(name)) {
      return Method.PREVIOUS;
    }
    for (Method known : Method.values()) {
      if (known.name().equalsIgnoreCase(String.valueOf(name).strip())) {
        return known;
      }
    }
    throw new SqlRefusal(
        SqlRefusal.Reason.INVALID_VALUE,
        "method of resample is 'previous', 'linear' or 'nearest', not "
            + (name == null ? "NULL" : "'" + name + "'"),
        null);
  }

  /** The points that decide: those between the first and the last time, and the ones beside. */
  private ReachingRead points(TimeSteps.Walk walk, Method how) {
    TimeRange all = TimeRange.ALL;
    long from = Math.max(all.startNanos(), Math.min(walk.first(), all.endNanos() - 1));
    long to = Math.max(from, Math.min(walk.last(), all.endNanos() - 1)) + 1;
    TimeBounds.Bound start = new TimeBounds.Bound(Scalar.constant(from), false);
    TimeBounds.Bound end = new TimeBounds.Bound(Scalar.constant(to), false);
    RawRead inside =
        RawRead.all(table).withVersion(version).withTimes(TimeSet.of(List.of(start), List.of(end)));
    return new ReachingRead(inside, true, how != Method.PREVIOUS);
  }

  @Override
  public RowCursor open(Execution execution) {
    TimeSteps.@Nullable Walk walk = steps.walk(execution);
    Method how = method(execution);
    if (walk == null || limit.reach(execution.parameters()) == 0) {
      return NoRow.INSTANCE;
    }
    RowCursor points = points(walk, how).open(execution);
    return limit.cut(new ResampleRows(columns, walk, how, points), execution.parameters());
  }

  @Override
  public List<String> calls(Execution execution) {
    TimeSteps.@Nullable Walk walk = steps.walk(execution);
    return walk == null
        ? List.of("no call: no time can match")
        : points(walk, method(execution)).calls(execution);
  }

  @Override
  public String text() {
    return "values of "
        + TableText.of(table)
        + ", "
        + version
        + ", at times in "
        + steps
        + ", "
        + method.text().toLowerCase(Locale.ROOT)
        + ", "
        + columns
        + limit.text();
  }
}
