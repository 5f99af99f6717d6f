package org.btrdb.sql.validate;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;

/**
 * {@code STREAM} behind the first SELECT of a query. Calcite would ask for tables that are streams
 * in its own sense, and would plan them with its own operators; here it is a word of its own.
 */
public final class LiveKeyword {
  private LiveKeyword() {}

  /** Takes the keyword out of a query, in place; whether it was there. */
  public static boolean takenFrom(SqlNode query) {
    SqlNode inner = query instanceof SqlOrderBy order ? order.query : query;
    if (!(inner instanceof SqlSelect select) || !select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
      return false;
    }
    SqlNodeList keywords = (SqlNodeList) Objects.requireNonNull(select.getOperandList().get(0));
    List<SqlNode> others =
        keywords.stream()
            .filter(
                k ->
                    ((SqlLiteral) k).symbolValue(SqlSelectKeyword.class) != SqlSelectKeyword.STREAM)
            .toList();
    select.setOperand(0, new SqlNodeList(others, keywords.getParserPosition()));
    return true;
  }
}
