package org.btrdb.sql.parser;

import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.btrdb.sql.validate.BtrdbConformance;

/** Turns one statement of the dialect into Calcite's syntax tree. */
public final class BtrdbParser {
  /**
   * The function that stands for {@code VERSION AS OF n}: the period of the table's SqlSnapshot is
   * a call of it, to be given a timestamp type by the operator table and never to be run.
   */
  public static final String VERSION_FUNCTION = "BTRDB_VERSION";

  /** The dialect's lexical rules, for what parses more than one statement's text (expressions). */
  public static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withLex(Lex.MYSQL_ANSI)
          .withParserFactory(DialectParser::new)
          .withIdentifierMaxLength(1024)
          .withConformance(BtrdbConformance.INSTANCE);

  private BtrdbParser() {}

  /**
   * The tree of one statement, with or without a {@code ;} behind it.
   *
   * @throws SqlSyntaxException if the text is not a statement
   */
  public static SqlNode parse(String sql) {
    try {
      // The blank makes the scanner name a stray last character instead of the end of the text.
      return SqlParser.create(sql + " ", CONFIG).parseStmt();
    } catch (SqlParseException e) {
      throw SyntaxErrors.of(sql, e);
    }
  }
}
