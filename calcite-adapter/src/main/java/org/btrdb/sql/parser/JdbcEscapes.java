package org.btrdb.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.btrdb.sql.parser.generated.BtrdbSqlParserConstants;
import org.btrdb.sql.parser.generated.Token;

/**
 * The escapes of JDBC around what the grammar takes without them: <code>{oj a LEFT OUTER JOIN b …}
 * </code>, <code>{limit n offset m}</code> and <code>{escape 'c'}</code>. The others are part of
 * the grammar.
 */
final class JdbcEscapes {
  private JdbcEscapes() {}

  /** Takes their braces off; one that is not closed is left to the grammar, which refuses it. */
  static void open(List<Token> tokens) {
    List<Integer> braces = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.image.startsWith("{")) {
        braces.add(i);
      } else if (token.kind == BtrdbSqlParserConstants.RBRACE && !braces.isEmpty()) {
        int brace = braces.remove(braces.size() - 1);
        int opening = openingTokens(tokens, brace);
        if (opening > 0) {
          tokens.remove(i);
          tokens.subList(brace, brace + opening).clear();
          i -= opening + 1;
        }
      }
    }
  }

  /** How many tokens only open the escape at this brace; 0 if it is none of ours. */
  private static int openingTokens(List<Token> tokens, int brace) {
    if (tokens.get(brace).kind != BtrdbSqlParserConstants.LBRACE) {
      return 0;
    }
    return switch (tokens.get(brace + 1).image.toUpperCase(Locale.ROOT)) {
      case "OJ" -> 2;
      case "LIMIT", "ESCAPE" -> 1;
      default -> 0;
    };
  }
}
