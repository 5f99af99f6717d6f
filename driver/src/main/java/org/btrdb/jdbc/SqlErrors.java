package org.btrdb.jdbc;

import java.io.IOException;
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
import java.sql.SQLTransientException;
import java.sql.SQLWarning;
import java.util.List;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/** Makes every SQLException of the driver: one line, an SQLState, the subclass that fits it. */
final class SqlErrors {
  private static final String CONNECTION_DOES_NOT_EXIST = "08003";
  private static final String UNABLE_TO_CONNECT = "08001";
  private static final String CONNECTION_LOST = "08006";
  private static final String UNSUPPORTED = "0A000";
  private static final String READ_ONLY = "25006";
  private static final String UNREADABLE = "22000";
  private static final String INVALID_DESCRIPTOR_INDEX = "07009";
  private static final String RESTRICTED_TYPE = "07006";
  private static final String PARAMETER_MISSING = "07001";
  private static final String OUT_OF_RANGE = "22003";
  private static final String INVALID_TEXT = "22018";
  private static final String INVALID_ARGUMENT = "HY024";
  private static final String INVALID_CURSOR_STATE = "24000";
  private static final String SEQUENCE_ERROR = "HY010";
  private static final String INTERNAL = "XX000";
  private static final String WARNING = "01000";

  /** The state of the warning that a text was cut. */
  static final String TEXT_CUT = "01004";

  /** The state of the warning that something else than what was asked for holds. */
  static final String OPTION_CHANGED = "01S02";

  private SqlErrors() {}

  /** What went wrong below the driver, as java.sql says it. */
  static SQLException of(RuntimeException failure) {
    if (failure instanceof BtrdbException e) {
      return e.code() == ErrorCode.DEADLINE_EXCEEDED
          ? new SQLTimeoutException(line(e), e.code().sqlState(), e)
          : make(line(e), e.code().sqlState(), e.code().statusCode(), e);
    }
    if (failure instanceof SqlRefusal e) {
      return make(line(e), e.reason().sqlState(), 0, e);
    }
    return make("internal error: " + line(failure), INTERNAL, 0, failure);
  }

  /** Whether something failed that no user can be blamed for. */
  static boolean isInternal(SQLException failure) {
    return INTERNAL.equals(failure.getSQLState());
  }

  static SQLException invalidUrl(String message) {
    return make(message, UNABLE_TO_CONNECT, 0, null);
  }

  /** A closed connection, statement or result, named by the caller. */
  static SQLException closed(String what) {
    return what.equals("connection")
        ? make("connection is closed", CONNECTION_DOES_NOT_EXIST, 0, null)
        : make(
            what + " is closed",
            what.equals("result set") ? INVALID_CURSOR_STATE : SEQUENCE_ERROR,
            0,
            null);
  }

  static SQLFeatureNotSupportedException unsupported(String feature) {
    return new SQLFeatureNotSupportedException("not supported: " + feature, UNSUPPORTED);
  }

  /** An update on a connection that was set read-only. */
  static SQLException readOnly() {
    return make("connection is read-only", READ_ONLY, 0, null);
  }

  /** A stream or reader of a parameter that failed. */
  static SQLException unreadableParameter(IOException cause) {
    return new SQLDataException(
        "cannot read the parameter: " + cause.getMessage(), UNREADABLE, cause);
  }

  /** A call that went unanswered for longer than the network timeout. */
  static SQLTimeoutException networkTimeout(long millis, RuntimeException cause) {
    return new SQLTimeoutException(
        "no answer within the network timeout of " + millis + " ms; the connection is closed",
        CONNECTION_LOST,
        cause);
  }

  /** A column or parameter number out of range, or a label that does not exist. */
  static SQLException noSuchColumn(String message) {
    return new SQLNonTransientException(message, INVALID_DESCRIPTOR_INDEX);
  }

  /** A conversion that makes no sense for the type, whatever the value. */
  static SQLException noConversion(String from, String to) {
    return new SQLDataException("cannot read " + from + " as " + to, RESTRICTED_TYPE);
  }

  static SQLException outOfRange(Object value, String type) {
    return new SQLDataException("value " + value + " out of range for " + type, OUT_OF_RANGE);
  }

  static SQLException invalidText(String text, String type, @Nullable Throwable cause) {
    return new SQLDataException("'" + text + "' is no " + type, INVALID_TEXT, cause);
  }

  static SQLException missingParameter(int number) {
    return new SQLSyntaxErrorException("parameter " + number + " is not set", PARAMETER_MISSING);
  }

  static SQLException invalidArgument(String message) {
    return new SQLNonTransientException(message, INVALID_ARGUMENT);
  }

  /** Reading a value without a current row. */
  static SQLException noCurrentRow() {
    return new SQLNonTransientException("no current row: call next() first", INVALID_CURSOR_STATE);
  }

  /** A call that does not fit what was called before. */
  static SQLException sequence(String message) {
    return new SQLNonTransientException(message, SEQUENCE_ERROR);
  }

  /** Warnings as java.sql chains them; null for none. */
  static @Nullable SQLWarning warning(List<String> messages) {
    SQLWarning first = null;
    for (String message : messages) {
      SQLWarning next = new SQLWarning(message, WARNING);
      if (first == null) {
        first = next;
      } else {
        first.setNextWarning(next);
      }
    }
    return first;
  }

  private static SQLException make(
      String message, String state, int vendorCode, @Nullable Throwable cause) {
    return switch (state.substring(0, 2)) {
      case "08" -> new SQLNonTransientConnectionException(message, state, vendorCode, cause);
      case "0A" -> new SQLFeatureNotSupportedException(message, state, vendorCode, cause);
      case "22" -> new SQLDataException(message, state, vendorCode, cause);
      case "23" -> new SQLIntegrityConstraintViolationException(message, state, vendorCode, cause);
      case "28" -> new SQLInvalidAuthorizationSpecException(message, state, vendorCode, cause);
      case "40" -> new SQLTransactionRollbackException(message, state, vendorCode, cause);
      case "42" -> new SQLSyntaxErrorException(message, state, vendorCode, cause);
      case "53" -> new SQLTransientException(message, state, vendorCode, cause);
      default -> new SQLException(message, state, vendorCode, cause);
    };
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
