package org.btrdb.sql.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableNullableList;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Gives every table of a parse tree its schema, in place.
 *
 * <p>Calcite would try a name of two parts as a column of a table of the default schema first,
 * which costs a look-up; and would take a name of one part for a schema when there is one.
 */
final class QualifiedTables {
  private final Resolver resolver;
  private final InformationSchema informationSchema;

  /** Says which schema a table of one name is in. */
  @FunctionalInterface
  interface Resolver {
    String schemaOf(String table);
  }

  QualifiedTables(Resolver resolver, InformationSchema informationSchema) {
    this.resolver = resolver;
    this.informationSchema = informationSchema;
  }

  void qualify(SqlNode statement) {
    inside(statement, Set.of());
  }

  /** Looks for FROM clauses below a node. */
  private void inside(@Nullable SqlNode node, Set<String> named) {
    if (node instanceof SqlNodeList list) {
      list.forEach(item -> inside(item, named));
    } else if (node instanceof SqlWith with) {
      with(with, named);
    } else if (node instanceof SqlCall call) {
      int target = target(call);
      List<SqlNode> operands = ImmutableNullableList.copyOf(call.getOperandList());
      for (int i = 0; i < operands.size(); i++) {
        SqlNode operand = operands.get(i);
        if (i == target || (call instanceof SqlSelect select && operand == select.getFrom())) {
          if (i == target && operand instanceof SqlIdentifier name && InformationSchema.has(name)) {
            throw new SqlRefusal(
                SqlRefusal.Reason.UNSUPPORTED, name + " can only be read, in a FROM clause", null);
          }
          SqlNode table = table(operand, named);
          if (table != operand) {
            call.setOperand(i, aliased(table, operand));
          }
        } else {
          inside(operand, named);
        }
      }
    }
  }

  /** Which operand of a statement, or of something in a FROM clause, is a table; -1 if none. */
  private static int target(SqlCall call) {
    return switch (call.getKind()) {
      case INSERT -> 1;
      case DELETE, UPDATE, MERGE, EXPLICIT_TABLE -> 0;
      default -> -1;
    };
  }

  private void with(SqlWith with, Set<String> named) {
    Set<String> more = new HashSet<>(named);
    for (SqlNode item : with.withList) {
      SqlWithItem query = (SqlWithItem) item;
      inside(query.query, more);
      more.add(query.name.getSimple());
    }
    inside(with.body, more);
  }

  /** The node for a table of a FROM clause. */
  private @Nullable SqlNode table(@Nullable SqlNode node, Set<String> named) {
    if (node instanceof SqlIdentifier name) {
      return InformationSchema.has(name)
          ? informationSchema.query(name).orElse(name)
          : qualified(name, named);
    }
    if (!(node instanceof SqlCall call)) {
      return node;
    }
    switch (call.getKind()) {
      case JOIN -> {
        replace(call, 0, named);
        replace(call, 3, named);
        inside(call.operand(5), named);
      }
      case AS, SNAPSHOT, TABLE_REF, TABLESAMPLE, LATERAL, PIVOT, UNPIVOT, MATCH_RECOGNIZE -> {
        replace(call, 0, named);
        for (int i = 1; i < call.operandCount(); i++) {
          inside(call.getOperandList().get(i), named);
        }
      }
      default -> inside(call, named);
    }
    return call;
  }

  private void replace(SqlCall call, int operand, Set<String> named) {
    SqlNode old = call.getOperandList().get(operand);
    SqlNode table = table(old, named);
    if (table != old) {
      call.setOperand(operand, call.getKind() == SqlKind.AS ? table : aliased(table, old));
    }
  }

  /** A query in the place of a table keeps its name. */
  private static @Nullable SqlNode aliased(@Nullable SqlNode table, @Nullable SqlNode name) {
    return table instanceof SqlSelect && name instanceof SqlIdentifier identifier
        ? SqlStdOperatorTable.AS.createCall(
            identifier.getParserPosition(),
            table,
            identifier.getComponent(identifier.names.size() - 1))
        : table;
  }

  private SqlIdentifier qualified(SqlIdentifier name, Set<String> named) {
    if (name.names.size() != 1) {
      return name;
    }
    String table = name.getSimple();
    if (named.contains(table)) {
      return name;
    }
    List<String> inAnyCase = named.stream().filter(table::equalsIgnoreCase).toList();
    if (inAnyCase.size() > 1) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "'" + table + "' is ambiguous: \"" + String.join("\", \"", inAnyCase) + '"',
          null);
    }
    if (!inAnyCase.isEmpty()) {
      // Calcite finds the names of WITH in their exact spelling only.
      return new SqlIdentifier(inAnyCase.get(0), name.getParserPosition());
    }
    return new SqlIdentifier(
        List.of(resolver.schemaOf(table), table),
        null,
        name.getParserPosition(),
        List.of(name.getParserPosition(), name.getComponentParserPosition(0)));
  }
}
