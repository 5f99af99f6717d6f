package org.btrdb.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Arguments that Statement and ResultSet take alike. */
final class StatementChecks {

  private StatementChecks() {}

  /** A fetch size as it is kept; MySQL's idiom for streaming counts as none. */
  static int fetchSize(int rows) throws SQLException {
    if (rows < 0 && rows != Integer.MIN_VALUE) {
      throw SqlErrors.invalidArgument("fetch size " + rows + " is negative");
    }
    return Math.max(rows, 0);
  }

  static void fetchDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.invalidArgument("fetch direction " + direction + " does not exist");
    }
  }

  static long notNegative(String what, long value) throws SQLException {
    if (value < 0) {
      throw SqlErrors.invalidArgument(what + " " + value + " is negative");
    }
    return value;
  }
}
