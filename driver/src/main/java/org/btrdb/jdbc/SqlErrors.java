package org.btrdb.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/** The only place that makes SQLExceptions: every one has a SQLState and a message of one line. */
public final class SqlErrors {
  private SqlErrors() {}

  /** The exception for whatever went wrong below java.sql. */
  public static SQLException of(RuntimeException e) {
    if (e instanceof BtrdbException failure) {
      return failure.code() == ErrorCode.DEADLINE_EXCEEDED
          ? new SQLTimeoutException(oneLine(e), failure.code().sqlState(), e)
          : of(failure.code().sqlState(), oneLine(e), e);
    }
    if (e instanceof SqlRefusal refusal) {
      return of(refusal.reason().sqlState(), oneLine(e), e);
    }
    return of(
        ErrorCode.INTERNAL.sqlState(),
        "internal error: " + e.getClass().getSimpleName() + ": " + oneLine(e),
        e);
  }

  /** The exception class that goes with a SQLState. */
  public static SQLException of(String sqlState, String message, @Nullable Throwable cause) {
    return switch (sqlState.substring(0, 2)) {
      case "08" -> new SQLNonTransientConnectionException(message, sqlState, cause);
      case "0A" -> new SQLFeatureNotSupportedException(message, sqlState, cause);
      case "22" -> new SQLDataException(message, sqlState, cause);
      case "23" -> new SQLIntegrityConstraintViolationException(message, sqlState, cause);
      case "28" -> new SQLInvalidAuthorizationSpecException(message, sqlState, cause);
      case "40" -> new SQLTransactionRollbackException(message, sqlState, cause);
      case "42" -> new SQLSyntaxErrorException(message, sqlState, cause);
      case "55", "58", "53" -> new SQLNonTransientException(message, sqlState, cause);
      default -> new SQLException(message, sqlState, cause);
    };
  }

  /** Something JDBC has and we do not. */
  public static SQLException unsupported(String what) {
    return of("0A000", what + " is not supported", null);
  }

  /** A value that a getter or setter cannot convert. */
  public static SQLException notConvertible(String value, String type) {
    return of("22018", "'" + value + "' can not be read as " + type, null);
  }

  /** A value beyond a getter's type. */
  public static SQLException outOfRange(String value, String type) {
    return of("22003", value + " is out of range for " + type, null);
  }

  private static String oneLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
