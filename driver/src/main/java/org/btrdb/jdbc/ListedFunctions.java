package org.btrdb.jdbc;

import static java.sql.DatabaseMetaData.functionColumnIn;
import static java.sql.DatabaseMetaData.functionColumnResult;
import static java.sql.DatabaseMetaData.functionNoNulls;
import static java.sql.DatabaseMetaData.functionNoTable;
import static java.sql.DatabaseMetaData.functionNullable;
import static java.sql.DatabaseMetaData.functionNullableUnknown;
import static java.sql.DatabaseMetaData.functionReturn;
import static java.sql.DatabaseMetaData.functionReturnsTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.btrdb.sql.catalog.RelationColumn;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.ColumnType.Kind;
import org.btrdb.sql.tablefunction.Argument;
import org.btrdb.sql.tablefunction.TableFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the dialect adds to standard SQL, for {@code getFunctions} and {@code
 * getFunctionColumns}. Those that answer no table are named here once more, for asking the planner
 * would load it.
 */
final class ListedFunctions {
  private static final Place ANGLE = new Place("a", Kind.DOUBLE, "degrees");
  private static final Place NUMBER = new Place("x", Kind.DOUBLE, "");
  private static final Place VALUE = new Place("value", Kind.DOUBLE, "");
  private static final Place TIME = new Place("time", Kind.TIMESTAMP, "");
  private static final Place WIDTH =
      new Place("width", Kind.BIGINT, Argument.Kind.DURATION.description());
  private static final Place ORIGIN =
      new Place("origin", Kind.TIMESTAMP, "optional: where a bucket begins; the epoch if left out");

  private static final List<Listed> ALL =
      Stream.concat(
              Stream.of(
                  scalar(
                      "angle_diff(a, b): how far angle a is ahead of b, in [-180, 180) degrees",
                      Kind.DOUBLE,
                      ANGLE,
                      new Place("b", Kind.DOUBLE, "degrees")),
                  scalar(
                      "approx_percentile(x, fraction): the value that a fraction of all are not"
                          + " above, an aggregate",
                      Kind.DOUBLE,
                      NUMBER,
                      new Place("fraction", Kind.DOUBLE, "0 to 1, the same for all rows")),
                  scalar(
                      "date_bin(width, time [, origin]): the start of the bucket that holds a time",
                      Kind.TIMESTAMP,
                      WIDTH,
                      TIME,
                      ORIGIN),
                  scalar(
                      "date_bin_gapfill(width, time [, origin]): as date_bin, a key of GROUP BY with"
                          + " a row for each bucket of the range",
                      Kind.TIMESTAMP,
                      WIDTH,
                      TIME,
                      ORIGIN),
                  scalar(
                      "date_trunc(unit, time): the start of the unit that holds a time",
                      Kind.TIMESTAMP,
                      new Place("unit", Kind.VARCHAR, "a unit such as 'hour'"),
                      TIME),
                  scalar(
                      "from_nanos(nanos): the time that is so many nanoseconds after the epoch",
                      Kind.TIMESTAMP,
                      new Place("nanos", Kind.BIGINT, "nanoseconds since the epoch")),
                  scalar(
                      "interpolate(x): of an aggregate beside date_bin_gapfill, on the line between"
                          + " the nearest ones",
                      Kind.DOUBLE,
                      NUMBER),
                  scalar("is_nan(x): whether a number is NaN", Kind.BOOLEAN, NUMBER),
                  scalar(
                      "locf(x): of an aggregate beside date_bin_gapfill, the last one before, of its"
                          + " type",
                      Kind.DOUBLE,
                      NUMBER),
                  scalar(
                      "max_by(x, key): the x of the row with the largest key, an aggregate",
                      Kind.DOUBLE,
                      NUMBER,
                      new Place("key", Kind.DOUBLE, "")),
                  scalar(
                      "min_by(x, key): the x of the row with the smallest key, an aggregate",
                      Kind.DOUBLE,
                      NUMBER,
                      new Place("key", Kind.DOUBLE, "")),
                  scalar(
                      "median(x): the value in the middle of all, an aggregate",
                      Kind.DOUBLE,
                      NUMBER),
                  scalar(
                      "nanos(text): nanoseconds of a duration such as '5ms'",
                      Kind.BIGINT,
                      new Place("text", Kind.VARCHAR, "a duration such as '5ms'")),
                  scalar("now(): the time at which the statement began", Kind.TIMESTAMP),
                  scalar(
                      "pw_bin(k, time): the start of the bucket of 2^k ns that holds a time",
                      Kind.TIMESTAMP,
                      new Place("k", Kind.INTEGER, "0 to 62"),
                      TIME),
                  scalar(
                      "time_add(time, width): a time later by a duration",
                      Kind.TIMESTAMP,
                      TIME,
                      WIDTH),
                  scalar(
                      "time_bucket(width, time [, origin]): the same as date_bin",
                      Kind.TIMESTAMP,
                      WIDTH,
                      TIME,
                      ORIGIN),
                  scalar(
                      "time_floor(time, period [, origin [, zone]]): the start of the period of a"
                          + " time zone that holds a time",
                      Kind.TIMESTAMP,
                      TIME,
                      new Place("period", Kind.VARCHAR, "an ISO period such as 'PT1H' or 'P1M'"),
                      ORIGIN,
                      new Place(
                          "zone",
                          Kind.VARCHAR,
                          "optional: such as 'Europe/Berlin'; UTC if left out")),
                  scalar(
                      "time_in(time, range): whether a time is in an ISO range such as '2018-01' or"
                          + " '2018-01-01/P1D'",
                      Kind.BOOLEAN,
                      TIME,
                      new Place("range", Kind.VARCHAR, "an ISO range")),
                  scalar(
                      "time_integral(value, time): the integral over time of a value that holds"
                          + " until the next one, times seconds, an aggregate",
                      Kind.DOUBLE,
                      VALUE,
                      TIME),
                  scalar(
                      "time_weighted_avg(value, time): the average of a value that holds until the"
                          + " next one, an aggregate",
                      Kind.DOUBLE,
                      VALUE,
                      TIME),
                  scalar("to_nanos(time): nanoseconds since the epoch", Kind.BIGINT, TIME),
                  scalar(
                      "unwrap_angle(a): the angle without its jumps, OVER (ORDER BY time)",
                      Kind.DOUBLE,
                      ANGLE),
                  scalar(
                      "wrap_angle(a): the same angle in [-180, 180) degrees", Kind.DOUBLE, ANGLE)),
              Stream.of(TableFunction.values()).map(ListedFunctions::table))
          .sorted(Comparator.comparing(Listed::name))
          .toList();

  private ListedFunctions() {}

  /** An argument, with a type that a parameter in its place can be set with. */
  private record Place(String name, Kind type, String remarks) {}

  /**
   * A function.
   *
   * @param remarks how it is called and what it answers
   * @param result null for a table
   * @param columns of the table
   */
  private record Listed(
      String name,
      String remarks,
      @Nullable Kind result,
      List<Place> arguments,
      List<RelationColumn> columns) {}

  private static Listed scalar(String remarks, Kind result, Place... arguments) {
    String name = remarks.substring(0, remarks.indexOf('('));
    return new Listed(name, remarks, result, List.of(arguments), List.of());
  }

  private static Listed table(TableFunction function) {
    return new Listed(
        function.functionName(),
        function.signature(),
        null,
        function.arguments().stream().map(ListedFunctions::place).toList(),
        function.columns());
  }

  private static Place place(Argument argument) {
    Kind type =
        switch (argument.kind()) {
          case STREAM, TEXT -> Kind.VARCHAR;
          case STREAMS -> Kind.ARRAY;
          case TIME -> Kind.TIMESTAMP;
          case DURATION, NUMBER -> Kind.BIGINT;
          case FLAG -> Kind.BOOLEAN;
        };
    return new Place(
        argument.name(),
        type,
        (argument.isOptional() ? "optional: " : "") + argument.kind().description());
  }

  private static List<Listed> matching(NamePattern names) {
    return ALL.stream().filter(function -> names.matches(function.name)).toList();
  }

  /** Rows of the functions whose names match, in order of the names. */
  static List<@Nullable Object[]> rows(NamePattern names) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Listed function : matching(names)) {
      int type = function.result == null ? functionReturnsTable : functionNoTable;
      rows.add(
          new @Nullable Object[] {
            null, null, function.name, function.remarks, type, function.name
          });
    }
    return rows;
  }

  /**
   * Rows of what matching functions answer and take: first the value, whose name is empty, then the
   * arguments, then the columns of a table.
   */
  static List<@Nullable Object[]> columns(NamePattern names, NamePattern columns) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Listed function : matching(names)) {
      if (function.result != null && columns.matches("")) {
        Place result = new Place("", function.result, "");
        rows.add(row(function, functionReturn, 0, result, functionNullableUnknown));
      }
      for (int i = 0; i < function.arguments.size(); i++) {
        Place argument = function.arguments.get(i);
        if (columns.matches(argument.name)) {
          rows.add(row(function, functionColumnIn, i + 1, argument, functionNullableUnknown));
        }
      }
      for (int i = 0; i < function.columns.size(); i++) {
        RelationColumn column = function.columns.get(i);
        if (columns.matches(column.name())) {
          Place place = new Place(column.name(), column.type().kind(), "");
          int nullable = column.nullable() ? functionNullable : functionNoNulls;
          rows.add(row(function, functionColumnResult, i + 1, place, nullable));
        }
      }
    }
    return rows;
  }

  private static @Nullable Object[] row(
      Listed function, int columnType, int ordinal, Place place, int nullable) {
    SqlTypeInfo type = SqlTypeInfo.of(place.type);
    boolean isText = place.type == Kind.VARCHAR;
    int precision = isText ? Integer.MAX_VALUE : type.precision();
    return new @Nullable Object[] {
      null,
      null,
      function.name,
      place.name,
      columnType,
      type.jdbcType(),
      type.name(),
      precision > 0 ? precision : null,
      null,
      place.type == Kind.TIMESTAMP ? (Integer) SqlTypeInfo.scale(ColumnType.TIMESTAMP) : null,
      type.signed() ? (Integer) 10 : null,
      nullable,
      place.remarks.isEmpty() ? null : place.remarks,
      isText ? Integer.MAX_VALUE : null,
      ordinal,
      switch (nullable) {
        case functionNoNulls -> "NO";
        case functionNullable -> "YES";
        default -> "";
      },
      function.name
    };
  }
}
