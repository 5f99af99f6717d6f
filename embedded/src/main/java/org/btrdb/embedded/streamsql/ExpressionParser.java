package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.btrdb.embedded.streamsql.Syntax.Like.Kind;
import org.jspecify.annotations.Nullable;

/** Makes expressions of tokens, with PostgreSQL's precedence; one method for each level. */
final class ExpressionParser {
  /** So deep that nobody meets it, and so flat that no stack ends before. */
  private static final int MAX_DEPTH = 200;

  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", ">", "<=", ">=");
  private static final Set<String> ARITHMETIC = Set.of("*", "/", "%", "^", "+", "-");
  private static final Set<String> PUNCTUATION = Set.of("(", ")", ",", ";", ".", "[", "]", "::");

  private final TokenReader tokens;
  private int depth;

  ExpressionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  Syntax expression() {
    enter();
    Syntax value = joined(false);
    depth--;
    return value;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw BadSql.at(tokens.peek(), "the statement is nested too deeply");
    }
  }

  /** OR, then AND. */
  private Syntax joined(boolean isAnd) {
    int at = tokens.peek().at();
    List<Syntax> arguments = new ArrayList<>();
    do {
      arguments.add(isAnd ? not() : joined(true));
    } while (tokens.takeWord(isAnd ? "and" : "or"));
    return arguments.size() == 1 ? arguments.get(0) : new Syntax.Joined(at, isAnd, arguments);
  }

  private Syntax not() {
    Token first = tokens.peek();
    if (!tokens.takeWord("not")) {
      return is();
    }
    enter();
    Syntax argument = not();
    depth--;
    return new Syntax.Not(first.at(), argument);
  }

  private Syntax is() {
    Syntax value = comparison();
    while (true) {
      Token word = tokens.peek();
      if (tokens.takeWord("isnull")) {
        value = new Syntax.IsNull(word.at(), value);
      } else if (tokens.takeWord("notnull")) {
        value = new Syntax.Not(word.at(), new Syntax.IsNull(word.at(), value));
      } else if (tokens.takeWord("is")) {
        value = is(word.at(), value);
      } else {
        return value;
      }
    }
  }

  private Syntax is(int at, Syntax value) {
    boolean not = tokens.takeWord("not");
    Token word = tokens.next();
    Syntax test;
    if (word.isWord("null")) {
      test = new Syntax.IsNull(at, value);
    } else if (word.isWord("true") || word.isWord("false")) {
      test = new Syntax.IsTruth(at, value, word.isWord("true"));
    } else if (word.isWord("unknown")) {
      test = new Syntax.IsTruth(at, value, null);
    } else if (word.isWord("distinct")) {
      tokens.need("from");
      test = new Syntax.IsDistinct(at, value, comparison());
    } else {
      throw BadSql.at(word, "NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM is expected after IS");
    }
    return not ? new Syntax.Not(at, test) : test;
  }

  /** Comparisons do not associate. */
  private Syntax comparison() {
    Syntax left = range();
    Token operator = tokens.peek();
    if (operator.kind() != Token.Kind.OPERATOR || !COMPARISONS.contains(operator.text())) {
      return left;
    }
    tokens.next();
    return new Syntax.Binary(operator.at(), operator.text(), left, range());
  }

  /** IN, BETWEEN, LIKE, ILIKE, SIMILAR TO, which do not associate either. */
  private Syntax range() {
    Syntax value = operators();
    Token word = tokens.peek();
    boolean not =
        word.isWord("not")
            && Set.of("in", "between", "like", "ilike", "similar").contains(tokens.peek(1).text());
    if (not) {
      tokens.next();
    }
    Syntax test = range(value, word.at());
    if (test == null) {
      return value;
    }
    return not ? new Syntax.Not(word.at(), test) : test;
  }

  private @Nullable Syntax range(Syntax value, int at) {
    if (tokens.takeWord("in")) {
      tokens.needOperator("(");
      return new Syntax.In(at, value, list());
    }
    if (tokens.takeWord("between")) {
      if (tokens.peek().isWord("symmetric")) {
        throw BadSql.at(tokens.peek(), "BETWEEN SYMMETRIC is not supported");
      }
      Syntax low = operators();
      tokens.need("and");
      return new Syntax.Between(at, value, low, operators());
    }
    if (tokens.takeWord("like")) {
      return like(at, Kind.LIKE, value);
    }
    if (tokens.takeWord("ilike")) {
      return like(at, Kind.ILIKE, value);
    }
    if (tokens.peek().isWord("similar") && tokens.peek(1).isWord("to")) {
      tokens.next();
      tokens.next();
      return like(at, Kind.SIMILAR, value);
    }
    return null;
  }

  private Syntax like(int at, Kind kind, Syntax value) {
    Syntax pattern = operators();
    Syntax escape = tokens.takeWord("escape") ? operators() : null;
    return new Syntax.Like(at, kind, value, pattern, escape);
  }

  /** Expressions up to the bracket that closes. */
  private List<Syntax> list() {
    List<Syntax> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (tokens.takeOperator(","));
    tokens.needOperator(")");
    return list;
  }

  /** All other operators: one level, from the left. */
  private Syntax operators() {
    Syntax left = sign();
    while (true) {
      Token operator = tokens.peek();
      if (operator.kind() != Token.Kind.OPERATOR
          || COMPARISONS.contains(operator.text())
          || PUNCTUATION.contains(operator.text())) {
        return left;
      }
      if (ARITHMETIC.contains(operator.text())) {
        throw BadSql.at(operator, "arithmetic is not supported");
      }
      tokens.next();
      left = new Syntax.Binary(operator.at(), operator.text(), left, sign());
    }
  }

  private Syntax sign() {
    Token first = tokens.peek();
    if (tokens.takeOperator("-")) {
      enter();
      Syntax argument = sign();
      depth--;
      return new Syntax.Minus(first.at(), argument);
    }
    return casts();
  }

  private Syntax casts() {
    Syntax value = primary();
    while (tokens.peek().isOperator("::")) {
      Token operator = tokens.next();
      value = new Syntax.Cast(operator.at(), value, type());
    }
    return value;
  }

  private String type() {
    Token first = tokens.next();
    if (first.kind() != Token.Kind.WORD) {
      throw BadSql.at(first, "the name of a type is expected here");
    }
    String type = first.text();
    if (first.isWord("double")) {
      tokens.need("precision");
    } else if (first.isWord("character")) {
      type = tokens.takeWord("varying") ? "varchar" : type;
    }
    if (tokens.peek().isOperator("(") || tokens.peek().isOperator("[")) {
      throw BadSql.at(tokens.peek(), "types have no length and no elements here");
    }
    return type;
  }

  private Syntax primary() {
    Token token = tokens.peek();
    switch (token.kind()) {
      case TEXT -> {
        tokens.next();
        return new Syntax.Text(token.at(), token.text());
      }
      case NUMBER -> {
        tokens.next();
        return new Syntax.Digits(token.at(), token.text());
      }
      case PARAMETER -> {
        tokens.next();
        return new Syntax.Parameter(token.at(), token.text());
      }
      case OPERATOR -> {
        if (tokens.takeOperator("(")) {
          if (tokens.peek().isWord("select")) {
            throw BadSql.at(tokens.peek(), "subqueries are not supported");
          }
          Syntax value = expression();
          tokens.needOperator(")");
          return value;
        }
      }
      default -> {
        return word(token);
      }
    }
    throw BadSql.at(token, "a value is expected here");
  }

  private Syntax word(Token token) {
    if (tokens.takeWord("true") || tokens.takeWord("false")) {
      return new Syntax.Word(token.at(), token.isWord("true"));
    }
    if (tokens.takeWord("null")) {
      return new Syntax.Word(token.at(), null);
    }
    if (tokens.takeWord("cast")) {
      tokens.needOperator("(");
      Syntax value = expression();
      tokens.need("as");
      String type = type();
      tokens.needOperator(")");
      return new Syntax.Cast(token.at(), value, type);
    }
    boolean functionOfKeyword =
        (token.isWord("left") || token.isWord("right")) && tokens.peek(1).isOperator("(");
    String name = functionOfKeyword ? tokens.next().text() : nameOrRefusal(token);
    if (tokens.takeOperator("(")) {
      return call(token.at(), name);
    }
    if (tokens.takeOperator(".")) {
      return new Syntax.Name(token.at(), name, tokens.name());
    }
    return new Syntax.Name(token.at(), null, name);
  }

  private String nameOrRefusal(Token token) {
    if (!tokens.isName()) {
      throw BadSql.at(token, "a value is expected here");
    }
    return tokens.name();
  }

  private Syntax call(int at, String name) {
    boolean star = tokens.takeOperator("*");
    boolean distinct = !star && tokens.takeWord("distinct");
    List<Syntax> arguments = List.of();
    if (star || tokens.peek().isOperator(")")) {
      tokens.needOperator(")");
    } else {
      arguments = list();
    }
    Syntax.Call call = new Syntax.Call(at, name, distinct, star, arguments);
    if (tokens.peek().isWord("filter") || tokens.peek().isWord("over")) {
      throw BadSql.at(tokens.peek(), "not supported after a call");
    }
    return call;
  }
}
