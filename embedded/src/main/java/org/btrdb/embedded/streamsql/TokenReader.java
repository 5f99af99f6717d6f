package org.btrdb.embedded.streamsql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads tokens one by one. */
final class TokenReader {
  /** What ends an expression or begins a clause, and so cannot be a name without quotes. */
  private static final Set<String> RESERVED =
      Set.of(
          "select",
          "distinct",
          "all",
          "from",
          "where",
          "group",
          "having",
          "order",
          "limit",
          "offset",
          "fetch",
          "for",
          "union",
          "except",
          "intersect",
          "window",
          "with",
          "as",
          "on",
          "using",
          "join",
          "inner",
          "left",
          "right",
          "full",
          "cross",
          "natural",
          "and",
          "or",
          "not",
          "in",
          "is",
          "isnull",
          "notnull",
          "like",
          "ilike",
          "similar",
          "between",
          "null",
          "true",
          "false",
          "case",
          "when",
          "then",
          "else",
          "end",
          "cast",
          "asc",
          "desc",
          "array",
          "any",
          "some",
          "exists",
          "collate",
          "lateral",
          "only",
          "default",
          "user",
          "both",
          "leading",
          "trailing",
          "into",
          "tablesample",
          "escape",
          "by",
          "nulls",
          "over",
          "filter");

  private final List<Token> tokens;
  private int position;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(position + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    position = Math.min(position + 1, tokens.size() - 1);
    return token;
  }

  boolean takeWord(String word) {
    boolean is = peek().isWord(word);
    if (is) {
      next();
    }
    return is;
  }

  boolean takeOperator(String operator) {
    boolean is = peek().isOperator(operator);
    if (is) {
      next();
    }
    return is;
  }

  void need(String word) {
    if (!takeWord(word)) {
      throw BadSql.at(peek(), word.toUpperCase(Locale.ROOT) + " is expected here");
    }
  }

  void needOperator(String operator) {
    if (!takeOperator(operator)) {
      throw BadSql.at(peek(), BadSql.quoted(operator) + " is expected here");
    }
  }

  boolean isName() {
    Token token = peek();
    return token.kind() == Token.Kind.QUOTED_NAME
        || (token.kind() == Token.Kind.WORD && !RESERVED.contains(token.text()));
  }

  String name() {
    if (!isName()) {
      throw BadSql.at(peek(), "a name is expected here");
    }
    return next().text();
  }
}
