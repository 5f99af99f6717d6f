package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Inside an aggregate of HAVING a name is a column's, as an alias would put aggregates into each
 * other. Calcite knows that where one item has the alias; where two have it, it finds the name
 * ambiguous, so the column gets the name of its table here. Changes the tree in place.
 */
final class HavingNames {
  private final SqlOperatorTable operators;

  HavingNames(SqlOperatorTable operators) {
    this.operators = operators;
  }

  /** Settles the names of a statement. */
  void settle(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::settle);
    } else if (node instanceof SqlCall call) {
      if (call instanceof SqlSelect select) {
        select(select);
      }
      call.getOperandList().forEach(this::settle);
    }
  }

  private void select(SqlSelect select) {
    SqlNode having = select.getHaving();
    SqlNode from = select.getFrom();
    if (having == null || from == null || from instanceof SqlJoin) {
      return;
    }
    String table = SqlValidatorUtil.alias(from);
    Set<String> repeated = repeatedAliases(select.getSelectList());
    if (table != null && !repeated.isEmpty()) {
      select.setHaving(having.accept(new InAggregates(new Columns(table, repeated))));
    }
  }

  private static Set<String> repeatedAliases(SqlNodeList items) {
    Set<String> once = new TreeSet<>();
    Set<String> repeated = new TreeSet<>();
    for (SqlNode item : items) {
      String alias = SqlValidatorUtil.alias(item);
      if (alias != null && !once.add(alias.toLowerCase(Locale.ROOT))) {
        repeated.add(alias.toLowerCase(Locale.ROOT));
      }
    }
    return repeated;
  }

  private boolean isAggregate(SqlCall call) {
    SqlIdentifier name =
        call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
    if (name == null) {
      return call.getOperator().isAggregator();
    }
    List<SqlOperator> found = new ArrayList<>();
    operators.lookupOperatorOverloads(
        name, null, SqlSyntax.FUNCTION, found, SqlNameMatchers.withCaseSensitive(false));
    return found.stream().anyMatch(SqlOperator::isAggregator);
  }

  /** Finds the outermost aggregates; sub-queries have names of their own. */
  private final class InAggregates extends SqlShuttle {
    private final Columns columns;

    InAggregates(Columns columns) {
      this.columns = columns;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      if (call.getKind().belongsTo(SqlKind.QUERY)) {
        return call;
      }
      return isAggregate(call) ? call.accept(columns) : super.visit(call);
    }
  }

  /** Puts the table before the names that are aliases twice. */
  private static final class Columns extends SqlShuttle {
    private final String table;
    private final Set<String> names;

    Columns(String table, Set<String> names) {
      this.table = table;
      this.names = names;
    }

    @Override
    public SqlNode visit(SqlIdentifier name) {
      return name.isSimple() && names.contains(name.getSimple().toLowerCase(Locale.ROOT))
          ? new SqlIdentifier(List.of(table, name.getSimple()), name.getParserPosition())
          : name;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
      return call.getKind().belongsTo(SqlKind.QUERY) ? call : super.visit(call);
    }
  }
}
