package org.btrdb.embedded.streamsql;

/**
 * A word of a statement.
 *
 * @param kind what it is
 * @param text a name or word in its spelling as a name (folded unless quoted), a literal's value,
 *     an operator
 * @param at index of its first character
 */
record Token(Kind kind, String text, int at) {

  /** What a token is. */
  enum Kind {
    /** A keyword or a name without quotes, in lower case. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    TEXT,
    NUMBER,
    /** {@code $1}: its text is the number. */
    PARAMETER,
    OPERATOR,
    END
  }

  /** Whether it is this keyword. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Whether it is this operator. */
  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }
}
