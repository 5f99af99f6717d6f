package org.btrdb.sql.cache;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement, taken apart into what is shaped by its author and its literals.
 *
 * <p>A scan and no parse: it has to be right about where strings, quoted names and comments begin
 * and end, and may leave literals in the text that it is not sure of. Two texts of one shape differ
 * in nothing but the insides of their literals, so they have the same tokens.
 */
public final class StatementText {
  private static final CharMatcher OF_CHARACTER_SETS =
      CharMatcher.inRange('a', 'z')
          .or(CharMatcher.inRange('A', 'Z'))
          .or(CharMatcher.inRange('0', '9'))
          .or(CharMatcher.anyOf("_:.-"));

  private final String sql;
  private final String shape;
  private final List<Literal> literals;

  /**
   * A string in quotes or a whole number.
   *
   * @param start where it begins in the statement
   * @param end where it ends, exclusive
   * @param text what stands between the quotes, with pairs of quotes inside, or the digits
   */
  public record Literal(int start, int end, String text) {}

  private StatementText(String sql, String shape, List<Literal> literals) {
    this.sql = sql;
    this.shape = shape;
    this.literals = literals;
  }

  /** The parts of a statement; null if something in it does not end, or is a hint. */
  public static @Nullable StatementText of(String sql) {
    return new Scan(sql).scan();
  }

  /** The statement with {@code ''} for each string and {@code 0} for each number. */
  public String shape() {
    return shape;
  }

  /** The literals in their order. */
  public List<Literal> literals() {
    return literals;
  }

  /** The statement with only those literals emptied that are lifted, which are in order. */
  String template(List<LiftedLiteral> lifted) {
    StringBuilder template = new StringBuilder(sql.length());
    int copied = 0;
    for (LiftedLiteral one : lifted) {
      Literal literal = literals.get(one.index());
      template.append(sql, copied, literal.start());
      appendEmpty(template, sql, literal.start());
      copied = literal.end();
    }
    return template.append(sql, copied, sql.length()).toString();
  }

  private static void appendEmpty(StringBuilder to, String sql, int literalStart) {
    to.append(sql.charAt(literalStart) == '\'' ? "''" : "0");
  }

  /** One pass over a text. */
  private static final class Scan {
    private final String sql;
    private final StringBuilder shape;
    private final List<Literal> literals = new ArrayList<>();
    private int copied;

    Scan(String sql) {
      this.sql = sql;
      this.shape = new StringBuilder(sql.length());
    }

    @Nullable StatementText scan() {
      int at = 0;
      while (at >= 0 && at < sql.length()) {
        at = token(at);
      }
      if (at < 0) {
        return null;
      }
      shape.append(sql, copied, sql.length());
      return new StatementText(sql, shape.toString(), List.copyOf(literals));
    }

    /** Where the token ends that begins at this place; negative if it does not end. */
    private int token(int at) {
      char c = sql.charAt(at);
      if (c == '\'') {
        int end = quoted(at, '\'');
        // N'…', X'…', U&'…' and _charset'…' are strings that are written otherwise.
        if (end > 0 && (at == 0 || !continuesPrefix(sql.charAt(at - 1)))) {
          literal(at, end, sql.substring(at + 1, end - 1));
        }
        return end;
      }
      if (c == '"') {
        int end = quoted(at, '"');
        boolean isName = end > at + 2 && end <= endOfLine(at);
        return isName ? end : -1;
      }
      if (c == '*' && isAt(at + 1, '/')) {
        return -1; // the end of no comment
      }
      if ((c == '-' || c == '/') && isAt(at + 1, c)) {
        return endOfLine(at);
      }
      if (c == '/' && isAt(at + 1, '*')) {
        // The dialect's scanner lets a comment go on behind its shortest form with three stars.
        boolean isUnclear = isAt(at + 2, '+') || sql.startsWith("/***/", at);
        int end = isUnclear ? -1 : sql.indexOf("*/", at + 2);
        return end < 0 ? -1 : end + 2;
      }
      if (c >= '0' && c <= '9') {
        return number(at);
      }
      if (c == '_') {
        return characterSet(at);
      }
      return continuesWord(c) ? word(at) : at + 1;
    }

    private boolean isAt(int at, char c) {
      return at < sql.length() && sql.charAt(at) == c;
    }

    private int quoted(int start, char quote) {
      int at = sql.indexOf(quote, start + 1);
      while (at >= 0 && isAt(at + 1, quote)) {
        at = sql.indexOf(quote, at + 2);
      }
      return at < 0 ? -1 : at + 1;
    }

    private int endOfLine(int start) {
      int at = start;
      while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
        at++;
      }
      return at;
    }

    /** Only digits that neither a point nor a letter touches. */
    private int number(int start) {
      int end = start;
      while (end < sql.length() && sql.charAt(end) >= '0' && sql.charAt(end) <= '9') {
        end++;
      }
      if (mayBeExponent(start)
          || (start > 0 && sql.charAt(start - 1) == '.')
          || isAt(end, '.')
          || (end < sql.length() && continuesWord(sql.charAt(end)))
          || sql.substring(end, prefix(end)).indexOf('$') >= 0) { // the name of a collation
        int wordEnd = word(end);
        // The name of a character set may begin right behind a number, and who would write that?
        return sql.substring(end, wordEnd).indexOf('_') >= 0 ? -1 : wordEnd;
      }
      literal(start, end, sql.substring(start, end));
      return end;
    }

    /** Whether a sign, an e and what may end a number stand before a place. */
    private boolean mayBeExponent(int at) {
      return at >= 3
          && (isAt(at - 1, '-') || isAt(at - 1, '+'))
          && (isAt(at - 2, 'e') || isAt(at - 2, 'E'))
          && (isAt(at - 3, '.') || Character.isDigit(sql.charAt(at - 3)));
    }

    private int word(int start) {
      int end = start;
      while (end < sql.length() && continuesWord(sql.charAt(end))) {
        end++;
      }
      return end;
    }

    /** A word, or the longer name of a character set where a string follows. */
    private int characterSet(int start) {
      int end = prefix(start);
      if (!isAt(end, '\'')) {
        return word(start);
      }
      // With another letter it is no such name, and where a comment or a string begins is unclear.
      return OF_CHARACTER_SETS.matchesAllOf(sql.subSequence(start, end)) ? end : -1;
    }

    private int prefix(int start) {
      int end = start;
      while (end < sql.length() && continuesPrefix(sql.charAt(end))) {
        end++;
      }
      return end;
    }

    private static boolean continuesPrefix(char c) {
      return continuesWord(c) || c == '.' || c == ':' || c == '-';
    }

    private static boolean continuesWord(char c) {
      return Character.isJavaIdentifierPart(c) || c == '&' || c == '#' || c == '@';
    }

    private void literal(int start, int end, String text) {
      literals.add(new Literal(start, end, text));
      shape.append(sql, copied, start);
      appendEmpty(shape, sql, start);
      copied = end;
    }
  }
}
