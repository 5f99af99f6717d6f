package org.btrdb.sql.validate;

import java.util.List;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.btrdb.sql.SqlRefusal;

/** Refuses rows longer than their table, at which Calcite fails if no columns are named. */
final class InsertedRows {
  private InsertedRows() {}

  static void check(SqlNode statement, CalciteCatalogReader reader) {
    if (!(statement instanceof SqlInsert insert)
        || insert.getTargetColumnList() != null
        || !(insert.getTargetTable() instanceof SqlIdentifier name)) {
      return;
    }
    Prepare.PreparingTable table = reader.getTable(name.names);
    if (table == null) {
      return;
    }
    int columns = table.getRowType().getFieldCount();
    for (SqlNode row : rows(insert.getSource())) {
      int values = width(row);
      if (values > columns) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID,
            Places.of(row)
                + ("the row has " + values + " values, " + name)
                + (" has " + columns + " columns: " + table.getRowType().getFieldNames()),
            null);
      }
    }
  }

  private static List<SqlNode> rows(SqlNode source) {
    return source instanceof SqlCall call && call.getKind() == SqlKind.VALUES
        ? call.getOperandList()
        : List.of(source);
  }

  /** How many values a row or query has at least; what * stands for is not known here. */
  private static int width(SqlNode row) {
    if (row instanceof SqlSelect select) {
      return select.getSelectList().size();
    }
    return row.getKind() == SqlKind.ROW ? ((SqlCall) row).operandCount() : 1;
  }
}
