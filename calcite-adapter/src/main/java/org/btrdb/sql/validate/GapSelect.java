package org.btrdb.sql.validate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.time.GapFunctions;
import org.jspecify.annotations.Nullable;

/** Tells the validator that what is beside {@code date_bin_gapfill} may be NULL. */
final class GapSelect {
  private GapSelect() {}

  /** Changes a select that fills gaps. */
  static void settle(SqlSelect select) {
    SqlNodeList items = select.getSelectList();
    if (!hasGapFill(items) && !hasGapFill(select.getGroup())) {
      return;
    }
    if (select.getHaving() != null) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "HAVING beside date_bin_gapfill is not supported; filter in an outer query",
          null);
    }
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      if (item.getKind() == SqlKind.AS) {
        ((SqlCall) item).setOperand(0, nullable(((SqlCall) item).operand(0)));
      } else {
        items.set(i, nullable(item));
      }
    }
  }

  private static SqlNode nullable(SqlNode item) {
    return item instanceof SqlIdentifier || hasGapFill(item)
        ? item
        : GapFunctions.VALUE.createCall(item.getParserPosition(), item);
  }

  private static boolean hasGapFill(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.stream().anyMatch(GapSelect::hasGapFill);
    }
    return node instanceof SqlCall call
        && !call.isA(SqlKind.QUERY)
        && (call.getOperator().getName().equalsIgnoreCase(GapFunctions.DATE_BIN_GAPFILL.getName())
            || call.getOperandList().stream().anyMatch(GapSelect::hasGapFill));
  }
}
