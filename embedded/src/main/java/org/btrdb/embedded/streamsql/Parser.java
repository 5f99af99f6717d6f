package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a statement of tokens: the clauses of SELECT; {@link ExpressionParser} has the rest. */
final class Parser {
  private static final String RELATION = "streams";

  private final TokenReader tokens;
  private final ExpressionParser expressions;

  /** What the relation is called in this statement. */
  private String table = RELATION;

  private Parser(TokenReader tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  static Syntax.Select parse(String sql) {
    return new Parser(new TokenReader(Tokens.of(sql))).select();
  }

  private Syntax.Select select() {
    tokens.need("select");
    boolean distinct = tokens.takeWord("distinct");
    if (!distinct) {
      tokens.takeWord("all");
    } else if (tokens.peek().isWord("on")) {
      throw BadSql.at(tokens.peek(), "DISTINCT ON is not supported");
    }
    List<Syntax.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (tokens.takeOperator(","));
    tokens.need("from");
    from();
    Syntax where = tokens.takeWord("where") ? expressions.expression() : null;
    List<Syntax> groupBy = new ArrayList<>();
    if (tokens.takeWord("group")) {
      tokens.need("by");
      do {
        groupBy.add(expressions.expression());
      } while (tokens.takeOperator(","));
    }
    Syntax having = tokens.takeWord("having") ? expressions.expression() : null;
    List<Syntax.Sort> orderBy = new ArrayList<>();
    if (tokens.takeWord("order")) {
      tokens.need("by");
      do {
        orderBy.add(sort());
      } while (tokens.takeOperator(","));
    }
    Syntax limit = null;
    Syntax offset = null;
    while (true) {
      if (limit == null && tokens.takeWord("limit")) {
        limit = limit();
      } else if (offset == null && tokens.takeWord("offset")) {
        offset = expressions.expression();
      } else {
        break;
      }
    }
    tokens.takeOperator(";");
    if (tokens.peek().kind() != Token.Kind.END) {
      throw BadSql.at(
          tokens.peek(), "not expected here; one SELECT over " + RELATION + " is taken");
    }
    return new Syntax.Select(
        distinct, items, table, where, groupBy, having, orderBy, limit, offset);
  }

  private Syntax.Item item() {
    Token first = tokens.peek();
    if (tokens.takeOperator("*")) {
      return new Syntax.Item(first.at(), null, null);
    }
    if (tokens.isName() && tokens.peek(1).isOperator(".") && tokens.peek(2).isOperator("*")) {
      String of = tokens.name();
      tokens.next();
      tokens.next();
      return new Syntax.Item(first.at(), null, of);
    }
    Syntax value = expressions.expression();
    String alias = null;
    if (tokens.takeWord("as")) {
      Token word = tokens.peek();
      alias = word.kind() == Token.Kind.WORD ? tokens.next().text() : tokens.name();
    } else if (tokens.isName()) {
      alias = tokens.name();
    }
    return new Syntax.Item(first.at(), value, alias);
  }

  private void from() {
    Token relation = tokens.peek();
    String name = tokens.name();
    if (name.equals("public") && tokens.takeOperator(".")) {
      relation = tokens.peek();
      name = tokens.name();
    }
    if (!name.equals(RELATION)) {
      throw BadSql.at(relation, "the one relation is " + RELATION);
    }
    if (tokens.takeWord("as") || tokens.isName()) {
      table = tokens.name();
    }
  }

  private Syntax.Sort sort() {
    Syntax value = expressions.expression();
    boolean descending = tokens.takeWord("desc");
    if (!descending) {
      tokens.takeWord("asc");
    }
    boolean nullsFirst = descending;
    if (tokens.takeWord("nulls")) {
      nullsFirst = tokens.takeWord("first");
      if (!nullsFirst) {
        tokens.need("last");
      }
    }
    return new Syntax.Sort(value, descending, nullsFirst);
  }

  private @Nullable Syntax limit() {
    return tokens.takeWord("all") ? null : expressions.expression();
  }
}
