package org.btrdb.sql;

import org.jspecify.annotations.Nullable;

/** A statement that is wrong, or right but not supported; the message is one line. */
public final class SqlRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a statement is refused, with the SQLState that says so. */
  public enum Reason {
    /** It does not parse. */
    SYNTAX("42601"),
    /** A table that does not exist. */
    UNKNOWN_TABLE("42S02"),
    /** A column that does not exist. */
    UNKNOWN_COLUMN("42S22"),
    /** It parses and makes no sense: types, ambiguous names, wrong arguments. */
    INVALID("42000"),
    /** A value that cannot be converted. */
    INVALID_VALUE("22018"),
    /** The text of a value that is longer than the type it is cast to. */
    TOO_LONG("22001"),
    /** A NULL where none can be. */
    NOT_NULL("23502"),
    /** A number or time outside what its type holds. */
    OUT_OF_RANGE("22003"),
    /** A whole number divided by 0. */
    DIVISION_BY_ZERO("22012"),
    /** A sub-query for one value that has several rows. */
    CARDINALITY("21000"),
    /** More rows must be held at once than the session may. */
    OUT_OF_MEMORY("54000"),
    /** More operators, sub-queries or sets inside each other than the stack holds. */
    TOO_COMPLEX("54001"),
    /** Right, but not supported. */
    UNSUPPORTED("0A000");

    private final String sqlState;

    Reason(String sqlState) {
      this.sqlState = sqlState;
    }

    /** Five characters. */
    public String sqlState() {
      return sqlState;
    }
  }

  private final Reason reason;

  /** A refusal; the cause may be null. */
  public SqlRefusal(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A text that stands for a value, has more than so many characters, and must not be cut. */
  public static SqlRefusal tooLong(String text, int length) {
    return new SqlRefusal(
        Reason.TOO_LONG, "'" + text + "' has more than " + length + " characters", null);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
