package org.btrdb.sql.parser;

import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.BTRDB_INSTANT;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.IDENTIFIER;
import static org.btrdb.sql.parser.generated.BtrdbSqlParserConstants.INFIX_CAST;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.btrdb.sql.parser.generated.Token;

/**
 * Decides, left to right, which keywords of a statement are meant as names.
 *
 * <p>A word stays a keyword where the grammar needs it, judged by its neighbours and by what opened
 * the innermost parenthesis. The grammar itself cannot: it reads ahead a fixed number of tokens and
 * knows most of these words as the beginning of something else.
 */
final class NameRules {
  private final List<Token> tokens;
  private final List<Paren> parens = new ArrayList<>();
  private Paren closed;

  NameRules(List<Token> tokens) {
    this.tokens = tokens;
    this.closed = new Paren(-1, "", false);
    parens.add(new Paren(-1, "", false));
  }

  /** Settles the token at this place; all before it must be settled. */
  void settle(int at) {
    Token token = tokens.get(at);
    switch (token.image) {
      case "(" -> parens.add(new Paren(at, word(at - 1), endsOperand(at - 1)));
      case ")" -> {
        if (parens.size() > 1) {
          closed = parens.remove(parens.size() - 1);
        }
      }
      default -> {
        if (isWord(at)) {
          settleWord(token, at);
        }
      }
    }
  }

  private void settleWord(Token token, int at) {
    String word = word(at);
    if (isName(word, at)) {
      token.kind = IDENTIFIER;
    } else if (word.equals("TIMESTAMP") && isString(at + 1)) {
      token.kind = BTRDB_INSTANT;
    } else if (word.equals("CASE")) {
      inner().openCases++;
    } else if (word.equals("END")) {
      inner().openCases--;
    }
  }

  private boolean isName(String word, int at) {
    return image(at - 1).equals(".")
        || image(at + 1).equals("=>")
        || Words.ALWAYS_NAMES.contains(word)
        || (isDemotable(word) && (nameIsDue(word, at) || !isKeyword(word, at)));
  }

  /** Where no keyword can stand, though what follows looks as if it did: {@code INTO row (a)}. */
  private boolean nameIsDue(String word, int at) {
    return image(at + 1).equals(".")
        || isKeywordAt(at - 1, "INTO")
        || (isKeywordAt(at - 1, "AS")
            && Words.BEFORE_LISTS.contains(word)
            && !Words.CASTS.contains(inner().opener));
  }

  private static boolean isDemotable(String word) {
    return Words.UNITS.contains(word)
        || Words.TYPES.contains(word)
        || Words.IN_PLACES.contains(word);
  }

  private boolean isKeyword(String word, int at) {
    if (Words.UNITS.contains(word)) {
      return isUnit(at);
    }
    String before = word(at - 1);
    String after = word(at + 1);
    return switch (word) {
      case "INTERVAL" -> isInterval(at) || isType(at);
      case "TIME", "TIMESTAMP", "DATE", "UUID" -> isString(at + 1) || isZoned(at) || isType(at);
      case "END" -> inner().openCases > 0 && endsOperand(at - 1);
      case "FILTER" -> image(at - 1).equals(")") && after.equals("(");
      case "ROW" ->
          after.equals("(") || after.equals("ONLY") || after.equals("PER") || isCount(at, before);
      case "ROWS" -> isFrame(at) || after.equals("ONLY") || after.equals("PER") || isCount(at, "");
      case "RANGE" -> isFrame(at);
      case "CURRENT" -> after.equals("ROW") || after.equals("VALUE");
      case "WINDOW" -> image(at + 2).equalsIgnoreCase("AS") && image(at + 3).equals("(");
      case "STREAM" -> isKeywordAt(at - 1, "SELECT") && startsOperand(at + 1);
      case "PARTITION" -> after.equals("BY");
      case "OVER" ->
          (image(at - 1).equals(")") || before.equals("NULLS"))
              && (after.equals("(") || isName(at + 1) || isQuoted(at + 1));
      case "MEASURE" -> isKeywordAt(at - 1, "AS") && (isName(at + 1) || isQuoted(at + 1));
      case "POSITION", "PERIOD" -> after.equals("(");
      case "SYSTEM" -> before.equals("ALTER") || before.equals("TABLESAMPLE");
      case "VALUE" ->
          before.equals("NEXT")
              || isKeywordAt(at - 1, "CURRENT")
              || (inner().opener.startsWith("JSON_OBJECT") && endsOperand(at - 1));
      case "VALUES" -> after.equals("(") || (after.equals("ROW") && image(at + 2).equals("("));
      default -> true;
    };
  }

  private boolean isUnit(int at) {
    String before = image(at - 1);
    if (before.equalsIgnoreCase("TO") || isKeywordAt(at - 1, "INTERVAL")) {
      return true;
    }
    if (before.equals(")")) {
      // (a - b) SECOND and INTERVAL (x) DAY, but not COUNT(*) day
      return !closed.call;
    }
    String opener = inner().opener;
    if (before.equals("(") || before.equals(",")) {
      return (opener.equals("EXTRACT") && word(at + 1).equals("FROM"))
          || (Words.UNIT_FIRST.contains(opener) && before.equals("(") && image(at + 1).equals(","))
          || (Words.UNIT_LAST.contains(opener) && before.equals(",") && image(at + 1).equals(")"));
    }
    return endsOperand(at - 1) && isKeywordAt(startOfPath(at - 1) - 1, "INTERVAL");
  }

  /** Where a name such as a.b.c, or a value with its sign, begins that ends at this place. */
  private int startOfPath(int end) {
    int start = end;
    while (image(start - 1).equals(".")) {
      start -= 2;
    }
    String sign = image(start - 1);
    return sign.equals("-") || sign.equals("+") ? start - 1 : start;
  }

  private boolean isInterval(int at) {
    String after = image(at + 1);
    int value = after.equals("-") || after.equals("+") ? at + 2 : at + 1;
    if (isString(value) || image(value).equals("(")) {
      return true;
    }
    if (value == at + 1 && Words.ALL_UNITS.contains(word(value)) && endsOperand(at - 1)) {
      return true;
    }
    int end = value;
    while (image(end + 1).equals(".")) {
      end += 2;
    }
    return startsOperand(value) && Words.ALL_UNITS.contains(word(end + 1));
  }

  private boolean isZoned(int at) {
    String after = word(at + 1);
    if (after.equals("ZONE")) {
      return true;
    }
    String then = word(at + 2);
    return (after.equals("WITH") || after.equals("WITHOUT"))
        && (then.equals("TIME") || (then.equals("LOCAL") && word(at + 3).equals("TIME")));
  }

  /** After AS in a cast, after {@code ::}, and in a list of column declarations. */
  private boolean isType(int at) {
    Paren paren = inner();
    if (at > 0 && tokens.get(at - 1).kind == INFIX_CAST) {
      return true;
    }
    if (Words.CASTS.contains(paren.opener)) {
      return isKeywordAt(at - 1, "AS");
    }
    if (paren.opener.equals("CONVERT")) {
      return image(at - 1).equals(",") && image(at + 1).equals(")");
    }
    String beforeColumn = image(at - 2);
    return (beforeColumn.equals("(") || beforeColumn.equals(","))
        && (isWord(at - 1) || isQuoted(at - 1))
        && !Words.BEFORE_OPERANDS.contains(word(at - 1)) // COUNT(DISTINCT time)
        && paren.at >= 0
        && !word(paren.at + 1).equals("SELECT")
        && switch (word(at + 1)) {
          case "(", ",", ")", "NOT", "NULL" -> true;
          default -> false;
        };
  }

  /** In a window, {@code ROWS 5 PRECEDING}: behind the ordering and before a bound. */
  private boolean isFrame(int at) {
    Paren paren = inner();
    boolean window = paren.opener.equals("OVER") || paren.opener.equals("AS");
    boolean place = paren.at == at - 1 || endsOperand(at - 1);
    return window
        && place
        && switch (word(at + 1)) {
          case "BETWEEN", "UNBOUNDED", "CURRENT", "INTERVAL", "?" -> true;
          default -> isNumber(at + 1);
        };
  }

  /** {@code OFFSET 5 ROWS}, {@code CURRENT ROW}. */
  private boolean isCount(int at, String before) {
    String start = word(at - 2);
    return (before.equals("CURRENT") && isKeywordAt(at - 1, "CURRENT"))
        || ((isNumber(at - 1) || image(at - 1).equals("?"))
            && (start.equals("OFFSET") || start.equals("FIRST") || start.equals("NEXT")));
  }

  private boolean endsOperand(int at) {
    if (at < 0) {
      return false;
    }
    return switch (image(at)) {
      case ")", "]", "?", "}" -> true;
      default ->
          isName(at)
              || isQuoted(at)
              || isString(at)
              || isNumber(at)
              || (isWord(at) && !Words.BEFORE_OPERANDS.contains(word(at)));
    };
  }

  private boolean startsOperand(int at) {
    return image(at).equals("*")
        || image(at).equals("(")
        || isQuoted(at)
        || isString(at)
        || isNumber(at)
        || (isWord(at) && !Words.AFTER_OPERANDS.contains(word(at)));
  }

  private Paren inner() {
    return parens.get(parens.size() - 1);
  }

  private String image(int at) {
    return at < 0 || at >= tokens.size() ? "" : tokens.get(at).image;
  }

  private String word(int at) {
    return image(at).toUpperCase(Locale.ROOT);
  }

  private boolean isKeywordAt(int at, String word) {
    return word(at).equals(word) && tokens.get(at).kind != IDENTIFIER;
  }

  /** A settled name or a plain identifier. */
  private boolean isName(int at) {
    return at >= 0 && at < tokens.size() && tokens.get(at).kind == IDENTIFIER;
  }

  private boolean isWord(int at) {
    String image = image(at);
    return !image.isEmpty()
        && (Character.isLetter(image.charAt(0)) || image.charAt(0) == '_')
        && image.indexOf('\'') < 0
        && !isQuoted(at);
  }

  /** {@code "name"} or {@code U&"name"}. */
  private boolean isQuoted(int at) {
    return image(at).endsWith("\"");
  }

  private boolean isString(int at) {
    return image(at).endsWith("'");
  }

  private boolean isNumber(int at) {
    String image = image(at);
    return !image.isEmpty() && Character.isDigit(image.charAt(0));
  }

  /** An open parenthesis: the word before it, and whether that makes it a call. */
  private static final class Paren {
    private final int at;
    private final String opener;
    private final boolean call;
    private int openCases;

    Paren(int at, String opener, boolean call) {
      this.at = at;
      this.opener = opener;
      this.call = call;
    }
  }
}
