package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code SELECT date_bin(…, time) AS time … GROUP BY time}, which groups by the column and
 * not by the bucket: valid SQL that answers a group for each nanosecond, and hardly ever what is
 * meant.
 */
final class GroupingWarnings {
  private final List<String> found = new ArrayList<>();

  private GroupingWarnings() {}

  /** The warnings of a statement as it was written. */
  static List<String> of(SqlNode statement) {
    GroupingWarnings warnings = new GroupingWarnings();
    warnings.search(statement);
    return List.copyOf(warnings.found);
  }

  private void search(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::search);
    } else if (node instanceof SqlCall call) {
      if (call instanceof SqlSelect select && select.getGroup() != null) {
        select.getGroup().forEach(key -> check(key, select.getSelectList()));
      }
      call.getOperandList().forEach(this::search);
    }
  }

  private void check(SqlNode key, SqlNodeList items) {
    if (!(key instanceof SqlIdentifier name) || !name.isSimple()) {
      return;
    }
    for (SqlNode item : items) {
      if (item.getKind() == SqlKind.AS
          && ((SqlCall) item).operand(1) instanceof SqlIdentifier alias
          && alias.getSimple().equalsIgnoreCase(name.getSimple())
          && ((SqlCall) item).operand(0) instanceof SqlCall value
          && mentions(value, name.getSimple())) {
        found.add(
            "GROUP BY "
                + name.getSimple()
                + " groups by the column and not by the alias AS "
                + alias.getSimple()
                + "; write GROUP BY "
                + (items.indexOf(item) + 1)
                + " or choose another alias");
      }
    }
  }

  private static boolean mentions(SqlNode node, String name) {
    boolean[] found = {false};
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier id) {
            found[0] |= id.names.get(id.names.size() - 1).equalsIgnoreCase(name);
            return null;
          }
        });
    return found[0];
  }
}
