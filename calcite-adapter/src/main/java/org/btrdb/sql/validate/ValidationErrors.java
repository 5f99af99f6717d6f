package org.btrdb.sql.validate;

import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.sql.SqlRefusal;

/** Calcite's validation errors as one line each, with the reason users' tools look at. */
final class ValidationErrors {
  /** What Calcite's converter puts before the expression it failed with. */
  private static final String CONVERTING = "while converting ";

  /** Said of every function whose windows need an order. */
  private static final String NEEDS_ORDER = "RANK or DENSE_RANK functions require";

  private static final int MAX_SHOWN = 100;

  private static final Pattern NO_DEFAULT =
      Pattern.compile("Column '.*' has no default value.*", Pattern.DOTALL);
  private static final Pattern NO_STREAM =
      Pattern.compile("Object '(.*)' not found within '(.*)'", Pattern.DOTALL);
  private static final Pattern NO_TABLE =
      Pattern.compile("(Object|Table) '.*' not found.*", Pattern.DOTALL);
  private static final Pattern NO_COLUMN =
      Pattern.compile("(Column|Unknown field|Unknown target column) '.*", Pattern.DOTALL);

  private static final Pattern DIFFERENCE =
      Pattern.compile(
          "Cannot apply '-' to arguments of type '<(TIMESTAMP.*|DATE)> - <(TIMESTAMP.*|DATE)>'.*",
          Pattern.DOTALL);

  private ValidationErrors() {}

  /**
   * The refusal for an error.
   *
   * @param missing says that a schema has no such table
   */
  static RuntimeException refusal(CalciteContextException e, BinaryOperator<String> missing) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof BtrdbException || cause instanceof SqlRefusal) {
      return (RuntimeException) cause;
    }
    String message = oneLine(String.valueOf(cause.getMessage()));
    SqlRefusal.Reason reason = SqlRefusal.Reason.INVALID;
    Matcher noStream = NO_STREAM.matcher(message);
    if (noStream.matches()) {
      message = missing.apply(noStream.group(2), noStream.group(1));
      reason = SqlRefusal.Reason.UNKNOWN_TABLE;
    } else if (NO_TABLE.matcher(message).matches()) {
      reason = SqlRefusal.Reason.UNKNOWN_TABLE;
    } else if (NO_DEFAULT.matcher(message).matches()) {
      reason = SqlRefusal.Reason.NOT_NULL;
    } else if (NO_COLUMN.matcher(message).matches()) {
      reason = SqlRefusal.Reason.UNKNOWN_COLUMN;
    } else if (DIFFERENCE.matcher(message).matches()) {
      message =
          "the difference of two times needs a unit: write TIMESTAMPDIFF(NANOSECOND, earlier,"
              + " later)";
    }
    message = message.replace(NEEDS_ORDER, "this function needs an");
    // Calls of these are made by the dialect out of what users write without the prefix.
    message = message.replace("BTRDB_TIMESTAMP", "TIMESTAMP");
    return new SqlRefusal(reason, at(e) + message, e);
  }

  /**
   * The refusal for what Calcite did not foresee. Its text is about Calcite's insides, but for
   * where it says what it was about.
   */
  static RuntimeException fault(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BtrdbException || cause instanceof SqlRefusal) {
        return (RuntimeException) cause;
      }
    }
    String message = oneLine(String.valueOf(fault.getMessage()));
    String what =
        message.startsWith(CONVERTING)
            ? ": " + shortened(message.substring(CONVERTING.length()).strip())
            : "";
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "the statement has a form that is not supported" + what,
        fault);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private static String at(CalciteContextException e) {
    return Places.of(e.getPosLine(), e.getPosColumn());
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
