package org.btrdb.embedded.streamsql;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Makes refusals of statements. */
final class BadSql {
  private static final int LONGEST_WORD = 60;

  private BadSql() {}

  /** What is wrong with a word of the statement. */
  static BtrdbException at(Token token, String what) {
    String word = token.kind() == Token.Kind.END ? "the end" : quoted(token.text());
    return at(token.at(), word + ": " + what);
  }

  /**
   * What is wrong at a place.
   *
   * @param at index of the character, from 0
   */
  static BtrdbException at(int at, String what) {
    return of("character " + (at + 1) + ": " + what);
  }

  /** What is wrong, nowhere in particular. */
  static BtrdbException of(String what) {
    return of(what, null);
  }

  /** What is wrong, nowhere in particular, and why. */
  static BtrdbException of(String what, @Nullable Throwable cause) {
    return new BtrdbException(ErrorCode.BAD_SQL, what, cause);
  }

  /** A text in quotes, cut to fit one line. */
  static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return "'"
        + (line.length() <= LONGEST_WORD ? line : line.substring(0, LONGEST_WORD) + "…")
        + "'";
  }
}
