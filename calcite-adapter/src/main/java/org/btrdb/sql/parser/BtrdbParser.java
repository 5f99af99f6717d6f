package org.btrdb.sql.parser;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.parser.generated.GeneratedSqlParser;
import org.btrdb.sql.validate.BtrdbConformance;

/** Parses one statement of the dialect. */
public final class BtrdbParser {
  /** A collection may have 255 characters and a stream's name as many. */
  private static final int IDENTIFIER_MAX_LENGTH = 1024;

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(GeneratedSqlParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withQuotedCasing(Casing.UNCHANGED)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(IDENTIFIER_MAX_LENGTH)
          .withConformance(BtrdbConformance.INSTANCE);

  private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"(.*?)\" at line");

  private BtrdbParser() {}

  /**
   * The tree of a statement, which may end with a semicolon.
   *
   * @throws SqlRefusal {@link SqlRefusal.Reason#SYNTAX}, with line, column and the word at fault
   */
  public static SqlNode parse(String sql) {
    try {
      SqlNodeList statements = SqlParser.create(sql, CONFIG).parseStmtList();
      if (statements.size() != 1) {
        throw new SqlRefusal(
            SqlRefusal.Reason.SYNTAX, "one statement at a time, not " + statements.size(), null);
      }
      return IsoLiterals.in(statements.get(0));
    } catch (SqlParseException e) {
      throw refusal(sql, e);
    }
  }

  private static SqlRefusal refusal(String sql, SqlParseException e) {
    String where =
        e.getPos() == null
            ? ""
            : " at line " + e.getPos().getLineNum() + ", column " + e.getPos().getColumnNum();
    return new SqlRefusal(
        SqlRefusal.Reason.SYNTAX, "syntax error" + where + ": " + what(sql, e), e);
  }

  private static String what(String sql, SqlParseException e) {
    if (sql.isBlank()) {
      return "the statement is empty";
    }
    String message = String.valueOf(e.getMessage());
    Matcher matcher = ENCOUNTERED.matcher(message);
    if (matcher.find()) {
      String word = matcher.group(1).strip();
      return word.equals("<EOF>")
          ? "the statement ends too early"
          : "'" + word + "' can not stand here";
    }
    return message.lines().findFirst().orElse(message).strip();
  }
}
