package org.btrdb.sql.exec;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.btrdb.sql.cache.StatementText;

/** Finds in a statement's text what the parser says stands on some line and column. */
final class TextPlaces {
  private final String sql;
  private final List<StatementText.Literal> literals;
  private final int[] lineStarts;

  TextPlaces(String sql, List<StatementText.Literal> literals) {
    this.sql = sql;
    this.literals = literals;
    this.lineStarts = lineStarts(sql);
  }

  private static int[] lineStarts(String sql) {
    return java.util.stream.IntStream.rangeClosed(0, sql.length())
        .filter(at -> at == 0 || endsLine(sql, at - 1))
        .toArray();
  }

  private static boolean endsLine(String sql, int at) {
    char c = sql.charAt(at);
    return c == '\n' || (c == '\r' && !(at + 1 < sql.length() && sql.charAt(at + 1) == '\n'));
  }

  private int offset(int line, int column) {
    return line < 1 || line > lineStarts.length ? -1 : lineStarts[line - 1] + column - 1;
  }

  /** The one literal of the text that a node's place holds; -1 if there is none or more. */
  int literalIn(SqlParserPos place) {
    int start = offset(place.getLineNum(), place.getColumnNum());
    int end = offset(place.getEndLineNum(), place.getEndColumnNum()) + 1;
    int found = -1;
    for (int i = 0; start >= 0 && i < literals.size(); i++) {
      StatementText.Literal literal = literals.get(i);
      if (literal.start() >= start && literal.end() <= end) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /** Whether the text at a node's place begins so. */
  boolean startsWith(SqlParserPos place, String prefix) {
    return sql.startsWith(prefix, offset(place.getLineNum(), place.getColumnNum()));
  }
}
