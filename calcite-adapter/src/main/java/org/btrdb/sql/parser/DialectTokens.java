package org.btrdb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.parser.generated.BtrdbSqlParserConstants;
import org.btrdb.sql.parser.generated.BtrdbSqlParserTokenManager;
import org.btrdb.sql.parser.generated.Token;
import org.jspecify.annotations.Nullable;

/**
 * The scanner as the grammar sees it: the statement's tokens after the dialect's rewrites.
 *
 * <p>A rewrite keeps each token's position, so that an error points at what the user wrote.
 */
final class DialectTokens extends BtrdbSqlParserTokenManager {
  private final BtrdbSqlParserTokenManager scanner;
  private @Nullable List<Token> tokens;
  private int next;

  @SuppressWarnings("NullAway") // the generated super class scans nothing here
  DialectTokens(BtrdbSqlParserTokenManager scanner) {
    super(null);
    this.scanner = scanner;
  }

  @Override
  public void SwitchTo(int lexState) {
    scanner.SwitchTo(lexState);
  }

  @Override
  public Token getNextToken() {
    if (tokens == null) {
      tokens = rewrite(scan());
    }
    Token token = tokens.get(Math.min(next, tokens.size() - 1));
    next++;
    return token;
  }

  private List<Token> scan() {
    List<Token> scanned = new ArrayList<>();
    Token token;
    do {
      token = scanner.getNextToken();
      scanned.add(token);
    } while (token.kind != BtrdbSqlParserConstants.EOF);
    return scanned;
  }

  private static List<Token> rewrite(List<Token> scanned) {
    dropLastSemicolon(scanned);
    JdbcEscapes.open(scanned);
    NameRules names = new NameRules(scanned);
    for (int i = 0; i < scanned.size(); i++) {
      names.settle(i);
    }
    List<Token> result = new ArrayList<>(scanned.size() + 4);
    for (int i = 0; i < scanned.size(); i++) {
      i = copyOrExpand(scanned, i, result);
    }
    return result;
  }

  private static void dropLastSemicolon(List<Token> tokens) {
    int last = tokens.size() - 2;
    if (last > 0 && tokens.get(last).kind == BtrdbSqlParserConstants.SEMICOLON) {
      tokens.remove(last);
    }
  }

  /** Copies one token, or the longer form that the grammar knows for what begins here. */
  private static int copyOrExpand(List<Token> from, int at, List<Token> to) {
    Token token = from.get(at);
    if (token.kind == BtrdbSqlParserConstants.EXPLAIN && at == 0 && !isPlan(from.get(1))) {
      to.add(token);
      to.add(like(token, BtrdbSqlParserConstants.PLAN, "PLAN"));
      to.add(like(token, BtrdbSqlParserConstants.FOR, "FOR"));
      return at;
    }
    if (!asOfVersion(from, at)) {
      to.add(token);
      return at;
    }
    to.add(token);
    to.add(like(from.get(at + 1), BtrdbSqlParserConstants.SYSTEM_TIME, from.get(at + 1).image));
    to.add(from.get(at + 2));
    to.add(from.get(at + 3));
    Token number = from.get(at + 4);
    to.add(like(number, BtrdbSqlParserConstants.IDENTIFIER, BtrdbParser.VERSION_FUNCTION));
    to.add(like(number, BtrdbSqlParserConstants.LPAREN, "("));
    to.add(number);
    to.add(like(number, BtrdbSqlParserConstants.RPAREN, ")"));
    return at + 4;
  }

  private static boolean isPlan(Token token) {
    return token.kind == BtrdbSqlParserConstants.PLAN;
  }

  /** {@code FOR VERSION AS OF n}: n is a number or a parameter, as the server counts versions. */
  private static boolean asOfVersion(List<Token> tokens, int at) {
    if (tokens.size() - at < 5
        || tokens.get(at).kind != BtrdbSqlParserConstants.FOR
        || tokens.get(at + 2).kind != BtrdbSqlParserConstants.AS
        || tokens.get(at + 3).kind != BtrdbSqlParserConstants.OF) {
      return false;
    }
    String word = tokens.get(at + 1).image;
    int what = tokens.get(at + 4).kind;
    return (word.equalsIgnoreCase("VERSION") || word.equalsIgnoreCase("SYSTEM_VERSION"))
        && (what == BtrdbSqlParserConstants.UNSIGNED_INTEGER_LITERAL
            || what == BtrdbSqlParserConstants.HOOK);
  }

  private static Token like(Token origin, int kind, String image) {
    Token token = Token.newToken(kind);
    token.kind = kind;
    token.image = image;
    token.beginLine = origin.beginLine;
    token.beginColumn = origin.beginColumn;
    token.endLine = origin.endLine;
    token.endColumn = origin.endColumn;
    return token;
  }
}
