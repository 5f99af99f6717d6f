package org.btrdb.sql.parser;

import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.btrdb.sql.parser.generated.BtrdbSqlParser;

/** Turns one statement of the dialect into Calcite's syntax tree. */
public final class BtrdbParser {
  /**
   * The function that stands for {@code VERSION AS OF n}: the period of the table's SqlSnapshot is
   * a call of it, to be given a timestamp type by the operator table and never to be run.
   */
  public static final String VERSION_FUNCTION = "BTRDB_VERSION";

  /** Lenient about forms, strict about meaning: no arbitrary value for an ungrouped column. */
  public static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }
      };

  /** The dialect's lexical rules; a colleague that parses by other means starts from these. */
  public static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withLex(Lex.MYSQL_ANSI)
          .withParserFactory(BtrdbParser::parser)
          .withIdentifierMaxLength(1024)
          .withConformance(CONFORMANCE);

  private static final Pattern ENCOUNTERED =
      Pattern.compile("Encountered \"(.*?)\" at line", Pattern.DOTALL);
  private static final int MAX_TOKEN_SHOWN = 60;

  private BtrdbParser() {}

  /**
   * The tree of one statement, with or without a {@code ;} behind it.
   *
   * @throws SqlSyntaxException if the text is not a statement
   */
  public static SqlNode parse(String sql) {
    try {
      return SqlParser.create(sql, CONFIG).parseStmt();
    } catch (SqlParseException e) {
      throw syntaxError(e);
    } catch (StackOverflowError e) {
      throw new SqlSyntaxException("Statement is nested too deeply", 1, 1, e);
    }
  }

  private static SqlAbstractParserImpl parser(Reader reader) {
    BtrdbSqlParser parser = (BtrdbSqlParser) BtrdbSqlParser.FACTORY.getParser(reader);
    parser.token_source = new DialectTokens(parser.token_source);
    return parser;
  }

  private static SqlSyntaxException syntaxError(SqlParseException e) {
    SqlParserPos pos = e.getPos();
    int line = pos == null ? 1 : Math.max(1, pos.getLineNum());
    int column = pos == null ? 1 : Math.max(1, pos.getColumnNum());
    String where = " at line " + line + ", column " + column;
    String message = e.getMessage() == null ? "Syntax error" : e.getMessage();
    Matcher encountered = ENCOUNTERED.matcher(message);
    if (encountered.lookingAt()) {
      return new SqlSyntaxException(
          "Unexpected " + offender(encountered.group(1)) + where, line, column, e);
    }
    return new SqlSyntaxException(oneLine(message) + where, line, column, e);
  }

  /** Calcite lists every token of the sequence it could not match; the first is the culprit. */
  private static String offender(String image) {
    String shown = oneLine(image);
    if (shown.isEmpty() || shown.startsWith("<EOF>")) {
      return "end of statement";
    }
    return shown.length() <= MAX_TOKEN_SHOWN
        ? "\"" + shown + "\""
        : "\"" + shown.substring(0, MAX_TOKEN_SHOWN) + "...\"";
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
