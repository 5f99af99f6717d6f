package org.btrdb.sql.parser;

/** A statement that is not in the language, with the place where that shows. */
public final class SqlSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  SqlSyntaxException(String message, int line, int column, Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
  }

  /** The line of the offending token, counted from 1. */
  public int line() {
    return line;
  }

  /** The column of the offending token's first character, counted from 1. */
  public int column() {
    return column;
  }
}
