package org.btrdb.sql.parser;

import java.io.Reader;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.util.SourceStringReader;
import org.btrdb.sql.parser.generated.BtrdbSqlParser;
import org.btrdb.sql.parser.generated.ParseException;

/** The generated parser with the dialect's tokens in and the unspoilt cause of an error out. */
final class DialectParser extends BtrdbSqlParser {
  DialectParser(Reader reader) {
    super(reader);
    token_source = new DialectTokens(token_source);
    if (reader instanceof SourceStringReader source) {
      setOriginalSql(source.getSourceString());
    }
  }

  /** Calcite forgets what was expected where a keyword is in the way, and blames the keyword. */
  @Override
  public SqlParseException normalizeException(Throwable ex) {
    return ex instanceof ParseException
        ? new SqlParseException(ex.getMessage(), null, null, null, ex)
        : super.normalizeException(ex);
  }
}
