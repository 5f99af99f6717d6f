package org.btrdb.sql.validate;

import org.apache.calcite.sql.SqlNode;

/** Where in a statement something is, as the beginning of a message. */
final class Places {
  private Places() {}

  static String of(SqlNode node) {
    return of(node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
  }

  static String of(int line, int column) {
    return line > 0 ? "line " + line + ", column " + column + ": " : "";
  }
}
