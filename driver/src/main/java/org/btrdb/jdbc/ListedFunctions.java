package org.btrdb.jdbc;

import static java.sql.DatabaseMetaData.functionNoTable;
import static java.sql.DatabaseMetaData.functionReturnsTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.btrdb.sql.tablefunction.TableFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the dialect adds to standard SQL, for {@code getFunctions}. The scalar ones
 * are named here once more, for asking the planner would load it.
 */
final class ListedFunctions {
  /** How each is called, and what it answers. */
  private static final List<String> SCALAR =
      List.of(
          "angle_diff(a, b): how far angle a is ahead of b, in [-180, 180) degrees",
          "date_bin(width, time [, origin]): the start of the bucket that holds a time",
          "date_trunc(unit, time): the start of the unit that holds a time",
          "from_nanos(nanos): the time that is so many nanoseconds after the epoch",
          "is_nan(x): whether a number is NaN",
          "nanos(text): nanoseconds of a duration such as '5ms'",
          "now(): the time at which the statement began",
          "pw_bin(k, time): the start of the bucket of 2^k ns that holds a time",
          "time_add(time, width): a time later by a duration",
          "time_bucket(width, time [, origin]): the same as date_bin",
          "time_in(time, range): whether a time is in an ISO range such as '2018-01' or"
              + " '2018-01-01/P1D'",
          "to_nanos(time): nanoseconds since the epoch",
          "wrap_angle(a): the same angle in [-180, 180) degrees");

  private ListedFunctions() {}

  /** Rows of the functions whose names match, in order of the names. */
  static List<@Nullable Object[]> rows(NamePattern names) {
    TreeMap<String, @Nullable Object[]> rows = new TreeMap<>(Comparator.naturalOrder());
    for (String scalar : SCALAR) {
      String name = scalar.substring(0, scalar.indexOf('('));
      rows.put(name, row(name, scalar, functionNoTable));
    }
    for (TableFunction function : TableFunction.values()) {
      String name = function.functionName();
      rows.put(name, row(name, function.signature(), functionReturnsTable));
    }
    rows.keySet().removeIf(name -> !names.matches(name));
    return new ArrayList<>(rows.values());
  }

  private static @Nullable Object[] row(String name, String remarks, int type) {
    return new @Nullable Object[] {null, null, name, remarks, type, name};
  }
}
