package org.btrdb.sql.validate;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.ImmutableNullableList;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a shared column stands for in the place of its plain name, everywhere in a SELECT and
 * in its ORDER BY, so that Calcite finds nothing ambiguous. Changes the tree in place.
 */
final class SharedNames {
  private static final int FROM = 2;

  private final SharedColumns.Tables tables;

  SharedNames(SharedColumns.Tables tables) {
    this.tables = tables;
  }

  /** Settles the names of a statement whose tables have their schemas. */
  void settle(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::settle);
      return;
    }
    if (!(node instanceof SqlCall call)) {
      return;
    }
    if (call instanceof SqlOrderBy ordered && ordered.query instanceof SqlSelect select) {
      order(ordered, select);
    }
    if (call instanceof SqlSelect select && select.getFrom() instanceof SqlJoin from) {
      select(select, from);
    }
    ImmutableNullableList.copyOf(call.getOperandList()).forEach(this::settle);
  }

  private void select(SqlSelect select, SqlJoin from) {
    SharedColumns shared = new SharedColumns(from, tables);
    Replacing replacing = new Replacing(shared);
    SqlNodeList items = select.getSelectList();
    boolean showsAll = false;
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      if ((item instanceof SqlStarExclude || item instanceof SqlStarReplace) && shared.areThere()) {
        throw new SqlRefusal(
            SqlRefusal.Reason.UNSUPPORTED,
            "a part of * over a join with USING: name the columns",
            null);
      }
      SqlNode replaced = item.accept(replacing);
      boolean isName = item instanceof SqlIdentifier && replaced != item;
      items.set(i, isName ? named(replaced, (SqlIdentifier) item) : replaced);
      showsAll |= item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1;
    }
    List<SqlNode> operands = ImmutableNullableList.copyOf(select.getOperandList());
    for (int i = FROM + 1; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand != null && operand != select.getHints()) {
        select.setOperand(i, operand.accept(replacing));
      }
    }
    shared.writeConditions(showsAll);
  }

  private static SqlNode named(@Nullable SqlNode value, SqlIdentifier name) {
    return SqlStdOperatorTable.AS.createCall(name.getParserPosition(), value, name);
  }

  /** A name in ORDER BY is first one of the select list, a column only if that has none. */
  private void order(SqlOrderBy ordered, SqlSelect select) {
    if (!(select.getFrom() instanceof SqlJoin from)) {
      return;
    }
    Replacing replacing =
        new Replacing(new SharedColumns(from, tables)) {
          @Override
          public @Nullable SqlNode visit(SqlIdentifier id) {
            return isShown(select.getSelectList(), id) ? id : super.visit(id);
          }
        };
    SqlNodeList keys = ordered.orderList;
    for (int i = 0; i < keys.size(); i++) {
      keys.set(i, keys.get(i).accept(replacing));
    }
  }

  private static boolean isShown(SqlNodeList items, SqlIdentifier id) {
    return items.stream()
        .anyMatch(
            item ->
                item.getKind() == SqlKind.AS
                    ? ((SqlIdentifier) ((SqlCall) item).operand(1))
                        .getSimple()
                        .equalsIgnoreCase(id.names.get(0))
                    : item instanceof SqlIdentifier name
                        && (name.isStar()
                            || name.names
                                .get(name.names.size() - 1)
                                .equalsIgnoreCase(id.names.get(0))));
  }

  /** Replaces plain names, but not inside sub-queries, where they mean something else first. */
  private static class Replacing extends SqlShuttle {
    private final SharedColumns shared;

    Replacing(SharedColumns shared) {
      this.shared = shared;
    }

    @Override
    public @Nullable SqlNode visit(SqlIdentifier id) {
      if (!id.isSimple() || id.isStar()) {
        return id;
      }
      SqlNode value = shared.value(id.getSimple(), id.getParserPosition());
      return value == null ? id : value;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.getKind().belongsTo(SqlKind.QUERY) || call instanceof SqlStarExclude) {
        return call;
      }
      switch (call.getKind()) {
        case AS, ARGUMENT_ASSIGNMENT -> {
          SqlNode value = call.operand(0).accept(this);
          return value == call.operand(0)
              ? call
              : call.getOperator().createCall(call.getParserPosition(), operands(call, value));
        }
        case DESCRIPTOR -> {
          return call;
        }
        case OVER -> {
          return call.operand(1) instanceof SqlIdentifier
              ? call.getOperator()
                  .createCall(
                      call.getParserPosition(), call.operand(0).accept(this), call.operand(1))
              : super.visit(call);
        }
        default -> {
          return call instanceof SqlWindow window ? window(window) : super.visit(call);
        }
      }
    }

    private static SqlNode[] operands(SqlCall call, SqlNode first) {
      SqlNode[] operands = call.getOperandList().toArray(SqlNode[]::new);
      operands[0] = first;
      return operands;
    }

    /** Names of windows are no columns. */
    private SqlNode window(SqlWindow window) {
      window.setPartitionList((SqlNodeList) window.getPartitionList().accept(this));
      window.setOrderList((SqlNodeList) window.getOrderList().accept(this));
      return window;
    }
  }
}
