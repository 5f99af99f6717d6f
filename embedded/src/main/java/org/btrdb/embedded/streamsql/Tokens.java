package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.btrdb.embedded.streamsql.Token.Kind;

/** Cuts a statement into tokens by PostgreSQL's rules. */
final class Tokens {
  private static final String SINGLE = "(),;.[]";
  private static final String OPERATOR = "+-*/<>=~!@#%^&|`?:";

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Tokens(String sql) {
    this.sql = sql;
  }

  /** The tokens of a statement, the last one of kind END. */
  static List<Token> of(String sql) {
    Tokens tokens = new Tokens(sql);
    while (tokens.skipBlanks()) {
      tokens.take();
    }
    tokens.tokens.add(new Token(Kind.END, "", sql.length()));
    return tokens.tokens;
  }

  private char peek(int ahead) {
    return position + ahead < sql.length() ? sql.charAt(position + ahead) : '\0';
  }

  /** Skips blanks and comments; false at the end. */
  private boolean skipBlanks() {
    while (position < sql.length()) {
      if (" \t\n\r\f\u000b".indexOf(peek(0)) >= 0) {
        position++;
      } else if (peek(0) == '-' && peek(1) == '-') {
        int end = sql.indexOf('\n', position);
        position = end < 0 ? sql.length() : end;
      } else if (peek(0) == '/' && peek(1) == '*') {
        skipComment();
      } else {
        return true;
      }
    }
    return false;
  }

  /** Comments nest. */
  private void skipComment() {
    int begin = position;
    int depth = 0;
    do {
      if (position >= sql.length()) {
        throw BadSql.at(begin, "a comment has no end");
      }
      if (peek(0) == '/' && peek(1) == '*') {
        depth++;
        position += 2;
      } else if (peek(0) == '*' && peek(1) == '/') {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0);
  }

  private void take() {
    char c = peek(0);
    int begin = position;
    if (c == '\'') {
      add(Kind.TEXT, quoted('\''), begin);
    } else if (c == '"') {
      String name = quoted('"');
      if (name.isEmpty()) {
        throw BadSql.at(begin, "a name in quotes is empty");
      }
      add(Kind.QUOTED_NAME, name, begin);
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      takeNumber();
    } else if (c == '$' && isDigit(peek(1))) {
      position++;
      takeDigits();
      add(Kind.PARAMETER, sql.substring(begin + 1, position), begin);
    } else if (isNameStart(c)) {
      takeWord();
    } else if (SINGLE.indexOf(c) >= 0) {
      position++;
      add(Kind.OPERATOR, String.valueOf(c), begin);
    } else if (OPERATOR.indexOf(c) >= 0) {
      takeOperator();
    } else {
      throw BadSql.at(begin, BadSql.quoted(String.valueOf(c)) + " is no part of SQL here");
    }
  }

  private void add(Kind kind, String text, int at) {
    tokens.add(new Token(kind, text, at));
  }

  /** What is in quotes; doubled ones stand for themselves. */
  private String quoted(char quote) {
    int begin = position;
    StringBuilder text = new StringBuilder();
    while (true) {
      int end = sql.indexOf(quote, position + 1);
      if (end < 0) {
        throw BadSql.at(begin, "what is quoted has no end");
      }
      text.append(sql, position + 1, end);
      position = end;
      if (peek(1) != quote) {
        position++;
        return text.toString();
      }
      text.append(quote);
      position++;
    }
  }

  private void takeNumber() {
    int begin = position;
    takeDigits();
    if (peek(0) == '.') {
      position++;
      takeDigits();
    }
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
      position += 1 + sign;
      takeDigits();
    }
    if (isNameStart(peek(0))) {
      throw BadSql.at(begin, "a number ends in " + BadSql.quoted(String.valueOf(peek(0))));
    }
    add(Kind.NUMBER, sql.substring(begin, position), begin);
  }

  private void takeDigits() {
    while (isDigit(peek(0))) {
      position++;
    }
  }

  private void takeWord() {
    int begin = position;
    while (isNameStart(peek(0)) || isDigit(peek(0)) || peek(0) == '$') {
      position++;
    }
    String word = sql.substring(begin, position).toLowerCase(Locale.ROOT);
    boolean prefixed = List.of("e", "b", "x", "n", "u").contains(word);
    if (prefixed && (peek(0) == '\'' || (peek(0) == '&' && word.equals("u")))) {
      throw BadSql.at(begin, "literals are written in single quotes, without a letter before");
    }
    add(Kind.WORD, word, begin);
  }

  /**
   * The longest run, as in PostgreSQL, but for comments in it, and a sign at its end that only
   * operators with certain characters may have.
   */
  private void takeOperator() {
    int begin = position;
    while (position < sql.length() && OPERATOR.indexOf(peek(0)) >= 0) {
      boolean comment = (peek(0) == '-' && peek(1) == '-') || (peek(0) == '/' && peek(1) == '*');
      if (comment) {
        break;
      }
      position++;
    }
    String run = sql.substring(begin, position);
    if (run.startsWith("::")) {
      position = begin + 2;
      run = "::";
    }
    while (run.length() > 1
        && (run.endsWith("-") || run.endsWith("+"))
        && run.chars().noneMatch(c -> "~!@#%^&|`?".indexOf(c) >= 0)) {
      run = run.substring(0, run.length() - 1);
      position--;
    }
    add(Kind.OPERATOR, run.equals("!=") ? "<>" : run, begin);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }
}
