package org.btrdb.sql.parser;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.btrdb.sql.parser.generated.BtrdbSqlParserConstants;
import org.btrdb.sql.parser.generated.ParseException;
import org.btrdb.sql.parser.generated.Token;
import org.jspecify.annotations.Nullable;

/** Says in one line what Calcite says in sixty: the offending token and where it stands. */
final class SyntaxErrors {
  private static final Pattern LEXICAL =
      Pattern.compile(
          "Lexical error at line .*?Encountered: (?:<EOF>|\"(.*?)\" \\()", Pattern.DOTALL);

  /** Calcite has read an expression, and it is no query. */
  private static final String NO_STATEMENT = "Non-query expression encountered";

  private static final Pattern FIRST_WORD =
      Pattern.compile("\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*+(\\w+)", Pattern.DOTALL);

  private static final int MAX_TOKEN_SHOWN = 60;

  private SyntaxErrors() {}

  static SqlSyntaxException of(String sql, SqlParseException e) {
    Token culprit = culprit(e);
    if (culprit != null) {
      String what =
          culprit.kind == BtrdbSqlParserConstants.EOF ? "end of statement" : shown(culprit.image);
      return at(culprit.beginLine, culprit.beginColumn, "Unexpected " + what, e);
    }
    SqlParserPos pos = e.getPos();
    int line = pos == null ? 1 : pos.getLineNum();
    int column = pos == null ? 1 : pos.getColumnNum();
    String message = e.getMessage() == null ? "Syntax error" : e.getMessage();
    if (message.startsWith(NO_STATEMENT)) {
      return at(line, column, noStatement(sql), e);
    }
    Matcher lexical = LEXICAL.matcher(message);
    if (lexical.lookingAt()) {
      // Only a comment can swallow the end of the text.
      String character = lexical.group(1);
      String what =
          character == null ? "Unterminated comment" : "Unexpected character \"" + character + "\"";
      return at(line, column, what, e);
    }
    return at(line, column, withoutPlace(message), e);
  }

  /** A statement that begins with none of the words that statements begin with. */
  private static String noStatement(String sql) {
    Matcher first = FIRST_WORD.matcher(sql);
    String word = first.find() ? first.group(1) : "";
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "" -> "Not a statement";
      case "VALUES" -> "VALUES has its rows in parentheses";
      case "SHOW" ->
          "SHOW is not supported; INFORMATION_SCHEMA.TABLES and COLUMNS have tables and columns";
      default -> "No statement begins with \"" + shown(word).replace("\"", "") + "\"";
    };
  }

  private static SqlSyntaxException at(int line, int column, String what, SqlParseException e) {
    int shownLine = Math.max(1, line);
    int shownColumn = Math.max(1, column);
    String message = what + " at line " + shownLine + ", column " + shownColumn;
    return new SqlSyntaxException(message, shownLine, shownColumn, e);
  }

  /**
   * The first token that nothing expected can explain. Calcite names the first token of the
   * sequence it looked at, which may well be right where it stands.
   */
  private static @Nullable Token culprit(SqlParseException e) {
    if (!(e.getCause() instanceof ParseException parse)
        || parse.expectedTokenSequences == null
        || parse.currentToken == null
        || parse.currentToken.next == null) {
      return null;
    }
    int[][] expected = parse.expectedTokenSequences;
    Token token = parse.currentToken.next;
    for (int depth = 0; token.next != null; depth++) {
      int place = depth;
      int kind = token.kind;
      expected =
          Arrays.stream(expected)
              .filter(s -> s.length > place && s[place] == kind)
              .toArray(int[][]::new);
      if (Arrays.stream(expected).noneMatch(s -> s.length > place + 1)) {
        return token;
      }
      token = token.next;
    }
    return token;
  }

  private static String shown(String image) {
    String line = image.lines().findFirst().orElse("");
    boolean whole = line.length() == image.length() && line.length() <= MAX_TOKEN_SHOWN;
    return whole
        ? "\"" + line + "\""
        : "\"" + line.substring(0, Math.min(line.length(), MAX_TOKEN_SHOWN)) + "...\"";
  }

  /** Some of Calcite's messages say the place themselves; the first line is the message. */
  private static String withoutPlace(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    int place = line.indexOf(" at line ");
    String rest = place < 0 ? line : line.substring(0, place);
    return rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
  }
}
