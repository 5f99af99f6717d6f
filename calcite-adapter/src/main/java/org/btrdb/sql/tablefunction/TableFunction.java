package org.btrdb.sql.tablefunction;

import static org.btrdb.sql.tablefunction.Argument.optional;
import static org.btrdb.sql.tablefunction.Argument.required;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.btrdb.sql.catalog.ChangesTable;
import org.btrdb.sql.catalog.PointwidthTable;
import org.btrdb.sql.catalog.RelationColumn;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.tablefunction.Argument.Kind;

/** A function that answers a table. */
public enum TableFunction {
  /**
   * Statistics of the windows {@code [start + k * width, start + (k + 1) * width)} that lie wholly
   * before the end; those without points are left out.
   */
  WINDOWS(
      PointwidthTable.STATISTICS,
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("width", Kind.DURATION),
      optional("version", Kind.NUMBER),
      optional("depth", Kind.NUMBER)),
  /**
   * Statistics of windows of 2^pointwidth ns, from the one that holds the start up to but not
   * including the one that holds the end; those without points are left out.
   */
  ALIGNED_WINDOWS(
      PointwidthTable.STATISTICS,
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("pointwidth", Kind.NUMBER),
      optional("version", Kind.NUMBER)),
  /** The points of a range. */
  RAW_VALUES(
      StreamTable.POINTS,
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      optional("version", Kind.NUMBER)),
  /** The first point at or after a time or, backward, the last one before it; or no row. */
  NEAREST(
      StreamTable.POINTS,
      required("stream_id", Kind.STREAM),
      required("at", Kind.TIME),
      optional("backward", Kind.FLAG),
      optional("version", Kind.NUMBER)),
  /** The ranges of time whose points differ between two versions. */
  CHANGES(
      ChangesTable.RANGES,
      required("stream_id", Kind.STREAM),
      required("from_version", Kind.NUMBER),
      optional("to_version", Kind.NUMBER),
      optional("resolution", Kind.NUMBER)),
  /**
   * The points of several streams side by side, a row for each time that any of them has. Its
   * columns are the time and then one for each stream, named as it was given.
   */
  STREAMSET(
      List.of(),
      required("streams", Kind.STREAMS),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      optional("snap", Kind.DURATION)),
  /** The stretches of a range without points that are longer than a minimum. */
  GAPS(
      List.of(
          new RelationColumn("start_time", ColumnType.TIMESTAMP, false),
          new RelationColumn("end_time", ColumnType.TIMESTAMP, false)),
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("min_gap", Kind.DURATION),
      optional("version", Kind.NUMBER)),
  /** The times {@code start + k * step} before the end. */
  TIME_SERIES(
      List.of(new RelationColumn("time", ColumnType.TIMESTAMP, false)),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("step", Kind.DURATION)),
  /** The value of a stream at the times {@code start + k * period} before the end. */
  RESAMPLE(
      List.of(
          new RelationColumn("time", ColumnType.TIMESTAMP, false),
          new RelationColumn("value", ColumnType.DOUBLE, true)),
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("period", Kind.DURATION),
      optional("method", Kind.TEXT),
      optional("version", Kind.NUMBER)),
  /** Runs of points whose values meet a condition. */
  EVENTS(
      List.of(
          new RelationColumn("start_time", ColumnType.TIMESTAMP, false),
          new RelationColumn("end_time", ColumnType.TIMESTAMP, false),
          new RelationColumn("min", ColumnType.DOUBLE, false),
          new RelationColumn("max", ColumnType.DOUBLE, false),
          new RelationColumn("count", ColumnType.BIGINT, false)),
      required("stream_id", Kind.STREAM),
      required("start", Kind.TIME),
      required("end", Kind.TIME),
      required("predicate", Kind.TEXT),
      optional("min_gap", Kind.DURATION),
      optional("version", Kind.NUMBER));

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<RelationColumn> columns;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Argument> arguments;

  TableFunction(List<RelationColumn> columns, Argument... arguments) {
    this.columns = columns;
    this.arguments = List.of(arguments);
  }

  /** The function of a name in any case. */
  public static Optional<TableFunction> named(String name) {
    return Arrays.stream(values()).filter(f -> f.functionName().equalsIgnoreCase(name)).findFirst();
  }

  /** The name it is called by. */
  public String functionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its arguments, in order. */
  public List<Argument> arguments() {
    return arguments;
  }

  /** The columns it answers, in order; none where its arguments decide them. */
  public List<RelationColumn> columns() {
    return columns;
  }

  /** How it is called. */
  public String signature() {
    return functionName()
        + "("
        + String.join(", ", arguments.stream().map(Argument::toString).toList())
        + ")";
  }
}
